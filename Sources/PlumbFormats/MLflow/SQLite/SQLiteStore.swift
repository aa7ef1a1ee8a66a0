import PlumbColumns

/// An MLflow store in an SQLite database.
final class SQLiteStore: MLflowStore {
  let file: SQLiteFile
  let catalog: SQLiteCatalog
  let contents: StoreContents
  let includesDeleted: Bool

  /// Opens the database and reads its small tables, all in one transaction if that is short.
  init(path: String, includesDeleted: Bool, control: RunControl) throws(ImportError) {
    file = try SQLiteFile(path: path)
    self.includesDeleted = includesDeleted
    let reading = try SQLiteReading(
      file, longestMilliseconds: SQLiteStore.longestOpeningMilliseconds, control: control)
    catalog = try SQLiteCatalog(reading.connection)
    try catalog.schema.requireStore(path, "an SQLite database")

    var tables = SQLiteTables(reading: reading, catalog: catalog)
    contents = try DatabaseOpening(includesDeleted: includesDeleted).contents(
      &tables, address: path
    ) { (tables, directory) throws(ImportError) in
      try tables.metricKeys(directory)
    }
  }

  /// Reading all at once makes the tables agree with each other; a longer transaction would make
  /// a process that logs to the store wait too long.
  private static let longestOpeningMilliseconds = 200
  /// The same for later reads, whose rows no longer change.
  static let longestReadingMilliseconds = 40

  func datasets(control: RunControl) throws(ImportError) -> [DatasetRecord] {
    var tables = SQLiteTables(reading: try reading(control), catalog: catalog)
    return try DatabaseOpening(includesDeleted: includesDeleted)
      .datasets(&tables, runs: contents.runDirectory)
  }

  func loggedModels(control: RunControl) throws(ImportError) -> [LoggedModelRecord] {
    var tables = SQLiteTables(reading: try reading(control), catalog: catalog)
    return try DatabaseOpening(includesDeleted: includesDeleted)
      .loggedModels(&tables, experiments: Set(contents.experiments.map(\.id)))
  }

  /// A connection for reads after the opening.
  func reading(_ control: RunControl) throws(ImportError) -> SQLiteReading {
    try SQLiteReading(
      file, longestMilliseconds: SQLiteStore.longestReadingMilliseconds, control: control)
  }
}
