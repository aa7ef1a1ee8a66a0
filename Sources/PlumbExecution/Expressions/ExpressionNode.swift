import PlumbColumns

/// A bound expression: one kind per case of `ResolvedExpression`.
protocol ExpressionNode: Sendable {
  var type: DataType { get }
  /// Whether computing it on rows that do not need it costs less than leaving them out.
  var isCheap: Bool { get }
  /// The values for the rows of a frame, which has at least one.
  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column
}

extension ExpressionNode {
  /// The values for the rows of any frame.
  func values(_ frame: RowFrame) throws(ExecutionError) -> Column {
    guard frame.count > 0 else { return Column([Value](), type: type) }
    return try evaluate(frame)
  }
}

/// The rows that an expression is computed on: a batch, or some rows of another frame, gathered
/// column by column when a column is first read.
///
/// A frame is used by one thread; it is `Sendable` only because lambdas must be.
final class RowFrame: @unchecked Sendable {
  let count: Int
  /// The columns of a batch; shared, so that a frame costs the same however wide the table is.
  private let given: [Column]
  /// Those of another frame, once gathered, and further ones.
  private var columns: [Column?]
  private let source: RowFrame?
  private let rows: Values<UInt32>

  init(_ batch: Batch) {
    count = batch.count
    given = batch.columns
    columns = []
    source = nil
    rows = Values(Buffer(count: 0))
  }

  /// The given rows of a frame, with further columns behind its own.
  init(_ source: RowFrame, rows: Values<UInt32>, adding extra: [Column] = []) {
    count = rows.count
    given = []
    columns = Array(repeating: nil, count: source.width) + extra
    self.source = source
    self.rows = rows
  }

  private var width: Int { source == nil ? given.count : columns.count }

  func column(_ index: Int) -> Column {
    guard let source else { return given[index] }
    if let known = columns[index] { return known }
    let gathered = source.column(index).gathered(rows)
    columns[index] = gathered
    return gathered
  }
}

/// A column of the input.
struct ColumnNode: ExpressionNode {
  let index: Int
  let type: DataType
  var isCheap: Bool { true }

  func evaluate(_ frame: RowFrame) -> Column { frame.column(index) }
}

/// The same value in every row.
struct ConstantNode: ExpressionNode {
  let value: Value
  let type: DataType
  var isCheap: Bool { true }

  func evaluate(_ frame: RowFrame) -> Column {
    Column(constant: value, type: type, count: frame.count)
  }
}
