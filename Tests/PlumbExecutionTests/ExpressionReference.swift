import PlumbColumns
import PlumbFunctions
import PlumbPlan

/// Computes an expression on the values of one row, as the language defines it and with no
/// regard to speed: what the evaluator is compared with.
struct ExpressionReference {
  let row: [String: Value]
  let isScalar: Bool

  /// The evaluation of a row failed.
  struct Failure: Error {}

  func value(_ expression: ResolvedExpression) throws -> Value {
    switch expression {
    case .literal(let value, let type): return value.coerced(to: type)
    case .column(let name, _): return row[name] ?? .null
    case .convert(let operand, let type): return try value(operand).coerced(to: type)
    case .negate(let operand, let operation):
      let zero: Value = operation.type == .float ? .float(-0.0) : .int(0)
      return try arithmetic(.subtract, zero, value(operand), operation.type)
    case .arithmetic(let symbol, let a, let b, let operation):
      return try arithmetic(symbol, value(a), value(b), operation.type)
    case .compare(let symbol, let a, let b): return compare(symbol, try value(a), try value(b))
    case .not(let operand):
      guard case .bool(let bool) = try value(operand) else { return .null }
      return .bool(!bool)
    case .and(let operands): return try logic(operands, decides: false)
    case .or(let operands): return try logic(operands, decides: true)
    case .conditional(let branches, let otherwise, let type):
      for branch in branches where try value(branch.condition) == .bool(true) {
        return try value(branch.value).coerced(to: type)
      }
      return try value(otherwise).coerced(to: type)
    case .coalesce(let operands, let type):
      for operand in operands {
        let found = try value(operand)
        if !found.isNull { return found.coerced(to: type) }
      }
      return .null
    case .isInSet(let operand, let set):
      let wanted = try value(operand)
      return .bool(set.values.contains { equal(wanted, $0) })
    case .isInList(let operand, let list):
      guard case .list(let members, _) = try value(list) else { return .bool(false) }
      let wanted = try value(operand)
      return .bool(members.contains { equal(wanted, $0) })
    case .field(let record, let index, _):
      guard case .record(let fields) = try value(record) else { return .null }
      return fields[index].value
    case .element(let list, let index, _):
      guard case .list(let members, _) = try value(list), case .int(let place) = try value(index)
      else { return .null }
      let position = place < 0 && place > -1000 ? place + members.count : place
      return members.indices.contains(position) ? members[position] : .null
    case .list(let elements, let element): return .list(try elements.map(value), element: element)
    case .record(let fields):
      return .record(try fields.map { Value.RecordField($0.name, try value($0.expression)) })
    case .interpolation(let pieces, _):
      return .string(
        try pieces.map { piece in
          switch piece {
          case .text(let text): text
          case .value(let expression, let format):
            try formatValue(try value(expression), spec: format)
          }
        }.joined())
    case .rowFunction(let function, let arguments, _, _):
      return try function.evaluate(try arguments.map(value))
    case .isInQuery, .scalarQuery, .matches, .call: throw Failure()
    }
  }

  private func logic(_ operands: [ResolvedExpression], decides: Bool) throws -> Value {
    var sawNull = false
    for operand in operands {
      let next = try value(operand)
      if next == .bool(decides) { return next }
      sawNull = sawNull || next.isNull
    }
    return sawNull ? .null : .bool(!decides)
  }

  // MARK: Comparison

  /// `==` with IEEE's NaN, also inside lists and records.
  private func equal(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.float(let x), .float(let y)): x == y
    case (.list(let x, _), .list(let y, _)):
      x.count == y.count && zip(x, y).allSatisfy { equal($0, $1) }
    case (.record(let x), .record(let y)):
      zip(x, y).allSatisfy { equal($0.value, $1.value) }
    default: a == b
    }
  }

  private func compare(_ symbol: ComparisonOperator, _ a: Value, _ b: Value) -> Value {
    if symbol == .equal { return .bool(equal(a, b)) }
    if symbol == .notEqual { return .bool(!equal(a, b)) }
    if a.isNull || b.isNull { return .null }
    if case .float(let x) = a, case .float(let y) = b, x.isNaN || y.isNaN { return .bool(false) }
    let order = compareValues(a, b)
    switch symbol {
    case .less: return .bool(order < 0)
    case .lessOrEqual: return .bool(order <= 0)
    case .greater: return .bool(order > 0)
    default: return .bool(order >= 0)
    }
  }

  // MARK: Arithmetic

  private func arithmetic(
    _ symbol: ArithmeticOperator, _ a: Value, _ b: Value, _ type: DataType
  ) throws -> Value {
    if a.isNull || b.isNull { return .null }
    if case .string(let x) = a, case .string(let y) = b { return .string(x + y) }
    if case .list(let x, let element) = a, case .list(let y, _) = b {
      return .list(x + y, element: element)
    }
    if type == .float { return .float(floats(symbol, double(a), double(b))) }
    if type == .duration, a.type == .float || b.type == .float || symbol == .divide {
      let exact = floats(symbol, double(a), double(b))
      guard exact.isFinite else { return .null }
      guard let whole = Int(exactly: exact.rounded(.toNearestOrEven)) else { throw Failure() }
      return .duration(whole)
    }
    guard let result = try integers(symbol, integer(a), integer(b)) else { return .null }
    return switch type {
    case .timestamp: .timestamp(result)
    case .duration: .duration(result)
    default: .int(result)
    }
  }

  /// By way of 128 bits, in which nothing overflows.
  private func integers(_ symbol: ArithmeticOperator, _ a: Int, _ b: Int) throws -> Int? {
    let (x, y) = (Int128(a), Int128(b))
    let result: Int128
    switch symbol {
    case .add: result = x + y
    case .subtract: result = x - y
    case .multiply: result = x * y
    case .floorDivide, .remainder:
      guard y != 0 else {
        if isScalar { throw Failure() }
        return nil
      }
      var remainder = x % y
      if remainder != 0, (remainder < 0) != (y < 0) { remainder += y }
      result = symbol == .remainder ? remainder : (x - remainder) / y
    case .power:
      if b < 0 { throw Failure() }
      var product: Int128 = 1
      for _ in 0..<min(b, 64) {
        product *= x
        if abs(product) > Int128(Int.max) * 2 { throw Failure() }
      }
      result = abs(x) <= 1 ? (x == 0 && b > 0 ? 0 : x == -1 && b & 1 == 1 ? -1 : 1) : product
    case .divide: throw Failure()
    }
    guard let fitting = Int(exactly: result) else { throw Failure() }
    return fitting
  }

  private func floats(_ symbol: ArithmeticOperator, _ x: Double, _ y: Double) -> Double {
    switch symbol {
    case .add: return x + y
    case .subtract: return x - y
    case .multiply: return x * y
    case .divide: return x / y
    case .power: return power(x, y)
    case .remainder:
      let remainder = x.truncatingRemainder(dividingBy: y)
      if remainder == 0 { return y.sign == .minus ? -0.0 : 0.0 }
      return (remainder < 0) != (y < 0) ? remainder + y : remainder
    case .floorDivide: return (x / y).rounded(.down)
    }
  }

  private func double(_ value: Value) -> Double {
    switch value {
    case .float(let x): x
    case .int(let x), .duration(let x), .timestamp(let x): Double(x)
    default: .nan
    }
  }

  private func integer(_ value: Value) -> Int {
    switch value {
    case .int(let x), .duration(let x), .timestamp(let x): x
    default: 0
    }
  }
}
