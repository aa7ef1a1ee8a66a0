import PlumbColumns

/// The tables of a PostgreSQL database within one transaction.
struct PostgresTables: DatabaseReading {
  let connection: PostgresConnection
  let catalog: PostgresCatalog
  let control: RunControl

  var schema: DatabaseSchema { catalog.schema }

  /// Without columns that tell the order, rows come as they lie in the table.
  func visit(
    _ table: String, _ columns: [String], where condition: String?, orderedBy order: [String],
    _ body: (BinaryRow) throws(ImportError) -> Void
  ) throws(ImportError) {
    let known = columns.map { catalog[table, $0] }
    let selection = known.map { $0?.selection() ?? "NULL::text" }.joined(separator: ", ")
    let order = order.filter { schema.has(table, $0) }.map { "\"\($0)\"" }
    try visit(
      "SELECT \(selection) FROM \(table)" + (condition.map { " WHERE \($0)" } ?? "")
        + (order.isEmpty ? "" : " ORDER BY \(order.joined(separator: ", ")), ctid"),
      known.map { $0?.kind ?? .text }, body)
  }

  /// Visits the rows of a query, whose columns must be of these kinds.
  func visit(
    _ query: String, _ kinds: [PostgresColumn.Kind],
    _ body: (BinaryRow) throws(ImportError) -> Void
  ) throws(ImportError) {
    var reader = BinaryRowReader(kinds)
    try connection.copy(query, control) { (message) throws(ImportError) in
      let row: BinaryRow?
      do throws(BinaryRowReader.Fault) {
        row = try reader.row(message)
      } catch {
        throw connection.damaged(error.detail)
      }
      if let row { try body(row) }
    }
  }

  func revisions() throws(ImportError) -> [String]? {
    guard try connection.rows("SELECT to_regclass('alembic_version')", control).first?[0] != nil
    else { return nil }
    return try connection.rows("SELECT version_num FROM alembic_version", control)
      .compactMap { $0[0] }
  }

  func areNaN(_ points: [LoggedModelPoint]) throws(ImportError) -> [Bool] {
    guard schema.has("metrics", "is_nan") else { return points.map { _ in false } }
    var places: Set<LoggedModelPoint.Place> = []
    try visit(
      """
      SELECT m.key::text, m.timestamp::int8, m.step::int8, m.run_uuid::text
      FROM logged_model_metrics l JOIN metrics m ON m.run_uuid = l.run_id
      AND m.key = l.metric_name AND m.timestamp = l.metric_timestamp_ms AND m.step = l.metric_step
      WHERE m.is_nan
      """, [.text, .int, .int, .text]
    ) { (row) throws(ImportError) in
      places.insert(
        LoggedModelPoint.Place(
          key: row.string(1) ?? "", milliseconds: row.integer(2) ?? 0, step: row.integer(3) ?? 0,
          run: row.string(4) ?? ""))
    }
    return points.map { places.contains($0.place) }
  }
}
