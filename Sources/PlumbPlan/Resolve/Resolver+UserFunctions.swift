import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbSyntax

/// Calls of functions of the program.
extension Resolver {
  /// The function of the program that a callee names, if it does.
  mutating func userFunction(
    _ callee: Expression, in scope: Scope
  ) throws(ResolveStop) -> UserFunction? {
    switch callee.withoutParentheses {
    case .name(let name), .variable(let name):
      switch scope.lookup(name.text) {
      case .function(let function)?: return function
      case .undetermined?: throw .undetermined
      default: return nil
      }
    case .member(let member):
      guard case .function(let function)? = try resolveMemberOfScope(member, in: scope) else {
        return nil
      }
      return function
    case .lambda(let lambda):
      return UserFunction(lambda, in: scope)
    default: return nil
    }
  }

  /// A call of a function of the program where a value is needed.
  mutating func userCall(
    _ function: UserFunction, _ call: Expression.Call, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    try value(
      of: try self.call(function, call, first: nil, in: scope, context), range: call.range)
  }

  /// A function of the program that is handed to another function, called on the parameters of
  /// the lambda that it stands for.
  mutating func call(
    _ function: UserFunction, on fields: [Schema.Field], range: SourceRange, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    guard fields.count <= function.parameters.count else {
      throw failure(
        .badArgument, "a function of \(counted(fields.count, "parameter")) is needed here",
        at: range, help: usage(of: function))
    }
    let result = try placing(function, calledAt: range) { (resolver) throws(ResolveStop) in
      var slots: [Binding?] = fields.map { resolver.binding(of: .column($0.name, $0.type)) }
      slots += Array(repeating: nil, count: function.parameters.count - fields.count)
      let arguments = try resolver.completed(
        slots, ranges: slots.map { _ in range }, of: function, range: range)
      return try resolver.apply(function, arguments, range: range, context)
    }
    return try value(of: result, range: range)
  }

  private mutating func value(
    of result: Resolved, range: SourceRange
  ) throws(ResolveStop) -> ResolvedExpression {
    switch result {
    case .scalar(let expression): return expression
    case .table(let plan): return try scalarQuery(plan, range: range)
    case .function, .module:
      throw failure(.typeMismatch, "a value is needed here", at: range)
    case .undetermined: throw .undetermined
    }
  }

  /// A call of a function of the program, with the table of the pipeline if it is a stage.
  mutating func call(
    _ function: UserFunction, _ call: Expression.Call, first: Binding?, in scope: Scope,
    _ context: RowContext
  ) throws(ResolveStop) -> Resolved {
    try placing(function, calledAt: call.range) { (resolver) throws(ResolveStop) in
      let arguments = try resolver.arguments(of: function, call, first: first, in: scope, context)
      return try resolver.apply(function, arguments, range: call.range, context)
    }
  }

  /// Resolves a call; a mistake found inside the function also says where the call stands.
  private mutating func placing(
    _ function: UserFunction, calledAt range: SourceRange,
    _ body: (inout Resolver) throws(ResolveStop) -> Resolved
  ) throws(ResolveStop) -> Resolved {
    let before = diagnostics
    diagnostics = Diagnostics()
    defer {
      let found = diagnostics
      diagnostics = before
      for diagnostic in found.all {
        diagnostics.report(diagnostic.placed(in: function, calledAt: range))
      }
    }
    return try body(&self)
  }

  /// The result of a call: expanded into an expression or plan where that can be, else called.
  mutating func apply(
    _ function: UserFunction, _ arguments: [Binding], range: SourceRange, _ context: RowContext
  ) throws(ResolveStop) -> Resolved {
    let isKnown = arguments.allSatisfy(\.isKnown)
    let isRecursive = expanding.contains { $0 === function }
    if isCalled(function, with: arguments) || (knowsValues && isKnown && isRecursive) {
      return try resolved(
        try host.call(function, arguments, range: range, diagnostics: &diagnostics))
    }
    // A function that calls itself has no end as an expression.
    if !isKnown, isRecursive { throw .needsCall }
    do throws(ResolveStop) {
      return try expand(function, arguments, range: range, context)
    } catch {
      guard case .needsCall = error else { throw error }
    }
    if host.isRunning, isKnown {
      return try resolved(
        try host.call(function, arguments, range: range, diagnostics: &diagnostics))
    }
    return try calledRowByRow(function, arguments, range: range)
  }

  /// Whether the statements of a function are run, rather than put in place of the call.
  ///
  /// A function that only names and checks values on its way to a table is put in place, so that
  /// what follows the call can still choose the columns and rows that are read.
  private func isCalled(_ function: UserFunction, with arguments: [Binding]) -> Bool {
    guard case .block(let block) = function.body, host.isRunning,
      arguments.allSatisfy(\.isKnown)
    else { return false }
    let takesTable = arguments.contains { if case .table = $0 { true } else { false } }
    return !takesTable || !block.statements.allSatisfy(\.isPartOfExpression)
  }

  private mutating func calledRowByRow(
    _ function: UserFunction, _ arguments: [Binding], range: SourceRange
  ) throws(ResolveStop) -> Resolved {
    var expressions: [ResolvedExpression] = []
    // Only the function around it can be called: there the rows have values.
    if function.scope.holdsRows { throw .needsCall }
    let (scope, parameters) = (Scope(parent: function.scope), function.parameters)
    var open: [FunctionParameter] = []
    for (parameter, argument) in zip(parameters, arguments) {
      switch argument {
      case .value(let value, let type): expressions.append(.literal(value, type))
      case .expression(let expression, let level):
        guard level == rowLevel else { throw .needsCall }
        expressions.append(expression)
      case .unknownValue(let type): expressions.append(Self.placeholder(type))
      // The same for all rows: it is bound once, and a table's rows are computed once.
      case .table(let plan):
        guard hasRows(arguments) else { throw .undetermined }
        let rows = knowsValues ? try held(plan, range: range) : plan
        scope.bind(parameter.name.text, .table(rows))
        continue
      case .function, .module:
        guard hasRows(arguments) else { throw .undetermined }
        scope.bind(parameter.name.text, argument)
        continue
      case .undetermined: throw .undetermined
      }
      open.append(parameter)
    }
    let function =
      open.count == parameters.count
      ? function
      : UserFunction(
        name: function.name, parameters: open, body: function.body, scope: scope)
    let types = expressions.map(\.type)
    // Without rows of a caller, a function that gives a table may be called for that.
    let hasRows = hasRows(arguments)
    guard let result = try returnType(of: function, types: types, ofOneValue: hasRows)
    else { throw .undetermined }
    guard knowsValues else { return .scalar(Self.placeholder(result)) }
    let rowFunction = host.rowFunction(function, types: types, result: result, range: range)
    return .scalar(.rowFunction(rowFunction, expressions, result, Operation(result, range)))
  }
}
