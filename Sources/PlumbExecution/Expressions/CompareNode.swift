import PlumbColumns
import PlumbPlan

/// `== != < <= > >=` of two operands of one type.
///
/// `==` and `!=` take null as a value and never give null; the others are null on a null. Floats
/// compare as IEEE 754 has it.
struct CompareNode: ExpressionNode {
  let symbol: ComparisonOperator
  let left: any ExpressionNode
  let right: any ExpressionNode
  let isCheap: Bool
  private let texts = TextTableCache()
  var type: DataType { .bool }

  init(symbol: ComparisonOperator, left: any ExpressionNode, right: any ExpressionNode) {
    self.symbol = symbol
    self.left = left
    self.right = right
    isCheap = left.isCheap && right.isCheap
  }

  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column {
    let a = try left.evaluate(frame)
    let b = try right.evaluate(frame)
    if a.constantValue != nil, b.constantValue != nil {
      let one = compare(a.withCount(1).materialized(), b.withCount(1).materialized())
      return Column(constant: one.value(at: 0), type: .bool, count: frame.count)
    }
    if let value = b.constantValue { return try compare(a, symbol, with: value) }
    if let value = a.constantValue { return try compare(b, symbol.mirrored, with: value) }
    return compare(a, b)
  }

  // MARK: A column and a constant

  private func compare(
    _ column: Column, _ symbol: ComparisonOperator, with value: Value
  ) throws(ExecutionError) -> Column {
    if value.isNull {
      return switch symbol {
      case .equal: column.nullMask(whenNull: true)
      case .notEqual: column.nullMask(whenNull: false)
      case .less, .lessOrEqual, .greater, .greaterOrEqual: .nulls(.bool, count: column.count)
      }
    }
    let mask = try mask(column, symbol, value)
    guard let validity = column.validity else { return .mask(mask) }
    switch symbol {
    case .equal: setMask(mask.base, to: 0, whereUnset: validity)
    case .notEqual: setMask(mask.base, to: 1, whereUnset: validity)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      return .mask(mask, validity: validity)
    }
    return .mask(mask)
  }

  private func mask(
    _ column: Column, _ symbol: ComparisonOperator, _ value: Value
  ) throws(ExecutionError) -> Buffer<UInt8> {
    switch (column.type, value) {
    case (.int, .int(let integer)), (.timestamp, .timestamp(let integer)),
      (.duration, .duration(let integer)):
      return integerMask(column, symbol, integer)
    case (.bool, .bool(let bool)):
      let values = column.bools()
      defer { withExtendedLifetime(values) {} }
      return comparisonMask(values.pointer, symbol, bool ? 1 : 0, column.count)
    case (.float, _), (.int, .float):
      let values = column.doubles()
      defer { withExtendedLifetime(values) {} }
      return comparisonMask(values.pointer, symbol, value.double, column.count)
    case (.string, .string(let text)): return try textMask(column, symbol, text)
    default:
      let other = Column(constant: value, type: column.type, count: column.count)
      return genericMask(column, symbol, other)
    }
  }

  private func textMask(
    _ column: Column, _ symbol: ComparisonOperator, _ text: String
  ) throws(ExecutionError) -> Buffer<UInt8> {
    let constant = TextDictionary([text], isUnique: true)
    let text = constant.utf8(0)
    defer { withExtendedLifetime(constant) {} }
    return try texts.results(column) { candidate in
      switch symbol {
      case .equal: equalTexts(candidate, text) ? 1 : 0
      case .notEqual: equalTexts(candidate, text) ? 0 : 1
      case .less: lessText(candidate, text) ? 1 : 0
      case .lessOrEqual: lessText(text, candidate) ? 0 : 1
      case .greater: lessText(text, candidate) ? 1 : 0
      case .greaterOrEqual: lessText(candidate, text) ? 0 : 1
      }
    }
  }

  // MARK: Two columns

  private func compare(_ a: Column, _ b: Column) -> Column {
    let mask = mask(a, b)
    switch symbol {
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      return .mask(mask, validity: intersection(a.presence, b.presence))
    case .equal, .notEqual:
      settleNulls(mask.base, a.presence, b.presence)
      return .mask(mask)
    }
  }

  /// Equal where both are null, different where one is.
  private func settleNulls(
    _ mask: UnsafeMutablePointer<UInt8>, _ a: Bitmap?, _ b: Bitmap?
  ) {
    guard let count = a?.count ?? b?.count else { return }
    let whenEqual: UInt8 = symbol == .equal ? 1 : 0
    var row = 0
    while row < count {
      let length = min(64, count - row)
      let x = a?.word(at: row) ?? ~0
      let y = b?.word(at: row) ?? ~0
      var missing = ~(x & y)
      if length < 64 { missing &= 1 << UInt64(length) - 1 }
      while missing != 0 {
        let bit = missing.trailingZeroBitCount
        let bothNull = (x | y) >> UInt64(bit) & 1 == 0
        mask[row + bit] = bothNull ? whenEqual : 1 - whenEqual
        missing &= missing - 1
      }
      row += 64
    }
  }

  private func mask(_ a: Column, _ b: Column) -> Buffer<UInt8> {
    switch (a.type, b.type) {
    case (.int, .int), (.timestamp, .timestamp), (.duration, .duration):
      return integerMask(a, symbol, b)
    case (.bool, .bool):
      let (x, y) = (a.bools(), b.bools())
      defer { withExtendedLifetime((x, y)) {} }
      return comparisonMask(x.pointer, symbol, y.pointer, a.count)
    case (.int, .float), (.float, .int), (.float, .float):
      let (x, y) = (a.doubles(), b.doubles())
      defer { withExtendedLifetime((x, y)) {} }
      return comparisonMask(x.pointer, symbol, y.pointer, a.count)
    case (.string, .string): return textComparisonMask(a, symbol, b)
    default: return genericMask(a, symbol, b)
    }
  }
}

extension ComparisonOperator {
  /// The operator that says the same with the operands changed over.
  var mirrored: ComparisonOperator {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

extension Column {
  /// A constant column with another number of rows.
  func withCount(_ count: Int) -> Column {
    guard case .constant = storage else { return self }
    return Column(type: type, count: count, storage: storage)
  }
}

extension Value {
  /// The value as a double; 0 if it is no number.
  var double: Double {
    switch self {
    case .float(let value): value
    case .int(let value), .timestamp(let value), .duration(let value): Double(value)
    case .null, .bool, .string, .list, .record: 0
    }
  }
}
