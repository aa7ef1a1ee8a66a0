import Glibc
import PlumbColumns
import PlumbColumnsTesting
import PlumbExecution
import PlumbFunctions
import PlumbPlan
import Testing

func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }

let testEnvironment = Environment(nowMicroseconds: 0, control: RunControl())

/// Random expressions over random columns give what the row-at-a-time reference gives.
@Suite struct ExpressionPropertyTests {
  @Test(arguments: [107, 109, 142] + propertySeeds(5))
  func agreesWithTheReference(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<250 {
      var expressions = RandomExpressions(random: random)
      let type = SeededGenerator.types.randomElement(using: &random) ?? .int
      let expression = expressions.expression(type, depth: 4)
      let counts = [0, 1, 5, 63, 64, 65, 130, 300]
      let count = counts.randomElement(using: &random) ?? 0
      let columns = RandomExpressions.fields.map { random.column($0.type, count: count) }
      try check(
        expression, Batch(columns: columns, count: count), isScalar: random.once(in: 4),
        "seed \(seed), round \(round): \(expression)")
      _ = random.next()
    }
  }

  private func check(
    _ expression: ResolvedExpression, _ batch: Batch, isScalar: Bool, _ comment: Comment
  ) throws {
    let schema = Schema(RandomExpressions.fields)
    var expected: [Value] = []
    var fails = false
    for row in 0..<batch.count {
      var values: [String: Value] = [:]
      for (index, field) in schema.fields.enumerated() {
        values[field.name] = batch.columns[index].value(at: row)
      }
      do {
        let reference = ExpressionReference(row: values, isScalar: isScalar)
        expected.append(try reference.value(expression))
      } catch {
        fails = true
      }
    }
    let evaluator = try ExpressionEvaluator(
      expression, schema: schema, environment: testEnvironment, isScalar: isScalar)
    do {
      let result = try evaluator.evaluate(batch)
      #expect(!fails, comment)
      #expect(result.count == batch.count, comment)
      guard !fails else { return }
      for (row, pair) in zip(result.values, expected).enumerated() where !same(pair.0, pair.1) {
        Issue.record("row \(row): \(pair.0), expected \(pair.1); \(comment)")
        return
      }
    } catch {
      #expect(fails, "\(error.message); \(comment)")
    }
  }

  /// Equality that takes NaN as one and is strict about types.
  private func same(_ a: Value, _ b: Value) -> Bool {
    if case .list(let x, _) = a, case .list(let y, _) = b {
      return x.count == y.count && zip(x, y).allSatisfy { same($0, $1) }
    }
    return a == b && (a.type == b.type || a.type == .null || a.type.isRecord)
  }
}

extension DataType {
  fileprivate var isRecord: Bool { if case .record = self { true } else { false } }
}

/// Makes well-typed expressions over one column of each type.
struct RandomExpressions {
  var random: SeededGenerator

  static let fields = SeededGenerator.types.enumerated().map {
    Schema.Field("c\($0.offset)", $0.element)
  }

  mutating func expression(_ type: DataType, depth: Int) -> ResolvedExpression {
    if depth == 0 || random.once(in: 5) { return leaf(type) }
    switch Int.random(in: 0..<9, using: &random) {
    case 0:
      return .conditional(
        (0..<Int.random(in: 1...2, using: &random)).map { _ in
          ResolvedExpression.Branch(
            expression(.bool, depth: depth - 1), expression(type, depth: depth - 1))
        }, otherwise: expression(type, depth: depth - 1), type)
    case 1:
      return .coalesce(
        (0..<Int.random(in: 1...3, using: &random)).map { _ in
          expression(type, depth: depth - 1)
        }, type)
    case 2:
      return .element(
        .list(
          (0..<Int.random(in: 0...3, using: &random)).map { _ in
            expression(type, depth: depth - 1)
          }, element: type), expression(.int, depth: depth - 1), type)
    case 3:
      return .field(
        .record([
          OutputColumn("x", expression(.int, depth: depth - 1)),
          OutputColumn("y", expression(type, depth: depth - 1)),
        ]), index: 1, type)
    default: return typed(type, depth: depth)
    }
  }

  private mutating func leaf(_ type: DataType) -> ResolvedExpression {
    if random.once(in: 8) { return .literal(.null, type) }
    if random.once(in: 3) { return .literal(random.value(type), type) }
    guard let field = Self.fields.first(where: { $0.type == type }) else {
      return .literal(random.value(type), type)
    }
    return .column(field.name, type)
  }

  private mutating func typed(_ type: DataType, depth: Int) -> ResolvedExpression {
    switch type {
    case .bool: return condition(depth)
    case .int, .float: return number(type, depth)
    case .timestamp:
      return .arithmetic(
        random.once(in: 2) ? .add : .subtract, expression(.timestamp, depth: depth - 1),
        expression(.duration, depth: depth - 1), Operation(.timestamp))
    case .duration: return duration(depth)
    case .string:
      if random.once(in: 2) {
        return .arithmetic(
          .add, expression(.string, depth: depth - 1), expression(.string, depth: depth - 1),
          Operation(.string))
      }
      return .interpolation(
        [
          .text("<"), .value(expression(.float, depth: depth - 1), format: ""), .text(" "),
          .value(expression(.string, depth: depth - 1), format: ""),
          .value(expression(.int, depth: depth - 1), format: ""),
        ], Operation(.string))
    case .list:
      return .arithmetic(
        .add, expression(type, depth: depth - 1), expression(type, depth: depth - 1),
        Operation(type))
    case .record(let fields):
      return .record(fields.map { OutputColumn($0.name, expression($0.type, depth: depth - 1)) })
    case .null: return .literal(.null, .null)
    }
  }

  private mutating func number(_ type: DataType, _ depth: Int) -> ResolvedExpression {
    if random.once(in: 6) {
      return .negate(expression(type, depth: depth - 1), Operation(type))
    }
    var symbols: [ArithmeticOperator] = [.add, .subtract, .multiply, .remainder]
    // A float `//` is compared by its rounding elsewhere.
    symbols += type == .float ? [.divide, .power] : [.floorDivide]
    let operand: DataType = type == .float && random.once(in: 3) ? .int : type
    let symbol = operand == type ? symbols.randomElement(using: &random) ?? .add : .divide
    let left = expression(operand, depth: depth - 1)
    if type == .int, random.once(in: 6) {
      let exponent = ResolvedExpression.literal(
        .int(Int.random(in: -1...5, using: &random)), .int)
      return .arithmetic(.power, left, exponent, Operation(.int))
    }
    return .arithmetic(symbol, left, expression(operand, depth: depth - 1), Operation(type))
  }

  private mutating func duration(_ depth: Int) -> ResolvedExpression {
    let (a, b): (DataType, DataType)
    let symbol: ArithmeticOperator
    switch Int.random(in: 0..<5, using: &random) {
    case 0: (a, symbol, b) = (.timestamp, .subtract, .timestamp)
    case 1: (a, symbol, b) = (.duration, .add, .duration)
    case 2: (a, symbol, b) = (.duration, .multiply, .float)
    case 3: (a, symbol, b) = (.int, .multiply, .duration)
    default: (a, symbol, b) = (.duration, .divide, .int)
    }
    return .arithmetic(
      symbol, expression(a, depth: depth - 1), expression(b, depth: depth - 1),
      Operation(.duration))
  }

  private mutating func condition(_ depth: Int) -> ResolvedExpression {
    let type = SeededGenerator.types.randomElement(using: &random) ?? .int
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return .not(expression(.bool, depth: depth - 1))
    case 1, 2:
      let operands = (0..<Int.random(in: 2...3, using: &random)).map { _ in
        expression(.bool, depth: depth - 1)
      }
      return random.once(in: 2) ? .and(operands) : .or(operands)
    case 3:
      let members = (0..<Int.random(in: 0...9, using: &random)).map { _ in
        random.once(in: 6) ? .null : random.value(type)
      }
      return .isInSet(expression(type, depth: depth - 1), ValueSet(members))
    case 4:
      let element: DataType = random.once(in: 2) ? .int : .string
      return .isInList(
        expression(element, depth: depth - 1), expression(.list(element), depth: depth - 1))
    default:
      let symbol = ComparisonOperator.allCases.randomElement(using: &random) ?? .equal
      return .compare(
        symbol, expression(type, depth: depth - 1), expression(type, depth: depth - 1))
    }
  }
}
