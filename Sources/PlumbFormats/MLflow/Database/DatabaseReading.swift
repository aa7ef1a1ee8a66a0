import PlumbColumns

/// A row of a table, valid during the visit. Columns count from 1.
protocol DatabaseRow {
  /// The bytes of a text, not checked to be UTF-8; nil for null.
  func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8>?
  /// A text, with U+FFFD where it is not UTF-8; nil for null.
  func string(_ column: Int32) -> String?
  func integer(_ column: Int32) -> Int?
  func double(_ column: Int32) -> Double?
}

/// Reads the tables that MLflow keeps a store in, whichever database they are in.
///
/// This is where rows come from; what they mean is in `DatabaseOpening` and its like.
protocol DatabaseReading: ~Copyable {
  associatedtype Row: DatabaseRow

  var schema: DatabaseSchema { get }
  /// Visits rows of a table in the order in which they were made, as they were when the store was
  /// opened.
  ///
  /// - Parameters:
  ///   - columns: Names of columns; one that the table lacks is null in every row.
  ///   - condition: SQL that both databases understand.
  ///   - order: The columns that tell the order, for a database that does not keep it.
  mutating func visit(
    _ table: String, _ columns: [String], where condition: String?, orderedBy order: [String],
    _ body: (Row) throws(ImportError) -> Void
  ) throws(ImportError)
  /// The revisions of the schema that the database says it has; nil if it says nothing.
  mutating func revisions() throws(ImportError) -> [String]?
  /// Which of the points are NaN in the history of their runs.
  mutating func areNaN(_ points: [LoggedModelPoint]) throws(ImportError) -> [Bool]
}

extension DatabaseReading where Self: ~Copyable {
  mutating func visit(
    _ table: String, _ columns: [String], orderedBy order: [String] = [],
    _ body: (Row) throws(ImportError) -> Void
  ) throws(ImportError) {
    try visit(table, columns, where: nil, orderedBy: order, body)
  }

  mutating func visit(
    _ table: String, _ columns: [String], where condition: String,
    _ body: (Row) throws(ImportError) -> Void
  ) throws(ImportError) {
    try visit(table, columns, where: condition, orderedBy: [], body)
  }
}
