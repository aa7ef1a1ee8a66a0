import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
package import PlumbSyntax

extension Resolver {
  /// Resolves something that must be a value, for each row of the context if it has rows.
  package mutating func scalar(
    _ expression: Expression, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    switch expression {
    case .literal(let literal): return self.literal(literal)
    case .string(let text): return .literal(.string(text.value), .string)
    case .interpolation(let node): return try interpolation(node, in: scope, context)
    case .name(let name): return try scalarName([name], range: name.range, in: scope, context)
    case .variable(let name): return try variable(name, in: scope, context)
    case .member(let member): return try self.member(member, in: scope, context)
    case .index(let node): return try index(node, in: scope, context)
    case .call(let call): return try scalarCall(call, in: scope, context)
    case .unary(let node): return try unary(node, in: scope, context)
    case .binary(let node): return try binary(node, in: scope, context)
    case .comparisonChain(let node): return try chain(node, in: scope, context)
    case .between(let node): return try between(node, in: scope, context)
    case .membership(let node): return try membership(node, in: scope, context)
    case .range(let node): return try rangeList(node, in: scope, context)
    case .list(let node): return try list(node, in: scope, context)
    case .record(let node): return try record(node, in: scope, context)
    case .conditional(let node): return try conditional(node, in: scope, context)
    case .choice(let node): return try choice(node, in: scope, context)
    case .lambda(let node):
      throw failure(
        .typeMismatch, "a value is needed here, and this is a function", at: node.range)
    case .pipeline(let node):
      guard case .table(let plan) = try resolveNestedPipeline(node, in: scope, context) else {
        throw .undetermined
      }
      return try scalarQuery(plan, range: node.range)
    case .parenthesized(let node): return try scalar(node.expression, in: scope, context)
    case .malformed: throw .reported
    }
  }

  /// Resolves a condition.
  mutating func condition(
    _ expression: Expression, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    let resolved = try scalar(expression, in: scope, context)
    if resolved.type == .null { return .literal(.null, .bool) }
    guard resolved.type == .bool else {
      throw failure(
        .notBoolean, "a condition must be a bool, and this is of type \(resolved.type)",
        at: expression.range,
        help: resolved.type == .string || resolved.type.isNumeric
          ? "compare it with something, such as `!= null`" : nil)
    }
    return resolved
  }

  /// A pipeline inside an expression has its own rows: nothing of the outer ones is visible.
  mutating func resolveNestedPipeline(
    _ pipeline: Pipeline, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> Resolved {
    // A lambda's parameter is a value there only where the lambda is called.
    if Expression.pipeline(pipeline).names(anyOf: context.lambdaParameters.keys) {
      throw .needsCall
    }
    let saved = (plan, aggregateCalls, windowCalls, frame)
    defer { (plan, aggregateCalls, windowCalls, frame) = saved }
    return try resolvePipeline(pipeline, in: scope)
  }

  func literal(_ literal: Literal) -> ResolvedExpression {
    switch literal.value {
    case .null: .literal(.null, .null)
    case .bool(let value): .literal(.bool(value), .bool)
    case .int(let value): .literal(.int(Int(value)), .int)
    case .float(let value): .literal(.float(value), .float)
    case .timestamp(let value): .literal(.timestamp(Int(value)), .timestamp)
    case .duration(let value): .literal(.duration(Int(value)), .duration)
    }
  }

  private mutating func variable(
    _ name: Name, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    guard scope.lookup(name.text) != nil else {
      throw failure(
        .unknownName, "unknown variable `\(name.text)`", at: name.range,
        label: suggestion(for: name.text, among: scope.names))
    }
    var context = context
    context.schema = nil
    context.lambdaParameters = [:]
    return try scalarName([name], range: name.range, in: scope, context)
  }

  private mutating func member(
    _ member: Expression.Member, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    if let path = namePath(.member(member)) {
      if case .module? = scope.lookup(path[0].text), context.schema?[path[0].text] == nil {
        switch try resolveMemberOfScope(member, in: scope) {
        case .scalar(let value)?: return value
        case .table(let plan)?: return try scalarQuery(plan, range: member.range)
        case .function?, .module?, nil:
          throw failure(.typeMismatch, "a value is needed here", at: member.range)
        case .undetermined?: throw .undetermined
        }
      }
      return try scalarName(path, range: member.range, in: scope, context)
    }
    if case .variable(let name) = member.base {
      let base = try variable(name, in: scope, context)
      return try fields(of: base, [member.name], whole: name.text)
    }
    let base = try scalar(member.base, in: scope, context)
    return try fields(of: base, [member.name], whole: member.base.range.text)
  }

  /// `list[0]`, `record["name"]`, `metrics["val/acc"]`.
  private mutating func index(
    _ node: Expression.Index, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    if let schema = context.schema, case .name(let name) = node.base,
      let family = schema.family(name.text), schema[name.text] == nil
    {
      return try familyMember(family, schema, node, in: scope, context)
    }
    let base = try scalar(node.base, in: scope, context)
    let index = try scalar(node.index, in: scope, context)
    switch base.type {
    case .list(let element):
      guard index.type == .int || index.type == .null else {
        throw failure(
          .badOperand, "a list is indexed by an int, and this is of type \(index.type)",
          at: node.index.range)
      }
      return .element(base, index, element)
    case .record(let fields):
      guard case .string(let key)? = host.constant(index) else {
        if index.type == .string { throw .undetermined }
        throw failure(
          .badOperand, "a record is indexed by a field's name", at: node.index.range)
      }
      guard fields.contains(where: { $0.name == key }) else {
        throw failure(
          .unknownMember, "the record has no field `\(key)`", at: node.index.range,
          label: suggestion(for: key, among: fields.map(\.name)))
      }
      return try self.fields(
        of: base, [Name(text: key, range: node.index.range)], whole: node.base.range.text)
    case .null: return .literal(.null, .null)
    case .bool, .int, .float, .string, .timestamp, .duration:
      throw failure(
        .badOperand, "a value of type \(base.type) has no elements", at: node.base.range,
        help: base.type == .string ? "`substring(text, start, length)` takes part of a text" : nil)
    }
  }

  private mutating func familyMember(
    _ family: Schema.Family, _ schema: Schema, _ node: Expression.Index, in scope: Scope,
    _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    let key = try scalar(node.index, in: scope, .scalar)
    guard key.type == .string else {
      throw failure(
        .badOperand, "a key of `\(family.name)` is a text, and this is of type \(key.type)",
        at: node.index.range)
    }
    guard case .string(let text)? = host.constant(key) else {
      if knowsValues {
        throw failure(
          .notConstant, "the key must be known before any row is read", at: node.index.range)
      }
      throw .undetermined
    }
    let name = family.name + "." + text
    guard let field = schema[name] else { return .literal(.null, family.missingType) }
    let expression = ResolvedExpression.column(field.name, field.type)
    try checkIsKey(expression, range: node.range, context)
    return expression
  }

  private mutating func interpolation(
    _ node: Interpolation, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    var pieces: [ResolvedExpression.TextPiece] = []
    for part in node.parts {
      switch part {
      case .text(let text): pieces.append(.text(text))
      case .value(let expression, let format):
        let value = try scalar(expression, in: scope, context)
        pieces.append(.value(value, format: format?.value ?? ""))
      }
    }
    return .interpolation(pieces, Operation(.string, node.range))
  }

  private mutating func rangeList(
    _ node: Expression.Range, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    let lower = try scalar(node.lower, in: scope, context)
    let upper = try scalar(node.upper, in: scope, context)
    guard lower.type == .int, upper.type == .int else {
      throw failure(
        .badOperand, "a range counts from an int to an int", at: node.range,
        help: "`in a..b` and `between a and b` also take other types")
    }
    guard case .int(let from)? = host.constant(lower), case .int(let to)? = host.constant(upper)
    else {
      if knowsValues {
        throw failure(.notConstant, "the ends of a range must be known here", at: node.range)
      }
      return Self.placeholder(.list(.int))
    }
    let (span, overflow) = to.subtractingReportingOverflow(from)
    guard from > to || (!overflow && span < Self.rangeLimit) else {
      throw failure(
        .invalidArgument, "the range has more than \(Self.rangeLimit) members", at: node.range)
    }
    let members = from <= to ? (from...to).map(Value.int) : []
    return .literal(.list(members, element: .int), .list(.int))
  }

  /// The members that a range may have as a list.
  private static var rangeLimit: Int { 10_000_000 }

  private mutating func list(
    _ node: Expression.List, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    var elements: [ResolvedExpression] = []
    for element in node.elements { elements.append(try scalar(element, in: scope, context)) }
    var type = DataType.null
    for (element, syntax) in zip(elements, node.elements) {
      guard let unified = type.unified(with: element.type) else {
        throw failure(
          .mixedElements, "the elements of a list have one type: \(type) and \(element.type) meet",
          at: syntax.range)
      }
      type = unified
    }
    let converted = elements.map { coerced($0, to: type) }
    let values = converted.compactMap(\.literalValue)
    if values.count == converted.count {
      return .literal(.list(values, element: type), .list(type))
    }
    return .list(converted, element: type)
  }

  private mutating func record(
    _ node: Expression.Record, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    var members: [OutputColumn] = []
    for field in node.fields {
      if members.contains(where: { $0.name == field.key.text }) {
        throw failure(
          .duplicateName, "the record has two fields called `\(field.key.text)`",
          at: field.key.range)
      }
      members.append(
        OutputColumn(field.key.text, try scalar(field.value, in: scope, context)))
    }
    let values = members.compactMap { member in
      member.expression.literalValue.map { Value.RecordField(member.name, $0) }
    }
    if values.count == members.count {
      let type = ResolvedExpression.record(members).type
      return .literal(.record(values), type)
    }
    return .record(members)
  }

  private mutating func conditional(
    _ node: Expression.Conditional, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    let condition = try self.condition(node.condition, in: scope, context)
    if let value = host.constant(condition) {
      let isTrue = value == .bool(true)
      let taken = isTrue ? node.consequence : node.alternative
      return try agreed(
        try scalar(taken, in: scope, context), in: node, isTrue: isTrue, scope, context)
    }
    let consequence = try scalar(node.consequence, in: scope, context)
    let alternative = try scalar(node.alternative, in: scope, context)
    let values = try unify(
      [consequence, alternative], [node.consequence.range, node.alternative.range],
      what: "the branches of `if`")
    return .conditional(
      [ResolvedExpression.Branch(condition, values[0])], otherwise: values[1], values[1].type)
  }

  /// The value of the branch that a known condition takes, in the type that it shares with the
  /// other.
  ///
  /// The other is looked at only where that is sure to end: a known condition keeps functions that
  /// call themselves from expanding for ever. It may name what is missing, such as a table that
  /// the condition asks for.
  mutating func agreed(
    _ value: ResolvedExpression, in node: Expression.Conditional, isTrue: Bool, _ scope: Scope,
    _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    let left = isTrue ? node.alternative : node.consequence
    if left.reachesOut(of: scope) { return value }
    let saved = (diagnostics, isInferring, plan, aggregateCalls, windowCalls)
    isInferring = true
    let other = try? scalar(left, in: scope, context)
    (diagnostics, isInferring, plan, aggregateCalls, windowCalls) = saved
    guard let other else { return value }
    let branches = try unify(
      isTrue ? [value, other] : [other, value], [node.consequence.range, node.alternative.range],
      what: "the branches of `if`")
    return branches[isTrue ? 0 : 1]
  }

  private mutating func choice(
    _ node: Expression.Choice, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    var conditions: [ResolvedExpression] = []
    var values: [ResolvedExpression] = []
    var ranges: [SourceRange] = []
    for arm in node.arms {
      conditions.append(try condition(arm.condition, in: scope, context))
      values.append(try scalar(arm.value, in: scope, context))
      ranges.append(arm.value.range)
    }
    if let otherwise = node.otherwise {
      values.append(try scalar(otherwise, in: scope, context))
      ranges.append(otherwise.range)
    } else {
      values.append(.literal(.null, .null))
      ranges.append(node.range)
    }
    values = try unify(values, ranges, what: "the values of `case`")
    let otherwise = values.removeLast()
    return .conditional(
      zip(conditions, values).map { ResolvedExpression.Branch($0, $1) }, otherwise: otherwise,
      otherwise.type)
  }

  /// Converts values to the one type that holds them all.
  mutating func unify(
    _ values: [ResolvedExpression], _ ranges: [SourceRange], what: String
  ) throws(ResolveStop) -> [ResolvedExpression] {
    var type = DataType.null
    for (value, range) in zip(values, ranges) {
      guard let unified = type.unified(with: value.type) else {
        throw failure(
          .typeMismatch, "\(what) have one type, and here \(type) meets \(value.type)", at: range,
          help: value.type == .string
            ? "`string(…)` makes a text of the other" : conversionHelp(from: value.type, to: type))
      }
      type = unified
    }
    return values.map { coerced($0, to: type) }
  }

  /// The expression as another type, by the conversions that happen by themselves.
  func coerced(_ expression: ResolvedExpression, to type: DataType) -> ResolvedExpression {
    if expression.type == type { return expression }
    if case .literal(let value, _) = expression { return .literal(value.coerced(to: type), type) }
    if case .column(let name, _) = expression, name == "\u{0}unknown" {
      return Self.placeholder(type)
    }
    if expression.type == .null { return .literal(.null, type) }
    return .convert(expression, type)
  }

  func conversionHelp(from: DataType, to: DataType) -> String? {
    switch to {
    case .string: "convert it: `string(…)`"
    case .int, .float, .timestamp, .duration, .bool:
      "convert it: `\(to)(…)`, or `try_\(to)(…)` for null where it does not fit"
    case .null, .list, .record: nil
    }
  }
}

extension Expression {
  /// Whether resolving the expression may run into a function of the program, a query or a file.
  fileprivate func reachesOut(of scope: Scope) -> Bool {
    switch self {
    case .pipeline: return true
    case .name(let name), .variable(let name):
      switch scope.lookup(name.text) {
      case .function?, .module?, .table?, .undetermined?: return true
      case .value?, .unknownValue?, .expression?: return false
      case nil: return name.text == "read" || name.text == "profile"
      }
    default:
      var found = false
      forEachChild { found = found || $0.reachesOut(of: scope) }
      return found
    }
  }
}
