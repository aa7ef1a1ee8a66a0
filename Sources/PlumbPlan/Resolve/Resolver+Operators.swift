import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbSyntax

extension Resolver {
  mutating func unary(
    _ node: Expression.Unary, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    switch node.operation {
    case .not:
      let operand = try condition(node.operand, in: scope, context)
      return .not(operand)
    case .negate:
      let operand = try scalar(node.operand, in: scope, context)
      switch operand.type {
      case .int, .float, .duration: break
      case .null: return operand
      case .bool, .string, .timestamp, .list, .record:
        throw failure(
          .badOperand, "`-` takes a number or a duration, and this is of type \(operand.type)",
          at: node.operand.range, help: conversionHelp(from: operand.type, to: .float))
      }
      if case .literal(.int(let value), _) = operand, value != .min {
        return .literal(.int(-value), .int)
      }
      if case .literal(.float(let value), _) = operand { return .literal(.float(-value), .float) }
      if case .literal(.duration(let value), _) = operand, value != .min {
        return .literal(.duration(-value), .duration)
      }
      return .negate(operand, Operation(operand.type, node.range))
    }
  }

  mutating func binary(
    _ node: Expression.Binary, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    switch node.operation {
    case .and, .or:
      let left = try condition(node.left, in: scope, context)
      let right = try condition(node.right, in: scope, context)
      return node.operation == .and
        ? .and(operands(of: left, and: true) + operands(of: right, and: true))
        : .or(operands(of: left, and: false) + operands(of: right, and: false))
    case .coalesce: return try coalesce(node, in: scope, context)
    case .match, .notMatch: return try match(node, in: scope, context)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      let left = try scalar(node.left, in: scope, context)
      let right = try scalar(node.right, in: scope, context)
      return try comparison(
        node.operation, left, right, node.left.range, node.right.range, node.operatorRange)
    case .add, .subtract, .multiply, .divide, .floorDivide, .remainder, .power:
      let left = try scalar(node.left, in: scope, context)
      let right = try scalar(node.right, in: scope, context)
      return try arithmetic(node, left, right)
    }
  }

  private func operands(
    of expression: ResolvedExpression, and: Bool
  ) -> [ResolvedExpression] {
    if and, case .and(let all) = expression { return all }
    if !and, case .or(let all) = expression { return all }
    return [expression]
  }

  // MARK: Comparison

  mutating func comparison(
    _ symbol: BinaryOperator, _ left: ResolvedExpression, _ right: ResolvedExpression,
    _ leftRange: SourceRange, _ rightRange: SourceRange, _ range: SourceRange
  ) throws(ResolveStop) -> ResolvedExpression {
    let isEquality = symbol == .equal || symbol == .notEqual
    var left = left
    var right = right
    if isEquality {
      if right.type == .string { left = asStoredText(left) }
      if left.type == .string { right = asStoredText(right) }
    }
    guard let type = left.type.unified(with: right.type) else {
      throw incomparable(left, right, symbol.rawValue, leftRange, rightRange)
    }
    if !isEquality, !type.isOrdered {
      throw failure(.badOperand, "values of type \(type) have no order", at: range)
    }
    let operation = ComparisonOperator(rawValue: symbol.rawValue) ?? .equal
    return .compare(operation, coerced(left, to: type), coerced(right, to: type))
  }

  /// Reports that values of two types meet where they would be compared.
  mutating func incomparable(
    _ left: ResolvedExpression, _ right: ResolvedExpression, _ symbol: String,
    _ leftRange: SourceRange, _ rightRange: SourceRange
  ) -> ResolveStop {
    let range = leftRange.file === rightRange.file ? leftRange.union(rightRange) : leftRange
    var help: String?
    let pair = (left.type, right.type)
    switch pair {
    case (.string, let other)
    where other.isNumeric || other == .timestamp || other == .duration
      || other == .bool:
      help =
        "convert the text: `\(other)(\(leftRange.text)) \(symbol) \(rightRange.text)`, "
        + "or `try_\(other)(…)` for null where it does not fit"
    case (let other, .string)
    where other.isNumeric || other == .timestamp || other == .duration
      || other == .bool:
      if case .literal = right, other == .timestamp {
        help = "a timestamp is written `@2026-11-23`, without quotes"
      } else if case .literal(.string(let text), _) = right, other.isNumeric,
        Double(text) != nil
      {
        help = "write the number without quotes, or compare `string(\(leftRange.text))`"
      } else if case .literal = right {
        help = "compare its text: `string(\(leftRange.text)) \(symbol) \(rightRange.text)`"
      } else {
        help = "convert the text: `\(leftRange.text) \(symbol) \(other)(\(rightRange.text))`"
      }
    case (.timestamp, .int): help = timestampHelp(rightRange.text)
    case (.int, .timestamp): help = timestampHelp(leftRange.text)
    case (.bool, .int), (.bool, .float), (.int, .bool), (.float, .bool):
      help = "a bool is compared with `true` or `false`, or stands alone"
    case (.duration, .int), (.duration, .float):
      help =
        "a duration is written with its unit, such as `30m`; `\(leftRange.text) / 1s` is a number"
    case (.list, let element), (let element, .list):
      if element != .null { help = "`value in list` asks whether the list holds it" }
    default: break
    }
    return failure(
      .incomparableTypes, "\(left.type) and \(right.type) are never compared", at: range,
      help: help)
  }

  /// How a timestamp is written where a number stands, such as `2026-11-23`, which subtracts.
  private func timestampHelp(_ text: String) -> String {
    let date = text.filter { $0 != " " }
    let isDate =
      date.split(separator: "-").map(\.utf8.count) == [4, 2, 2]
      && date.allSatisfy { $0.isNumber || $0 == "-" }
    return "a timestamp is written `@\(isDate ? date : "2026-11-23")`"
  }

  mutating func chain(
    _ node: Expression.ComparisonChain, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    var left = try scalar(node.first, in: scope, context)
    var leftRange = node.first.range
    var conditions: [ResolvedExpression] = []
    for link in node.links {
      let right = try scalar(link.operand, in: scope, context)
      if link.operation == .match || link.operation == .notMatch {
        throw failure(
          .ambiguousOperators, "`\(link.operation.rawValue)` does not chain",
          at: link.operatorRange, help: "write the comparisons with `and` between them")
      }
      conditions.append(
        try comparison(
          link.operation, left, right, leftRange, link.operand.range, link.operatorRange))
      left = right
      leftRange = link.operand.range
    }
    return .and(conditions)
  }

  mutating func between(
    _ node: Expression.Between, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    let value = try scalar(node.value, in: scope, context)
    let lower = try scalar(node.lower, in: scope, context)
    let upper = try scalar(node.upper, in: scope, context)
    let conditions = [
      try comparison(
        .greaterOrEqual, value, lower, node.value.range, node.lower.range, node.range),
      try comparison(.lessOrEqual, value, upper, node.value.range, node.upper.range, node.range),
    ]
    return node.isNegated ? .not(.and(conditions)) : .and(conditions)
  }

  // MARK: Membership

  mutating func membership(
    _ node: Expression.Membership, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    let value = try scalar(node.value, in: scope, context)
    let result = try isMember(value, node, in: scope, context)
    return node.isNegated ? .not(result) : result
  }

  private mutating func isMember(
    _ value: ResolvedExpression, _ node: Expression.Membership, in scope: Scope,
    _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    let collection = node.collection.withoutParentheses
    if case .range(let range) = collection {
      let lower = try scalar(range.lower, in: scope, context)
      let upper = try scalar(range.upper, in: scope, context)
      let inside = ResolvedExpression.and([
        try comparison(
          .greaterOrEqual, value, lower, node.value.range, range.lower.range, range.range),
        try comparison(
          .lessOrEqual, value, upper, node.value.range, range.upper.range, range.range),
      ])
      // `in` never gives null.
      return .coalesce([inside, .literal(.bool(false), .bool)], .bool)
    }
    if let query = try membershipQuery(collection, in: scope, context) {
      let fields = query.schema.visibleFields
      guard fields.count == 1 else {
        throw failure(
          .notOneValue, "`in` takes a table of one column, and this has \(fields.count)",
          at: node.collection.range, help: "`| select …` the column to look in")
      }
      let operand = fields[0].type == .string ? asStoredText(value) : value
      guard let type = operand.type.unified(with: fields[0].type) else {
        throw incomparable(
          operand, .column(fields[0].name, fields[0].type), "in", node.value.range,
          node.collection.range)
      }
      var plan = query
      if fields[0].type != type || query.schema.count != 1 {
        let column = ResolvedExpression.column(fields[0].name, fields[0].type)
        plan = .project(
          LogicalPlan.Project(
            input: query, items: [OutputColumn(fields[0].name, coerced(column, to: type))]))
      }
      return .isInQuery(
        coerced(operand, to: type), QueryReference(plan, range: node.collection.range))
    }
    let list = try scalar(node.collection, in: scope, context)
    guard case .list(let element) = list.type else {
      if list.type == .null { return .literal(.bool(false), .bool) }
      throw failure(
        .badOperand, "`in` looks in a list, a range or a table, and this is of type \(list.type)",
        at: node.collection.range,
        help: list.type == .string ? "`contains(text, part)` looks for a part of a text" : nil)
    }
    let operand = element == .string ? asStoredText(value) : value
    guard let type = operand.type.unified(with: element) else {
      throw incomparable(
        operand, .literal(.null, element), "in", node.value.range, node.collection.range)
    }
    if case .literal(.list(let values, _), _) = list {
      return .isInSet(coerced(operand, to: type), ValueSet(values.map { $0.coerced(to: type) }))
    }
    return .isInList(coerced(operand, to: type), coerced(list, to: .list(type)))
  }

  /// The plan, if what stands after `in` is a table.
  private mutating func membershipQuery(
    _ collection: Expression, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> LogicalPlan? {
    switch collection {
    case .pipeline(let pipeline):
      guard case .table(let plan) = try resolveNestedPipeline(pipeline, in: scope, context) else {
        throw .undetermined
      }
      return plan
    case .name(let name):
      if context.lambdaParameters[name.text] != nil || context.schema?[name.text] != nil {
        return nil
      }
      switch binding(named: name.text, in: scope) {
      case .table(let plan)?: return plan
      case .undetermined?: throw .undetermined
      case .some: return nil
      case nil: return host.table(named: name.text).map { scan($0) }
      }
    case .call(let call):
      guard case .table(let plan)? = try resolveTableCall(call, in: scope) else { return nil }
      return plan
    default: return nil
    }
  }

  // MARK: Patterns and nulls

  private mutating func match(
    _ node: Expression.Binary, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    let text = asStoredText(try scalar(node.left, in: scope, context))
    let pattern = try scalar(node.right, in: scope, context)
    for (side, syntax) in [(text, node.left), (pattern, node.right)] {
      guard side.type == .string || side.type == .null else {
        throw failure(
          .badOperand, "`~` matches text, and this is of type \(side.type)", at: syntax.range,
          help: "`string(\(syntax.range.text))` makes it a text")
      }
    }
    try checkPattern(pattern, at: node.right.range)
    let found = ResolvedExpression.matches(
      coerced(text, to: .string), pattern: coerced(pattern, to: .string),
      Operation(.bool, node.right.range))
    return node.operation == .match ? found : .not(found)
  }

  /// Reports a regular expression that is known now and is none.
  mutating func checkPattern(
    _ pattern: ResolvedExpression, at range: SourceRange
  ) throws(ResolveStop) {
    guard case .string(let text)? = pattern.literalValue else { return }
    do { _ = try RegularExpression.compile(text) } catch {
      throw failure(.patternFailed, error.message, at: range, help: error.hint)
    }
  }

  private mutating func coalesce(
    _ node: Expression.Binary, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    var lenient = context
    lenient.missingKeyIsNull = true
    var left = try scalar(node.left, in: scope, lenient)
    let right = try scalar(node.right, in: scope, context)
    if right.type == .string { left = asStoredText(left) }
    if left.type != right.type, case .literal(.null, _) = left { return right }
    let values = try unify(
      [left, right], [node.left.range, node.right.range], what: "the sides of `??`")
    var operands: [ResolvedExpression] = []
    for value in values {
      if case .coalesce(let inner, let type) = value, type == values[0].type {
        operands += inner
      } else {
        operands.append(value)
      }
    }
    return .coalesce(operands, values[0].type)
  }

  // MARK: Arithmetic

  private mutating func arithmetic(
    _ node: Expression.Binary, _ left: ResolvedExpression, _ right: ResolvedExpression
  ) throws(ResolveStop) -> ResolvedExpression {
    let symbol = ArithmeticOperator(rawValue: node.operation.rawValue) ?? .add
    if case .null = left.type, case .null = right.type { return left }
    guard let (a, b, result) = arithmeticTypes(symbol, left.type, right.type) else {
      throw badArithmetic(symbol, left, right, node)
    }
    return .arithmetic(
      symbol, coerced(left, to: a), coerced(right, to: b), Operation(result, node.range))
  }

  /// The types that the operands are converted to, and the result's.
  private func arithmeticTypes(
    _ symbol: ArithmeticOperator, _ left: DataType, _ right: DataType
  ) -> (DataType, DataType, DataType)? {
    let a = left == .null ? partner(of: right, symbol) : left
    let b = right == .null ? partner(of: left, symbol) : right
    switch (symbol, a, b) {
    case (.divide, _, _) where a.isNumeric && b.isNumeric: return (.float, .float, .float)
    case (_, .int, .int): return (.int, .int, .int)
    case (_, _, _) where a.isNumeric && b.isNumeric: return (.float, .float, .float)
    case (.add, .string, .string): return (.string, .string, .string)
    case (.add, .timestamp, .duration), (.subtract, .timestamp, .duration):
      return (.timestamp, .duration, .timestamp)
    case (.add, .duration, .timestamp): return (.duration, .timestamp, .timestamp)
    case (.subtract, .timestamp, .timestamp): return (.timestamp, .timestamp, .duration)
    case (.add, .duration, .duration), (.subtract, .duration, .duration),
      (.remainder, .duration, .duration):
      return (.duration, .duration, .duration)
    case (.divide, .duration, .duration): return (.duration, .duration, .float)
    case (.floorDivide, .duration, .duration): return (.duration, .duration, .int)
    case (.multiply, .duration, .int): return (.duration, .int, .duration)
    case (.multiply, .int, .duration): return (.int, .duration, .duration)
    case (.multiply, .duration, .float): return (.duration, .float, .duration)
    case (.multiply, .float, .duration): return (.float, .duration, .duration)
    case (.divide, .duration, .int), (.divide, .duration, .float):
      return (.duration, .float, .duration)
    case (.add, .list(let x), .list(let y)):
      return x.unified(with: y).map { (.list($0), .list($0), .list($0)) }
    default: return nil
    }
  }

  private func partner(of type: DataType, _ symbol: ArithmeticOperator) -> DataType {
    type == .timestamp && symbol == .add ? .duration : type
  }

  private mutating func badArithmetic(
    _ symbol: ArithmeticOperator, _ left: ResolvedExpression, _ right: ResolvedExpression,
    _ node: Expression.Binary
  ) -> ResolveStop {
    var help: String?
    if symbol == .add, left.type == .string || right.type == .string {
      help = "`+` joins two texts; `f\"{…}\"` puts any value into one"
    } else if left.type == .string || right.type == .string {
      help = conversionHelp(from: .string, to: .float)
    } else if left.type == .timestamp || right.type == .timestamp {
      help = "a timestamp takes a duration with its unit, such as `7d`"
    } else if left.type == .bool || right.type == .bool {
      help = "`int(…)` makes a bool 0 or 1"
    }
    return failure(
      .badOperand, "`\(symbol.rawValue)` does not take \(left.type) and \(right.type)",
      at: node.range, help: help)
  }
}
