import PlumbColumns

/// The rows of a batch that a condition keeps.
enum ChosenRows {
  /// A bool for each row of the batch, null where the condition is null.
  case mask(Column)
  /// Positions, ascending; few of the batch's rows.
  case rows(Values<UInt32>, nullCount: Int)
}

extension ExpressionEvaluator {
  /// The rows of a batch for which the condition is true.
  ///
  /// Operands of an `and` are computed one after the other. As soon as few rows are left, the
  /// others are left behind: later operands and what reads the result see those rows alone.
  func chosenRows(_ batch: Batch) throws(ExecutionError) -> ChosenRows {
    guard let logic = conjunction, batch.count > 0 else {
      return .mask(try evaluate(batch))
    }
    let whole = RowFrame(batch)
    var frame = whole
    var rows: Values<UInt32>?
    var mask = try logic.operands[0].evaluate(whole)
    for operand in logic.operands.dropFirst() {
      // A null may yet become false, so that its row must stay.
      guard mask.nullCount == 0, trueCount(mask) * 4 < frame.count else {
        mask = try logic.with(operand, frame, mask)
        continue
      }
      let left = selectedRows(mask).rows
      let kept = rows.map { $0.taken(left) } ?? left
      guard kept.count > 0 else { return .rows(kept, nullCount: 0) }
      rows = kept
      frame = RowFrame(whole, rows: kept)
      mask = try operand.evaluate(frame)
    }
    guard let rows else { return .mask(mask) }
    let left = selectedRows(mask)
    return .rows(rows.taken(left.rows), nullCount: left.nullCount)
  }
}

extension Values where Element == UInt32 {
  /// The elements at the given positions.
  fileprivate func taken(_ positions: Values<UInt32>) -> Values<UInt32> {
    if positions.count == count { return self }
    let result = Buffer<UInt32>(count: positions.count)
    let (from, places) = (pointer, positions.pointer)
    for index in 0..<positions.count { result.base[index] = from[Int(places[index])] }
    withExtendedLifetime((self, positions)) {}
    return Values(result)
  }
}
