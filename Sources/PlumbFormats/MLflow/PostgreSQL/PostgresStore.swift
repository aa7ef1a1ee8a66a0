import PlumbColumns

/// An MLflow store in a PostgreSQL database.
///
/// All of it is seen as it was when the store was opened, also what is read later. For this a
/// connection stays, with a transaction whose snapshot the connections of later reads take over.
final class PostgresStore: MLflowStore {
  let address: PostgresAddress
  let catalog: PostgresCatalog
  let contents: StoreContents
  let includesDeleted: Bool
  /// Whether a range of a table's pages can be read without reading all of it.
  let readsPageRanges: Bool
  /// What the metric history takes on the server's disk, in pages.
  let metricPageCount: Int
  private let snapshot: String
  /// Keeps the snapshot; nothing is asked of it any more.
  private nonisolated(unsafe) let keeper: PostgresConnection

  /// Connects and reads the small tables.
  init(
    _ address: PostgresAddress, includesDeleted: Bool, control: RunControl
  ) throws(ImportError) {
    self.address = address
    self.includesDeleted = includesDeleted
    control.report(
      RunControl.Progress(
        activity: "opening \(address.text)", done: 0, total: nil, unit: "tables"))
    let keeper = try PostgresConnection(address, control: control)
    self.keeper = keeper
    readsPageRanges = keeper.serverVersion >= 14_00_00
    catalog = try PostgresCatalog(keeper, control)
    try catalog.schema.requireStore(address.text, "a PostgreSQL database")
    snapshot = try keeper.rows("SELECT pg_export_snapshot()", control).first?[0] ?? ""
    metricPageCount =
      try keeper.rows(
        "SELECT pg_relation_size('metrics') / current_setting('block_size')::int8", control
      ).first?[0].flatMap { Int($0) } ?? 0

    var tables = PostgresTables(connection: keeper, catalog: catalog, control: control)
    contents = try DatabaseOpening(includesDeleted: includesDeleted).contents(
      &tables, address: address.text
    ) { (tables, _) throws(ImportError) in
      try tables.metricKeys(includesDeleted: includesDeleted)
    }
  }

  /// The tables as they were when the store was opened, through a connection of their own.
  func tables(_ control: RunControl) throws(ImportError) -> PostgresTables {
    PostgresTables(
      connection: try PostgresConnection(address, snapshot: snapshot, control: control),
      catalog: catalog, control: control)
  }

  func datasets(control: RunControl) throws(ImportError) -> [DatasetRecord] {
    var tables = try tables(control)
    return try DatabaseOpening(includesDeleted: includesDeleted)
      .datasets(&tables, runs: contents.runDirectory)
  }

  func loggedModels(control: RunControl) throws(ImportError) -> [LoggedModelRecord] {
    var tables = try tables(control)
    return try DatabaseOpening(includesDeleted: includesDeleted)
      .loggedModels(&tables, experiments: Set(contents.experiments.map(\.id)))
  }

  func latestMetrics(
    _ keys: [String], control: RunControl
  ) throws(ImportError) -> [RunValues]? {
    guard catalog.schema.has("latest_metrics") else { return nil }
    let tables = try tables(control)
    var latest = LatestValues(keys, contents.runDirectory)
    var query = "SELECT run_uuid::text, key::text, value::float8"
    query += catalog["latest_metrics", "is_nan"].map { ", \($0.selection())" } ?? ", 0::int8"
    query += " FROM latest_metrics"
    if keys.count < contents.metricKeys.count {
      query += " WHERE key IN (\(try tables.literals(keys)))"
    }
    try tables.visit(query, [.text, .text, .float, .int]) { (row) throws(ImportError) in
      latest.take(row)
    }
    return latest.columns()
  }
}

extension PostgresTables {
  /// Texts as a list of SQL.
  func literals(_ texts: [String]) throws(ImportError) -> String {
    var literals: [String] = []
    for text in texts { literals.append(try connection.literal(text)) }
    return literals.joined(separator: ", ")
  }

  /// The keys of the metrics that the runs have, each found by a seek in the index, in bytewise
  /// order.
  func metricKeys(includesDeleted: Bool) throws(ImportError) -> [String] {
    let table = schema.has("latest_metrics") ? "latest_metrics" : "metrics"
    var seen = "SELECT 1 FROM \(table) l JOIN runs r ON r.run_uuid = l.run_uuid"
    if !includesDeleted {
      seen += " JOIN experiments e ON e.experiment_id = r.experiment_id"
    }
    seen += " WHERE l.key = k.key"
    if !includesDeleted {
      seen += " AND r.lifecycle_stage IS DISTINCT FROM 'deleted'"
      seen += " AND e.lifecycle_stage IS DISTINCT FROM 'deleted'"
    }
    var keys: [String] = []
    try visit(
      """
      WITH RECURSIVE k(key) AS (
        (SELECT key FROM \(table) ORDER BY key LIMIT 1)
        UNION ALL
        SELECT (SELECT l.key FROM \(table) l WHERE l.key > k.key ORDER BY l.key LIMIT 1)
        FROM k WHERE k.key IS NOT NULL)
      SELECT key::text FROM k WHERE key IS NOT NULL AND EXISTS (\(seen))
      """, [.text]
    ) { (row) throws(ImportError) in
      if let key = row.string(1) { keys.append(key) }
    }
    return keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
