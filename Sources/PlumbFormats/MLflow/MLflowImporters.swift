import Glibc
import PlumbColumns

extension Importer {
  /// MLflow's database store, from MLflow 1.0 on.
  package static let mlflowDatabase = Importer(
    name: "mlflow-sqlite", summary: "an MLflow database (`mlflow.db`)",
    extensions: ["db", "sqlite", "sqlite3"], options: [deletedOption, cacheOption],
    recognizes: { SQLiteFile.isDatabase($0.head) },
    open: { (request) throws(ImportError) in
      try checkOptions(request, [deletedOption, cacheOption])
      let isCached = try isWanted(cacheOption, request)
      // Taken first: whatever is read after it is at least as new.
      let path = isCached ? realPath(request.path) : nil
      let stamp = path.flatMap { SourceStamp($0) }
      let store = try SQLiteStore(
        path: request.path, includesDeleted: try isWanted(deletedOption, request),
        control: request.control)
      var opened: any MLflowStore = store
      var warnings: [String] = []
      if isCached, let path, let stamp {
        do throws(ImportError) {
          opened = CachedHistoryStore(
            store, path: path, folder: try CacheFolder(request.cacheFolder), stamp: stamp)
        } catch {
          warnings = ["no cache of `\(request.path)` is kept: \(error.message)"]
        }
      }
      return MLflowSource(
        address: request.path, format: "mlflow-sqlite", store: opened, warnings: warnings,
        control: request.control)
    })

  /// MLflow's store in files.
  package static let mlflowFiles = Importer(
    name: "mlflow-files", summary: "an MLflow folder (`mlruns/`)", extensions: [],
    options: [deletedOption],
    recognizes: { $0.isDirectory && FileStore.isStore($0.path) },
    open: { (request) throws(ImportError) in
      try checkOptions(request, [deletedOption])
      let store = try FileStore(
        path: request.path, includesDeleted: try isWanted(deletedOption, request),
        control: request.control)
      return MLflowSource(
        address: request.path, format: "mlflow-files", store: store, control: request.control)
    })

  /// MLflow's tracking server.
  ///
  /// - Parameter environment: Where the user's token or password and other settings are.
  package static func mlflowServer(_ environment: MLflowEnvironment) -> Importer {
    Importer(
      name: "mlflow-server", summary: "an MLflow server (`https://mlflow.example`)",
      schemes: ["http", "https"], options: [deletedOption],
      open: { (request) throws(ImportError) in
        let address = try HTTPAddress(request.path)
        try checkOptions(request, [deletedOption], address: address.text)
        let client = ServerClient(
          address, identity: try .mlflow(address, environment), patience: .mlflow(environment))
        let store = try ServerStore(
          client, includesDeleted: try isWanted(deletedOption, request), control: request.control)
        return MLflowSource(
          address: address.text, format: "mlflow-server", store: store, control: request.control)
      })
  }

  /// MLflow's database store in PostgreSQL, also by the addresses that SQLAlchemy takes.
  package static let mlflowPostgres = Importer(
    name: "mlflow-postgresql", summary: "an MLflow database (`postgresql://HOST/DATABASE`)",
    schemes: ["postgresql", "postgres", "postgresql+psycopg2", "postgresql+psycopg"],
    options: [deletedOption],
    open: { (request) throws(ImportError) in
      let address = PostgresAddress(request.path)
      try checkOptions(request, [deletedOption], address: address.text)
      let store = try PostgresStore(
        address, includesDeleted: try isWanted(deletedOption, request), control: request.control)
      return MLflowSource(
        address: address.text, format: "mlflow-postgresql", store: store, control: request.control)
    })

  private static let deletedOption = Option(
    "deleted", .bool, "also read what the store has marked deleted")

  private static let cacheOption = Option(
    "cache", .bool, "keep the metric history in a file from one run to the next")

  /// - Parameter address: What errors call the store; its path without it.
  private static func checkOptions(
    _ request: OpenRequest, _ known: [Option], address: String? = nil
  ) throws(ImportError) {
    let given =
      request.options.filter { !$0.value.isNull }.map(\.key)
      + (request.types.isEmpty ? [] : ["types"])
    guard let unknown = given.filter({ name in !known.contains { $0.name == name } }).min() else {
      return
    }
    throw ImportError(
      .badOption,
      "`\(address ?? request.path)` is an MLflow store and takes no option `\(unknown)`",
      remedy: "options are " + known.map { "`\($0.name)`" }.joined(separator: " and "))
  }

  private static func isWanted(
    _ option: Option, _ request: OpenRequest
  ) throws(ImportError) -> Bool {
    switch request.options[option.name] {
    case nil, .null?: return false
    case .bool(let isWanted)?: return isWanted
    default:
      throw ImportError(
        .badOption, "the option `\(option.name)` takes true or false",
        remedy: "write `\(option.name) = true`")
    }
  }

  /// The path without symbolic links; nil if there is no such file.
  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
