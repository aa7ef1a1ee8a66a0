import PlumbColumns

/// `and` and `or` over any number of operands, with Kleene's nulls.
///
/// A later operand is computed for the rows that the earlier ones leave open, so that it cannot
/// fail on the others; where it costs little it is tried on all rows, which saves gathering.
struct LogicNode: ExpressionNode {
  let operands: [any ExpressionNode]
  let isAnd: Bool
  let isCheap: Bool
  var type: DataType { .bool }

  init(operands: [any ExpressionNode], isAnd: Bool) {
    self.operands = operands
    self.isAnd = isAnd
    isCheap = operands.allSatisfy(\.isCheap)
  }

  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column {
    var result = Column.bool(isAnd, count: frame.count)
    for operand in operands { result = try with(operand, frame, result) }
    return result
  }

  /// The result so far combined with that of one more operand.
  func with(
    _ operand: any ExpressionNode, _ frame: RowFrame, _ result: Column
  ) throws(ExecutionError) -> Column {
    guard let next = try values(of: operand, frame, openIn: result) else { return result }
    return combined(result, next)
  }

  /// The operand's values, as good as unknown at rows that are decided; nil when all are.
  private func values(
    of operand: any ExpressionNode, _ frame: RowFrame, openIn result: Column
  ) throws(ExecutionError) -> Column? {
    if let decided = result.constantValue {
      if case .bool(!isAnd) = decided { return nil }
      return try operand.evaluate(frame)
    }
    let decidedCount = isAnd ? falseCount(result) : trueCount(result)
    if decidedCount == 0 { return try operand.evaluate(frame) }
    if decidedCount == frame.count { return nil }
    if operand.isCheap, (frame.count - decidedCount) * 4 >= frame.count {
      // A failure may be that of a row which is decided: then only the others count.
      do { return try operand.evaluate(frame) } catch {}
    }
    let open = openRows(result)
    let some = try operand.evaluate(RowFrame(frame, rows: open))
    return scattered(some, to: open, count: frame.count)
  }

  private func falseCount(_ mask: Column) -> Int {
    mask.count - mask.nullCount - trueCount(mask)
  }

  /// The rows that are null or not yet decided.
  private func openRows(_ result: Column) -> Values<UInt32> {
    let values = result.bools()
    let open = Buffer<UInt8>(count: result.count)
    let (source, target) = (values.pointer, open.base)
    let flip: UInt8 = isAnd ? 0 : 1
    for row in 0..<result.count { target[row] = source[row] ^ flip }
    withExtendedLifetime(values) {}
    if let validity = result.validity { setMask(target, to: 1, whereUnset: validity) }
    return selectedRows(.mask(open)).rows
  }

  /// Puts values at their rows; the other rows get a value that decides nothing.
  private func scattered(_ some: Column, to rows: Values<UInt32>, count: Int) -> Column {
    let bytes = Buffer<UInt8>(repeating: isAnd ? 1 : 0, count: count)
    let values = some.bools()
    let (source, target, places) = (values.pointer, bytes.base, rows.pointer)
    for index in 0..<rows.count { target[Int(places[index])] = source[index] }
    withExtendedLifetime((values, rows)) {}
    guard some.mayHaveNulls else { return .mask(bytes) }
    let present = Bitmap(repeating: true, count: count)
    for index in 0..<rows.count where some.isNull(index) {
      let row = Int(places[index])
      present.words.base[row >> 6] &= ~(1 << UInt64(row & 63))
    }
    return .mask(bytes, validity: present)
  }

  private func combined(_ a: Column, _ b: Column) -> Column {
    if case .bool(isAnd)? = a.constantValue { return b }
    if case .bool(isAnd)? = b.constantValue { return a }
    if case .bool(!isAnd)? = b.constantValue { return b }
    if a.mayHaveNulls || b.mayHaveNulls { return combinedWithNulls(a, b) }
    let result = Buffer<UInt8>(count: a.count)
    let (left, right) = (a.bools(), b.bools())
    let (x, y, target) = (left.pointer, right.pointer, result.base)
    if isAnd {
      for row in 0..<a.count { target[row] = x[row] & y[row] }
    } else {
      for row in 0..<a.count { target[row] = x[row] | y[row] }
    }
    withExtendedLifetime((left, right)) {}
    return .mask(result)
  }

  /// 64 rows at a time as bits: which are true, and which are false.
  private func combinedWithNulls(_ a: Column, _ b: Column) -> Column {
    let count = a.count
    let result = Buffer<UInt8>(count: count)
    let present = Buffer<UInt64>(count: (count + 63) / 64)
    let (left, right) = (a.bools(), b.bools())
    let (leftPresence, rightPresence) = (a.presence, b.presence)
    var row = 0
    while row < count {
      let length = min(64, count - row)
      let x = packedBits(left.pointer + row, length)
      let y = packedBits(right.pointer + row, length)
      let xPresent = leftPresence?.word(at: row) ?? ~0
      let yPresent = rightPresence?.word(at: row) ?? ~0
      let isTrue: UInt64
      let isFalse: UInt64
      if isAnd {
        isTrue = x & xPresent & y & yPresent
        isFalse = ~x & xPresent | ~y & yPresent
      } else {
        isTrue = x & xPresent | y & yPresent
        isFalse = ~x & xPresent & ~y & yPresent
      }
      present.base[row >> 6] = isTrue | isFalse
      expandWord(isTrue, into: result.base + row, length)
      row += 64
    }
    withExtendedLifetime((left, right)) {}
    return .mask(result, validity: Bitmap(words: present, count: count))
  }
}

/// `not`: null stays null.
struct NotNode: ExpressionNode {
  let operand: any ExpressionNode
  var type: DataType { .bool }
  var isCheap: Bool { operand.isCheap }

  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column {
    let column = try operand.evaluate(frame)
    if let value = column.constantValue {
      if case .bool(let bool) = value { return .bool(!bool, count: column.count) }
      return .nulls(.bool, count: column.count)
    }
    let values = column.bools()
    let result = Buffer<UInt8>(count: column.count)
    let (source, target) = (values.pointer, result.base)
    for row in 0..<column.count { target[row] = source[row] ^ 1 }
    withExtendedLifetime(values) {}
    return .mask(result, validity: column.validity)
  }
}
