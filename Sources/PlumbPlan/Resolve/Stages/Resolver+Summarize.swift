import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbSyntax

extension Resolver {
  mutating func resolveSummarize(
    _ node: SummarizeStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    let keys = try self.keys(node.keys, in: scope)
    var context = rows
    context.place = .group
    context.keyNames = Set(
      keys.flatMap { [$0.name] + ($0.expression.columnName.map { [$0] } ?? []) })
    let aliases = keys.filter { input.schema[$0.name] == nil }.map(\.field)
    if !aliases.isEmpty {
      context.schema = Schema(input.schema.fields + aliases, families: input.schema.families)
    }
    var items: [OutputColumn] = []
    var failed = false
    for item in node.aggregates {
      do throws(ResolveStop) {
        let before = aggregateCalls.count
        let expression = try scalar(item.value, in: scope, context)
        if aggregateCalls.count == before, expression.literalValue == nil,
          expression.columnNames.contains(where: { !$0.hasPrefix("\u{0}") }), item.name == nil
        {
          throw failure(
            .misplacedAggregate, "this is no aggregate", at: item.range,
            help: "keys go after `by`; a value of the group is `first(…)`, `max(…)`, …")
        }
        let name = try aggregateName(item)
        let column = OutputColumn(name, expression)
        try checkNew(name, among: keys + items, range: item.range)
        items.append(column)
      } catch {
        guard case .reported = error else { throw error }
        failed = true
      }
    }
    if failed { throw .reported }
    return aggregate(keys: keys, items: items)
  }

  /// The aggregate, and a projection above it where items are more than plain calls.
  private func aggregate(keys: [OutputColumn], items: [OutputColumn]) -> LogicalPlan {
    var calls = aggregateCalls
    let names = items.compactMap { $0.expression.columnName }
    let isPlain =
      names.count == items.count && Set(names).count == names.count
      && names.allSatisfy { $0.hasPrefix("\u{0}call") } && calls.count == items.count
    if isPlain {
      calls = items.compactMap { item in
        calls.first { $0.name == item.expression.columnName }?.renamed(item.name)
      }
      return .aggregate(LogicalPlan.Aggregate(input: input, keys: keys, calls: calls))
    }
    let plan = LogicalPlan.aggregate(
      LogicalPlan.Aggregate(input: input, keys: keys, calls: calls))
    var aliases: [String: OutputColumn] = [:]
    for key in keys {
      if let source = key.expression.columnName, source != key.name { aliases[source] = key }
    }
    let computed = items.map { item in
      OutputColumn(
        item.name,
        item.expression.substituting { name in
          aliases[name].map { .column($0.name, $0.expression.type) }
        })
    }
    return .project(
      LogicalPlan.Project(input: plan, items: keys.map { passed($0.field) } + computed))
  }

  /// The keys of `by` and `per`, each with its name.
  mutating func keys(
    _ syntax: [NamedExpression], in scope: Scope
  ) throws(ResolveStop) -> [OutputColumn] {
    var keys: [OutputColumn] = []
    var failed = false
    for item in syntax {
      do throws(ResolveStop) {
        if item.name == nil, let fields = try computedColumns(item.value, in: scope) {
          for field in fields {
            try checkNew(field.name, among: keys, range: item.range)
            keys.append(passed(field))
          }
          continue
        }
        let key = try outputColumn(item, in: scope)
        try checkNew(key.name, among: keys, range: item.range)
        keys.append(key)
      } catch {
        guard case .reported = error else { throw error }
        failed = true
      }
    }
    if failed { throw .reported }
    return keys
  }

  /// The name of an aggregate's column: as given, or FUNCTION_NAME.
  mutating func aggregateName(_ item: NamedExpression) throws(ResolveStop) -> String {
    if let name = item.name { return name.text }
    guard case .call(let call) = item.value.withoutParentheses,
      let callee = namePath(call.callee)?.last
    else {
      throw failure(
        .unnamedOutput, "a computed column needs a name", at: item.range,
        help: "write `NAME = \(item.value.range.text)`")
    }
    if let argument = call.arguments.first(where: { $0.name == nil }),
      let last = namePath(argument.value)?.last
    {
      return callee.text + "_" + last.text
    }
    return callee.text
  }

  mutating func resolveCount(_ range: SourceRange) throws(ResolveStop) -> LogicalPlan {
    guard let function = functions.aggregates["count"],
      let overload = function.overloads.first(where: { $0.parameters.isEmpty })
    else { throw failure(.unknownFunction, "`count` is not defined", at: range) }
    let call = AggregateCall(
      name: "count", function: function, overload: overload, arguments: [], condition: nil,
      type: .int, range: range)
    return .aggregate(LogicalPlan.Aggregate(input: input, keys: [], calls: [call]))
  }

  mutating func resolvePivot(
    _ node: PivotStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    var column = try scalar(node.column.value, in: scope, rows)
    let keys = try self.keys(node.per, in: scope)
    var context = rows
    context.place = .group
    let expression = try scalar(node.aggregate.value, in: scope, context)
    guard aggregateCalls.count == 1, expression.columnName == aggregateCalls[0].name else {
      throw failure(
        .misplacedAggregate, "`pivot` takes one aggregate", at: node.aggregate.range,
        help: "such as `pivot mean(value) by key per run_id`")
    }
    var call = aggregateCalls[0]
    let values: [Value]
    if let syntax = node.values {
      (column, values) = try pivotValues(column, node.column.range, among: syntax, in: scope)
      call = call.counting(where: Self.isOne(column, of: values))
    } else {
      guard knowsValues else { throw .undetermined }
      values = try pivotValues(column, range: node.column.range)
    }
    var named: [(value: Value, name: String)] = []
    for value in values {
      let name = value.pivotName
      if named.contains(where: { $0.name == name }) || keys.contains(where: { $0.name == name }) {
        throw failure(
          .duplicateName, "two columns would be called `\(name)`", at: node.column.range)
      }
      named.append((value, name))
    }
    return .pivot(
      LogicalPlan.Pivot(
        input: input, call: call, column: column, values: named, keys: keys))
  }

  /// The values of `in […]`, and the column in the type that holds both.
  private mutating func pivotValues(
    _ column: ResolvedExpression, _ range: SourceRange, among syntax: Expression, in scope: Scope
  ) throws(ResolveStop) -> (ResolvedExpression, [Value]) {
    guard case .list(let element) = try scalar(syntax, in: scope, .scalar).type else {
      throw failure(
        .typeMismatch, "the values that become columns are a list", at: syntax.range)
    }
    let column = element == .string ? asStoredText(column) : column
    guard let type = column.type.unified(with: element) else {
      throw incomparable(column, .literal(.null, element), "in", range, syntax.range)
    }
    guard case .list(let list, _) = try constant(syntax, in: scope) else { throw .undetermined }
    return (coerced(column, to: type), list.map { $0.coerced(to: type) })
  }

  /// Whether a row's value is one of those that become columns. NaN is a group among them, though
  /// `in` does not find it: it is what does not equal itself.
  private static func isOne(
    _ column: ResolvedExpression, of values: [Value]
  ) -> ResolvedExpression {
    let isMember = ResolvedExpression.isInSet(column, ValueSet(values))
    guard values.contains(where: \.holdsNaN) else { return isMember }
    return .or([isMember, .compare(.notEqual, column, column)])
  }

  /// The columns that a pivot may make when they are not named.
  private static var pivotLimit: Int { 10_000 }

  private mutating func pivotValues(
    _ column: ResolvedExpression, range: SourceRange
  ) throws(ResolveStop) -> [Value] {
    let field = Schema.Field("value", column.type)
    let reference = ResolvedExpression.column("value", column.type)
    let projected = LogicalPlan.project(
      LogicalPlan.Project(input: input, items: [OutputColumn(field, column)]))
    let distinct = LogicalPlan.distinct(LogicalPlan.Distinct(input: projected, keys: [reference]))
    let sorted = LogicalPlan.sort(
      LogicalPlan.Sort(input: distinct, keys: [OrderKey(reference, isDescending: false)]))
    let table = try host.materialize(sorted, range: range, diagnostics: &diagnostics)
    guard table.rowCount <= Self.pivotLimit else {
      throw failure(
        .invalidArgument,
        "the pivot would have \(table.rowCount) columns, more than \(Self.pivotLimit)",
        at: range, help: "name the values that matter: `in [\"a\", \"b\"]`")
    }
    return table.columns[0].values
  }
}

extension AggregateCall {
  /// The same call under another name.
  package func renamed(_ name: String) -> AggregateCall {
    AggregateCall(
      name: name, function: function, overload: overload, arguments: arguments,
      condition: condition, type: type, range: range)
  }
}

extension Value {
  /// The name of a pivot's column for this value.
  var pivotName: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .float(let value): "\(value)"
    case .string(let text): text
    case .timestamp, .duration, .list, .record: plainText(self)
    }
  }
}
