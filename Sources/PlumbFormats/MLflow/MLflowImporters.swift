import PlumbColumns

extension Importer {
  /// MLflow's database store, from MLflow 1.0 on.
  package static let mlflowDatabase = Importer(
    name: "mlflow-sqlite", summary: "an MLflow database (`mlflow.db`)",
    extensions: ["db", "sqlite", "sqlite3"], options: [deletedOption],
    recognizes: { SQLiteFile.isDatabase($0.head) },
    open: { (request) throws(ImportError) in
      let store = try SQLiteStore(
        path: request.path, includesDeleted: try deletedIsWanted(request),
        control: request.control)
      return MLflowSource(
        address: request.path, format: "mlflow-sqlite", store: store, control: request.control)
    })

  /// MLflow's store in files.
  package static let mlflowFiles = Importer(
    name: "mlflow-files", summary: "an MLflow folder (`mlruns/`)", extensions: [],
    options: [deletedOption],
    recognizes: { $0.isDirectory && FileStore.isStore($0.path) },
    open: { (request) throws(ImportError) in
      let store = try FileStore(
        path: request.path, includesDeleted: try deletedIsWanted(request),
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
        let client = ServerClient(
          address, identity: try .mlflow(address, environment), patience: .mlflow(environment))
        let store = try ServerStore(
          client, includesDeleted: try deletedIsWanted(request), control: request.control)
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
      let store = try PostgresStore(
        address, includesDeleted: try deletedIsWanted(request), control: request.control)
      return MLflowSource(
        address: address.text, format: "mlflow-postgresql", store: store, control: request.control)
    })

  private static let deletedOption = Option(
    "deleted", .bool, "also read what the store has marked deleted")

  private static func deletedIsWanted(_ request: OpenRequest) throws(ImportError) -> Bool {
    switch request.options["deleted"] {
    case nil, .null?: return false
    case .bool(let isWanted)?: return isWanted
    default:
      throw ImportError(
        .badOption, "the option `deleted` takes true or false", remedy: "write `deleted = true`")
    }
  }
}
