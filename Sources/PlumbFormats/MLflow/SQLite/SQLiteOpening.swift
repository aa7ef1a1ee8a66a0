import PlumbColumns

/// Reads the tables that are read when a database is opened.
struct SQLiteOpening {
  let catalog: SQLiteCatalog
  let includesDeleted: Bool

  private func isSeen(_ lifecycleStage: String?) -> Bool {
    includesDeleted || lifecycleStage != "deleted"
  }

  func experiments(_ reading: inout SQLiteReading) throws(ImportError) -> [ExperimentRecord] {
    var experiments: [ExperimentRecord] = []
    try reading.visit(
      "experiments",
      catalog.columns(
        "experiments", "experiment_id", "name", "lifecycle_stage", "creation_time",
        "last_update_time"),
      through: catalog.lastRowid("experiments")
    ) { (row) throws(ImportError) in
      let stage = row.string(3)
      guard isSeen(stage), let id = row.integer(1) else { return }
      experiments.append(
        ExperimentRecord(
          id: id, name: row.string(2), lifecycleStage: stage,
          createdAt: microseconds(milliseconds: row.integer(4)),
          updatedAt: microseconds(milliseconds: row.integer(5))))
    }
    guard catalog.has("experiment_tags") else { return experiments }
    let positions = Dictionary(
      experiments.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    try reading.visit(
      "experiment_tags", catalog.columns("experiment_tags", "experiment_id", "key", "value"),
      through: catalog.lastRowid("experiment_tags")
    ) { (row) throws(ImportError) in
      guard let id = row.integer(1), let position = positions[id] else { return }
      experiments[position].tags.append(KeyedText(row.string(2) ?? "", row.string(3)))
    }
    return experiments
  }

  func runs(
    _ reading: inout SQLiteReading, experiments: [Int: String]
  ) throws(ImportError) -> [RunRecord] {
    var runs: [RunRecord] = []
    try reading.visit(
      "runs",
      catalog.columns(
        "runs", "run_uuid", "name", "experiment_id", "status", "user_id", "start_time",
        "end_time", "lifecycle_stage", "source_name"),
      through: catalog.lastRowid("runs")
    ) { (row) throws(ImportError) in
      let stage = row.string(8)
      guard isSeen(stage), let id = row.string(1) else { return }
      let experimentID = row.integer(3) ?? 0
      let experiment = experiments[experimentID]
      // A run of a deleted experiment is deleted with it.
      guard includesDeleted || experiment != nil else { return }
      let end = row.integer(7)
      runs.append(
        RunRecord(
          id: id, name: row.string(2), experimentID: experimentID, experiment: experiment,
          status: row.string(4), user: row.string(5),
          startTime: microseconds(milliseconds: row.integer(6)),
          endTime: end == 0 ? nil : microseconds(milliseconds: end), lifecycleStage: stage,
          sourceName: row.string(9)))
    }
    return runs
  }

  /// The tables `params` and `tags`.
  func keyValues(
    _ table: String, _ reading: inout SQLiteReading, _ directory: RunDirectory
  ) throws(ImportError) -> KeyValueRows {
    var builder = KeyValueRowsBuilder()
    try reading.visit(
      table, catalog.columns(table, "run_uuid", "key", "value"),
      through: catalog.lastRowid(table)
    ) { (row) throws(ImportError) in
      guard let id = row.bytes(1) else { return }
      let run = directory.position(id)
      guard run >= 0, let key = row.bytes(2) else { return }
      builder.append(owner: run, key: key, value: row.bytes(3))
    }
    return builder.finish()
  }

  /// The keys of the metrics that the runs have, each found by a seek in the index.
  func metricKeys(
    _ reading: inout SQLiteReading, _ directory: RunDirectory
  ) throws(ImportError) -> [String] {
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
