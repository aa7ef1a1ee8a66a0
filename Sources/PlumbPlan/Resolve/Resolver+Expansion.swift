import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbSyntax

/// Functions of the program put in place of their calls.
extension Resolver {
  /// Puts the arguments into the function's body and resolves that.
  mutating func expand(
    _ function: UserFunction, _ arguments: [Binding], range: SourceRange, _ context: RowContext
  ) throws(ResolveStop) -> Resolved {
    guard expansionDepth < Self.expansionLimit else {
      if !knowsValues { throw .undetermined }
      throw failure(
        .recursionTooDeep, "`\(function.name)` calls itself too deeply", at: range,
        help: "a function that calls itself works on known values, not on columns")
    }
    expansionDepth += 1
    expanding.append(function)
    defer {
      expansionDepth -= 1
      expanding.removeLast()
    }
    let scope = Scope(parent: function.scope)
    for (parameter, argument) in zip(function.parameters, arguments) {
      scope.bind(parameter.name.text, argument)
    }
    var context = context
    context.schema = nil
    context.lambdaParameters = [:]
    switch function.body {
    case .value(let body):
      let takesTable = arguments.contains { if case .table = $0 { true } else { false } }
      if isTableSyntax(body) || context.place == .row && (takesTable || !hasRows(arguments)) {
        return try resolve(body, in: scope)
      }
      return .scalar(try scalar(body, in: scope, context))
    case .block(let block):
      return try expandBlock(block.statements[...], in: scope, context)
    }
  }

  func hasRows(_ arguments: [Binding]) -> Bool {
    arguments.contains { if case .expression = $0 { true } else { false } }
  }

  private func isTableSyntax(_ body: Expression) -> Bool {
    if case .pipeline = body.withoutParentheses { return true }
    return false
  }

  /// A block of `let`, `if` and `return` as one expression or plan.
  private mutating func expandBlock(
    _ statements: ArraySlice<Statement>, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> Resolved {
    guard let statement = statements.first else { return .scalar(.literal(.null, .null)) }
    let rest = statements.dropFirst()
    switch statement {
    case .constant(let binding):
      if case .lambda = binding.value.withoutParentheses {
        if case .function(let function) = try resolve(binding.value, in: scope) {
          scope.bind(binding.name.text, .function(function))
        }
      } else if isTableSyntax(binding.value) {
        guard case .table(let plan) = try resolve(binding.value, in: scope) else {
          throw .undetermined
        }
        scope.bind(binding.name.text, .table(try held(plan, range: binding.value.range)))
      } else {
        switch try resolveValue(binding.value, in: scope, context) {
        case .scalar(let value): scope.bind(binding.name.text, self.binding(of: value))
        case .table(let plan):
          scope.bind(
            binding.name.text, .table(try held(plan, range: binding.value.range)))
        case .function(let function): scope.bind(binding.name.text, .function(function))
        case .module, .undetermined: throw .undetermined
        }
      }
      return try expandBlock(rest, in: scope, context)
    case .returnValue(let node):
      guard let value = node.value else { return .scalar(.literal(.null, .null)) }
      return try resolveValue(value, in: scope, context)
    case .conditional(let node):
      return try expandIf(node, rest, in: scope, context)
    case .function(let node):
      scope.bind(node.name.text, .function(UserFunction(node, in: scope)))
      return try expandBlock(rest, in: scope, context)
    case .expect(let node):
      try checkExpectation(node, in: scope, context)
      return try expandBlock(rest, in: scope, context)
    case .variable, .assignment, .parameter, .forLoop, .whileLoop, .breakLoop, .continueLoop,
      .importModule, .open, .load, .saveStore, .check, .snapshot, .explain, .profile, .expression:
      throw .needsCall
    case .malformed: throw .reported
    }
  }

  /// What `let` binds: the rows, evaluated once, when the program runs.
  mutating func held(
    _ plan: LogicalPlan, range: SourceRange
  ) throws(ResolveStop) -> LogicalPlan {
    guard host.isRunning else { return plan }
    let table = try host.materialize(
      visibleWithStoredTexts(plan), range: range, diagnostics: &diagnostics)
    return .scan(memoryScan(table, name: "let", origins: plan.origins))
  }

  /// An `expect` on the way to an expression: the condition must be known. Whether it holds
  /// matters when the program runs.
  private mutating func checkExpectation(
    _ node: ExpectStatement, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) {
    let condition = try self.condition(node.condition, in: scope, context)
    let message = try node.message.map { (syntax) throws(ResolveStop) in
      try scalar(syntax, in: scope, context)
    }
    guard let value = host.constant(condition) else {
      if !host.isRunning { return }
      throw .needsCall
    }
    if case .bool(true) = value { return }
    // The run will stop here, if it gets here.
    if !host.isRunning { throw .undetermined }
    throw failure(
      .expectationFailed,
      message.flatMap { host.constant($0) }.map(plainText)
        ?? "the expectation `\(node.condition.range.text)` is not true",
      at: node.condition.range)
  }

  /// What a `let` or `return` inside a function gives.
  private mutating func resolveValue(
    _ value: Expression, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> Resolved {
    switch value.withoutParentheses {
    case .pipeline, .lambda: return try resolve(value, in: scope)
    case .name(let name):
      let binding = binding(named: name.text, in: scope)
      if case .table(let plan)? = binding { return .table(plan) }
      if binding == nil, let provider = host.table(named: name.text) {
        return .table(scan(provider))
      }
    case .call(let call):
      if let function = try userFunction(call.callee, in: scope) {
        return try self.call(function, call, first: nil, in: scope, context)
      }
      if let found = try resolveTableCall(call, in: scope) { return found }
    default: break
    }
    return .scalar(try scalar(value, in: scope, context))
  }

  /// Both branches with what follows them; one of them where the condition is known.
  private mutating func expandIf(
    _ node: IfStatement, _ rest: ArraySlice<Statement>, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> Resolved {
    var branches: [(ResolvedExpression, ResolvedExpression)] = []
    for branch in node.branches {
      let condition = try self.condition(branch.condition, in: scope, context)
      let body = branch.body.statements + rest
      if let value = host.constant(condition) {
        guard case .bool(true) = value else { continue }
        let taken = try expandBlock(body[...], in: Scope(parent: scope), context)
        return try joined(branches, taken, range: node.range)
      }
      let value = try expandBlock(body[...], in: Scope(parent: scope), context)
      guard case .scalar(let expression) = value else { throw .needsCall }
      branches.append((condition, expression))
    }
    let otherwise = (node.otherwise?.statements ?? []) + rest
    let last = try expandBlock(otherwise[...], in: Scope(parent: scope), context)
    return try joined(branches, last, range: node.range)
  }

  /// A choice among the values of branches.
  private mutating func joined(
    _ branches: [(ResolvedExpression, ResolvedExpression)], _ last: Resolved, range: SourceRange
  ) throws(ResolveStop) -> Resolved {
    if branches.isEmpty { return last }
    guard case .scalar(let otherwise) = last else { throw .needsCall }
    let values = try unify(
      branches.map(\.1) + [otherwise], Array(repeating: range, count: branches.count + 1),
      what: "the values that a function returns")
    let type = values[0].type
    return .scalar(
      .conditional(
        zip(branches, values).map { ResolvedExpression.Branch($0.0, $1) },
        otherwise: values[values.count - 1], type))
  }
}
