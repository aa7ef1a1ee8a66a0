import PlumbColumns

/// A connection that reads in transactions shorter than a set time.
///
/// A writer of a store in rollback-journal mode waits for every reader to let go, and fails when
/// its own patience ends; so no transaction here lasts much longer than `longestMilliseconds`.
struct SQLiteReading: ~Copyable {
  let connection: SQLiteConnection
  private let longestMilliseconds: Int
  private var begunMilliseconds: Int

  init(_ file: SQLiteFile, longestMilliseconds: Int, control: RunControl) throws(ImportError) {
    let connection = try SQLiteConnection(file, control: control)
    try connection.execute("BEGIN")
    self.connection = connection
    self.longestMilliseconds = longestMilliseconds
    begunMilliseconds = monotonicMilliseconds()
  }

  /// When the transaction has lasted long enough.
  var endMilliseconds: Int { begunMilliseconds + longestMilliseconds }

  /// Whether the transaction has lasted long enough; then reset the cursors and call `renew`.
  var isDue: Bool { monotonicMilliseconds() >= endMilliseconds }

  /// Ends the transaction, which lets a waiting writer go first, and begins another.
  mutating func renew() throws(ImportError) {
    try connection.execute("COMMIT; BEGIN")
    begunMilliseconds = monotonicMilliseconds()
  }

  mutating func renewIfDue() throws(ImportError) {
    if isDue { try renew() }
  }

  /// Visits rows of a table in the order of their rowids, up to the rowid `last`.
  ///
  /// The columns are SQL expressions; the first has the index 1 (0 is the rowid).
  mutating func visit(
    _ table: String, _ columns: [String], where condition: String? = nil, through last: Int,
    _ body: (SQLiteRow) throws(ImportError) -> Void
  ) throws(ImportError) {
    let statement = try connection.prepare(
      "SELECT rowid, \(columns.joined(separator: ", ")) FROM \(table) NOT INDEXED "
        + "WHERE rowid >= ?1 AND rowid <= ?2\(condition.map { " AND \($0)" } ?? "") ORDER BY rowid")
    statement.bind(1, Int.min)
    statement.bind(2, last)
    var rowsUntilClock = SQLiteReading.rowsBetweenClocks
    var lastRowid: Int?
    while try statement.step() {
      // A damaged tree may lead back into itself and never end.
      let rowid = statement.integer(0) ?? Int.min
      if let lastRowid, rowid <= lastRowid { throw connection.watch.damaged("rows out of order") }
      lastRowid = rowid
      try body(statement.row)
      rowsUntilClock -= 1
      if rowsUntilClock == 0 {
        rowsUntilClock = SQLiteReading.rowsBetweenClocks
        if isDue, rowid < last {
          statement.reset()
          try renew()
          statement.bind(1, rowid + 1)
        }
      }
    }
  }

  private static let rowsBetweenClocks = 256
}
