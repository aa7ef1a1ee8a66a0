import PlumbColumns

/// The value of the first branch whose condition is true; a null condition is not true.
///
/// Conditions are computed for the rows that no earlier branch took, values for the rows of
/// their branch.
struct ConditionalNode: ExpressionNode {
  let branches: [Branch]
  let otherwise: any ExpressionNode
  let type: DataType
  let isCheap: Bool
  private let dictionaries = ExtendedDictionaryCache()

  struct Branch: Sendable {
    let condition: any ExpressionNode
    let value: any ExpressionNode
  }

  init(branches: [Branch], otherwise: any ExpressionNode, type: DataType) {
    self.branches = branches
    self.otherwise = otherwise
    self.type = type
    isCheap =
      otherwise.isCheap && branches.allSatisfy { $0.condition.isCheap && $0.value.isCheap }
  }

  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column {
    var pieces: RowPieces?
    // Absent while no branch has taken a row.
    var open: Values<UInt32>?
    for branch in branches {
      let rest = open.map { RowFrame(frame, rows: $0) } ?? frame
      let condition = try branch.condition.evaluate(rest)
      if let value = condition.constantValue {
        guard case .bool(true) = value else { continue }
        return try finish(branch.value, pieces, open, frame)
      }
      let (chosen, others) = splitRows(open, by: condition)
      guard chosen.count > 0 else { continue }
      if others.count == 0 { return try finish(branch.value, pieces, open, frame) }
      var grown = pieces ?? RowPieces(type: type, count: frame.count)
      try add(branch.value, to: &grown, chosen, frame)
      pieces = grown
      open = others
    }
    return try finish(otherwise, pieces, open, frame)
  }

  /// Takes all rows that are left from one expression.
  private func finish(
    _ value: any ExpressionNode, _ pieces: RowPieces?, _ open: Values<UInt32>?, _ frame: RowFrame
  ) throws(ExecutionError) -> Column {
    guard var pieces, let open else { return try value.evaluate(frame) }
    try add(value, to: &pieces, open, frame)
    return pieces.finish(dictionaries)
  }

  private func add(
    _ value: any ExpressionNode, to pieces: inout RowPieces, _ rows: Values<UInt32>,
    _ frame: RowFrame
  ) throws(ExecutionError) {
    if value is ColumnNode || value is ConstantNode {
      // Gathered once, at the end.
      pieces.add(try value.evaluate(frame), rows: rows, spansFrame: true)
    } else {
      pieces.add(try value.evaluate(RowFrame(frame, rows: rows)), rows: rows)
    }
  }
}

/// The first operand that is not null; later ones are computed where all before are null.
struct CoalesceNode: ExpressionNode {
  let operands: [any ExpressionNode]
  let type: DataType
  let isCheap: Bool
  private let dictionaries = ExtendedDictionaryCache()

  init(operands: [any ExpressionNode], type: DataType) {
    self.operands = operands
    self.type = type
    isCheap = operands.allSatisfy(\.isCheap)
  }

  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column {
    var pieces: RowPieces?
    var open: Values<UInt32>?
    for (index, operand) in operands.enumerated() {
      let rest = open.map { RowFrame(frame, rows: $0) } ?? frame
      let column = try operand.evaluate(rest)
      let isLast = index == operands.count - 1
      if !isLast, case .null? = column.constantValue { continue }
      let presence = column.nullMask(whenNull: false)
      if isLast || presence.constantValue != nil || trueCount(presence) == column.count {
        guard var pieces, let open else { return typed(column) }
        pieces.add(column, rows: open)
        return pieces.finish(dictionaries)
      }
      if trueCount(presence) == 0 { continue }
      let (chosen, others) = splitRows(open, by: presence)
      var grown = pieces ?? RowPieces(type: type, count: frame.count)
      if open == nil {
        grown.add(column, rows: chosen, spansFrame: true)
      } else {
        grown.add(column.gathered(selectedRows(presence).rows), rows: chosen)
      }
      pieces = grown
      open = others
    }
    return .nulls(type, count: frame.count)
  }

  /// A null without a type takes the result's.
  private func typed(_ column: Column) -> Column {
    column.type == .null ? .nulls(type, count: column.count) : column
  }
}
