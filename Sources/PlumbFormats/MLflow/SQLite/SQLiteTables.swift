import PlumbColumns

/// The tables of an SQLite database as they were when the store was opened.
struct SQLiteTables: DatabaseReading, ~Copyable {
  var reading: SQLiteReading
  let catalog: SQLiteCatalog

  var schema: DatabaseSchema { catalog.schema }

  /// Rowids keep the order in which rows were made, which needs no column then.
  mutating func visit(
    _ table: String, _ columns: [String], where condition: String?, orderedBy order: [String],
    _ body: (SQLiteRow) throws(ImportError) -> Void
  ) throws(ImportError) {
    try reading.visit(
      table, columns.map { catalog.column(table, $0) }, where: condition,
      through: catalog.lastRowid(table), body)
  }

  func revisions() throws(ImportError) -> [String]? {
    let table = try reading.connection.prepare("PRAGMA table_info(alembic_version)")
    guard try table.step() else { return nil }
    let statement = try reading.connection.prepare("SELECT version_num FROM alembic_version")
    var revisions: [String] = []
    while try statement.step() { revisions.append(statement.string(0) ?? "") }
    return revisions
  }

  mutating func areNaN(_ points: [LoggedModelPoint]) throws(ImportError) -> [Bool] {
    guard catalog.has("metrics", "is_nan") else { return points.map { _ in false } }
    let flag = try reading.connection.prepare(
      "SELECT max(is_nan) FROM metrics "
        + "WHERE key = ?1 AND timestamp = ?2 AND step = ?3 AND run_uuid = ?4")
    var flags: [Bool] = []
    for point in points {
      try reading.renewIfDue()
      flag.bind(1, point.place.key)
      flag.bind(2, point.place.milliseconds)
      flag.bind(3, point.place.step)
      flag.bind(4, point.place.run)
      flags.append(try flag.step() && flag.integer(0) == 1)
      flag.reset()
    }
    return flags
  }

  /// The keys of the metrics that the runs have, each found by a seek in the index.
  mutating func metricKeys(_ directory: RunDirectory) throws(ImportError) -> [String] {
    let isLatest = catalog.has("latest_metrics")
    let table = isLatest ? "latest_metrics" : "metrics"
    let indexes = isLatest ? catalog.latestIndexes : catalog.metricIndexes
    let hasIndex = indexes.contains { $0.first == "key" }
    var keys: [String] = []
    let next = try reading.connection.prepare(
      hasIndex
        ? "SELECT key, run_uuid FROM \(table) WHERE key > ?1 ORDER BY key LIMIT 1"
        : "SELECT key, max(run_uuid) FROM \(table) WHERE key > ?1 GROUP BY key ORDER BY key")
    let runs = try reading.connection.prepare("SELECT run_uuid FROM \(table) WHERE key = ?1")
    var last: [UInt8] = []
    next.bind(1, last)
    while try next.step() {
      guard let key = next.bytes(0).map(Array.init) else { break }
      // A damaged index may lead back to a key that was passed.
      guard last.lexicographicallyPrecedes(key) else {
        throw reading.connection.watch.damaged("keys out of order")
      }
      var isSeen = next.bytes(1).map { directory.position($0) >= 0 } ?? false
      if !isSeen { isSeen = try hasSeenRun(runs, key, directory) }
      if isSeen { keys.append(String(decoding: key, as: UTF8.self)) }
      last = key
      if hasIndex {
        next.reset()
        next.bind(1, key)
        if reading.isDue { try reading.renew() }
      }
    }
    return keys
  }

  /// Whether a run that is seen has the metric, by looking at its runs one after the other.
  private func hasSeenRun(
    _ runs: borrowing SQLiteStatement, _ key: [UInt8], _ directory: RunDirectory
  ) throws(ImportError) -> Bool {
    defer { runs.reset() }
    runs.bind(1, key)
    while try runs.step() {
      if let id = runs.bytes(0), directory.position(id) >= 0 { return true }
    }
    return false
  }
}
