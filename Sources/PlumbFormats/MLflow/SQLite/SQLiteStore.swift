import PlumbColumns

/// An MLflow store in an SQLite database.
final class SQLiteStore: MLflowStore {
  let file: SQLiteFile
  let catalog: SQLiteCatalog
  let contents: StoreContents
  let includesDeleted: Bool
  /// The names of the experiments that are seen, by their ids.
  let experimentNames: [Int: String]

  /// Opens the database and reads its small tables, all in one transaction if that is short.
  init(path: String, includesDeleted: Bool, control: RunControl) throws(ImportError) {
    file = try SQLiteFile(path: path)
    self.includesDeleted = includesDeleted
    var reading = try SQLiteReading(
      file, longestMilliseconds: SQLiteStore.longestOpeningMilliseconds, control: control)
    catalog = try SQLiteCatalog(reading.connection)
    try SQLiteStore.requireStore(catalog, path)

    let opening = SQLiteOpening(catalog: catalog, includesDeleted: includesDeleted)
    let experiments = try opening.experiments(&reading)
    experimentNames = Dictionary(
      experiments.map { ($0.id, $0.name ?? "") }, uniquingKeysWith: { first, _ in first })
    let runs = try opening.runs(&reading, experiments: experimentNames)
    let directory = RunDirectory(runs)
    contents = StoreContents(
      experiments: experiments, runs: runs, runDirectory: directory,
      params: try opening.keyValues("params", &reading, directory),
      tags: try opening.keyValues("tags", &reading, directory),
      metricKeys: try opening.metricKeys(&reading, directory),
      models: try opening.models(&reading), versions: try opening.versions(&reading),
      warnings: try SchemaRevision.warnings(reading.connection, path))
  }

  /// Reading all at once makes the tables agree with each other; a longer transaction would make
  /// a process that logs to the store wait too long.
  private static let longestOpeningMilliseconds = 200
  /// The same for later reads, whose rows no longer change.
  static let longestReadingMilliseconds = 40

  private static func requireStore(_ catalog: SQLiteCatalog, _ path: String) throws(ImportError) {
    let required = [
      ("experiments", "experiment_id"), ("runs", "run_uuid"), ("metrics", "key"),
      ("metrics", "run_uuid"), ("metrics", "value"), ("params", "key"), ("tags", "key"),
    ]
    for (table, column) in required where !catalog.has(table, column) {
      let missing =
        catalog.has(table) ? "`\(table)` has no column `\(column)`" : "it has no table `\(table)`"
      throw ImportError(
        .wrongFormat, "`\(path)` is an SQLite database but no MLflow store: \(missing)",
        remedy: "give the database that `mlflow` was started with as its backend store")
    }
  }

  /// A connection for reads after the opening.
  func reading(_ control: RunControl) throws(ImportError) -> SQLiteReading {
    try SQLiteReading(
      file, longestMilliseconds: SQLiteStore.longestReadingMilliseconds, control: control)
  }
}
