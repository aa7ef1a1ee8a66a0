import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbSyntax

extension Resolver {
  /// A call that gives a value: of the program's functions, aggregates, window functions or the
  /// catalogue.
  mutating func scalarCall(
    _ call: Expression.Call, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    if let function = try userFunction(call.callee, in: scope) {
      return try userCall(function, call, in: scope, context)
    }
    guard case .name(let callee) = call.callee else {
      throw failure(
        .unknownFunction, "`\(call.callee.range.text)` is no function", at: call.callee.range,
        label: unknownFunctionHint(call.callee, in: scope, context))
    }
    let name = callee.text
    if name == "column" { return try computedColumn(call, in: scope, context) }
    if name == "has_table" { return try hasTable(call, in: scope) }
    if name == "columns" {
      throw failure(
        .misplacedSpread, "`columns` stands only where several columns may", at: call.range,
        help: "as in `select columns(names)` and `by columns(names)`; `column(name)` is one")
    }
    if let table = try resolveTableCall(call, in: scope) {
      if case .table(let plan) = table { return try scalarQuery(plan, range: call.range) }
    }
    if context.place == .window, let function = functions.windows[name] {
      return try windowCall(function, call, in: scope, context)
    }
    if context.place != .row, let function = functions.aggregates[name] {
      return try aggregateCall(function, call, in: scope, context)
    }
    if let function = functions.scalars[name] {
      return try catalogueCall(function, call, in: scope, context)
    }
    throw unknownFunction(callee, scope, context)
  }

  /// `has_table(NAME)`: whether an open source has a table, known before anything is read.
  private mutating func hasTable(
    _ call: Expression.Call, in scope: Scope
  ) throws(ResolveStop) -> ResolvedExpression {
    guard call.arguments.count == 1, call.arguments[0].name == nil else {
      throw failure(
        .missingArgument, "`has_table` takes the name of a table", at: call.range,
        help: "usage: `has_table(\"monitors\")`")
    }
    let syntax = call.arguments[0].value
    guard case .string(let name) = try constant(syntax, in: scope) else {
      throw failure(.badArgument, "the name of a table is a text", at: syntax.range)
    }
    return .literal(.bool(host.table(named: name) != nil), .bool)
  }

  /// What to write for `base.name(…)` that calls nothing: a stage, a function, or an import.
  private func unknownFunctionHint(
    _ callee: Expression, in scope: Scope, _ context: RowContext
  ) -> String? {
    guard case .member(let member) = callee else { return nil }
    let base = member.base.range.text
    let name = member.name.text
    let stage = StageKeyword(rawValue: name)?.rawValue ?? ForeignWords.stage(name)
    if stage == nil, let path = namePath(callee), let hint = importHint(path, in: scope, context) {
      return hint
    }
    if isTable(member.base, in: scope) {
      return "a stage follows a `|`: `\(base) | \(stage ?? "…")`"
    }
    if functions.scalars[name] != nil { return "write `\(name)(\(base), …)`" }
    if let foreign = ForeignWords.function(name) {
      return "write `\(foreign)`, with `\(base)` in the parentheses"
    }
    guard let root = namePath(callee)?.first, context.schema?[root.text] == nil,
      scope.lookup(root.text) == nil
    else { return nil }
    return "a module is imported first: `import NAME`"
  }

  /// How the module is imported that an unknown `module.name` probably means; nil where nothing
  /// says that a module is meant.
  func importHint(_ path: [Name], in scope: Scope, _ context: RowContext) -> String? {
    let root = path[0].text
    guard path.count > 1, context.schema?[root] == nil, scope.lookup(root) == nil,
      host.moduleNames.contains(root)
    else { return nil }
    return "a module is imported first: `import \(root)`"
  }

  /// Whether an expression is the name of a table or a pipeline.
  private func isTable(_ expression: Expression, in scope: Scope) -> Bool {
    switch expression.withoutParentheses {
    case .pipeline: return true
    case .name(let name):
      guard let binding = binding(named: name.text, in: scope) else {
        return host.table(named: name.text) != nil
      }
      if case .table = binding { return true }
      return false
    default: return false
    }
  }

  private mutating func unknownFunction(
    _ callee: Name, _ scope: Scope, _ context: RowContext
  ) -> ResolveStop {
    let name = callee.text
    let needsRows = functions.aggregates[name] != nil || functions.windows[name] != nil
    if needsRows, isDefining, context.schema == nil { return .undetermined }
    if context.isInsideAggregate, needsRows {
      return failure(
        .misplacedAggregate, "`\(name)` stands inside of another aggregate", at: callee.range,
        help: "compute it in a stage before: `| window x = \(name)(…)`, or `| summarize …`")
    }
    if functions.aggregates[name] != nil {
      return failure(
        .misplacedAggregate, "`\(name)` is an aggregate: it needs a group of rows",
        at: callee.range,
        help: "use it in `summarize`, or in `window` for a value beside each row")
    }
    if functions.windows[name] != nil {
      return failure(
        .misplacedAggregate, "`\(name)` is a window function: it needs ordered rows",
        at: callee.range, help: "use it in `window`: `| window x = \(name)(…) by … sort …`")
    }
    var names = Array(functions.scalars.keys).sorted() + scope.names
    if context.place != .row { names += functions.aggregates.keys.sorted() }
    if context.place == .window { names += functions.windows.keys.sorted() }
    let all = names + functions.aggregates.keys.sorted() + functions.windows.keys.sorted()
    if let own = ForeignWords.function(name), nearestName(to: name, in: scope.names) == nil {
      return failure(
        .unknownFunction, "unknown function `\(name)`", at: callee.range, help: "write `\(own)`")
    }
    return failure(
      .unknownFunction, "unknown function `\(name)`", at: callee.range,
      label: suggestion(for: name, among: all), help: ForeignWords.value(name))
  }

  private mutating func catalogueCall(
    _ function: ScalarFunction, _ call: Expression.Call, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    let (index, matched) = try match(
      call, name: function.name, overloads: function.overloads.map(\.parameters), in: scope,
      context)
    let overload = function.overloads[index]
    for (parameter, argument) in zip(overload.parameters, matched.values)
    where parameter.name == "pattern" && function.topic == "regular expressions" {
      try checkPattern(argument, at: call.range)
    }
    return .call(
      ScalarCall(
        function: function, overload: overload, arguments: matched.values,
        lambdas: matched.lambdas, type: overload.result.type(for: matched.types),
        range: call.range))
  }

  private mutating func aggregateCall(
    _ function: AggregateFunction, _ call: Expression.Call, in scope: Scope,
    _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    var call = call
    var condition: ResolvedExpression?
    if let index = call.arguments.firstIndex(where: { $0.name?.text == "where" }) {
      condition = try self.condition(call.arguments[index].value, in: scope, context.inner)
      call.arguments.remove(at: index)
    }
    let (index, matched) = try match(
      call, name: function.name, overloads: function.overloads.map(\.parameters), in: scope,
      context.inner)
    try checkIsOfRows(matched.values + (condition.map { [$0] } ?? []), call)
    let overload = function.overloads[index]
    let isWindow = context.place == .window
    let name = "\u{0}call\(isWindow ? windowCalls.count : aggregateCalls.count)"
    var aggregate = AggregateCall(
      name: name, function: function, overload: overload, arguments: matched.values,
      condition: nil, type: overload.result.type(for: matched.types), range: call.range)
    if let condition { aggregate = aggregate.counting(where: condition) }
    if isWindow {
      windowCalls.append(WindowFunctionCall(name: name, kind: .aggregate(aggregate, frame: frame)))
    } else {
      aggregateCalls.append(aggregate)
    }
    return .column(name, aggregate.type)
  }

  private mutating func windowCall(
    _ function: WindowFunction, _ call: Expression.Call, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    let (index, matched) = try match(
      call, name: function.name, overloads: function.overloads.map(\.parameters), in: scope,
      context.inner)
    try checkIsOfRows(matched.values, call)
    let overload = function.overloads[index]
    let type = overload.result.type(for: matched.types)
    let name = "\u{0}call\(windowCalls.count)"
    windowCalls.append(
      WindowFunctionCall(
        name: name,
        kind: .function(
          function, overload, arguments: matched.values, type: type, range: call.range)))
    return .column(name, type)
  }

  /// Reports an aggregate of what an aggregate or window function gives, which may have come in
  /// as an argument.
  private mutating func checkIsOfRows(
    _ arguments: [ResolvedExpression], _ call: Expression.Call
  ) throws(ResolveStop) {
    guard arguments.contains(where: \.readsCalls) else { return }
    let name = call.callee.range.text
    throw failure(
      .misplacedAggregate, "`\(name)` takes rows, and this is the result of another aggregate",
      at: call.range,
      help: "compute that in a stage before: `| window x = …`, or `| summarize …`")
  }
}

extension ResolvedExpression {
  /// Whether the expression reads the result of an aggregate or window function of its stage.
  var readsCalls: Bool { columnNames.contains { $0.hasPrefix("\u{0}call") } }
}
