package import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
package import PlumbSyntax

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
      return UserFunction(
        name: "fn", parameters: lambda.parameters, body: .value(lambda.body), scope: scope)
    default: return nil
    }
  }

  /// A call of a function of the program where a value is needed.
  mutating func userCall(
    _ function: UserFunction, _ call: Expression.Call, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    switch try self.call(function, call, first: nil, in: scope, context) {
    case .scalar(let expression): return expression
    case .table(let plan): return try scalarQuery(plan, range: call.range)
    case .function, .module:
      throw failure(.typeMismatch, "a value is needed here", at: call.range)
    case .undetermined: throw .undetermined
    }
  }

  /// A call of a function of the program, with the table of the pipeline if it is a stage.
  ///
  /// A mistake found inside the function also says where the call stands.
  mutating func call(
    _ function: UserFunction, _ call: Expression.Call, first: Binding?, in scope: Scope,
    _ context: RowContext
  ) throws(ResolveStop) -> Resolved {
    let before = diagnostics
    diagnostics = Diagnostics()
    defer {
      let found = diagnostics
      diagnostics = before
      for diagnostic in found.all {
        diagnostics.report(diagnostic.placed(in: function, calledAt: call.range))
      }
    }
    let arguments = try arguments(of: function, call, first: first, in: scope, context)
    return try apply(function, arguments, range: call.range, context)
  }

  /// The arguments of a call at the function's parameters, defaults filled in.
  private mutating func arguments(
    of function: UserFunction, _ call: Expression.Call, first: Binding?, in scope: Scope,
    _ context: RowContext
  ) throws(ResolveStop) -> [Binding] {
    var slots: [Binding?] = Array(repeating: nil, count: function.parameters.count)
    var ranges: [SourceRange] = Array(repeating: call.range, count: slots.count)
    var next = 0
    let usage = usage(of: function)
    if let first {
      guard !slots.isEmpty else {
        throw failure(
          .tooManyArguments, "`\(function.name)` takes no table", at: call.range, help: usage)
      }
      slots[0] = first
      next = 1
    }
    for argument in call.arguments {
      let binding = try argumentBinding(argument.value, in: scope, context)
      if next == 0, argument.name == nil, function.mayLeaveOutTable {
        switch binding {
        case .table: break
        case .undetermined: throw .undetermined
        case .value, .unknownValue, .expression, .function, .module: next = 1
        }
      }
      var index = next
      if let name = argument.name {
        guard let found = function.parameters.firstIndex(where: { $0.name.text == name.text })
        else {
          throw failure(
            .unknownArgument, "`\(function.name)` has no argument `\(name.text)`", at: name.range,
            label: suggestion(for: name.text, among: function.parameters.map(\.name.text)),
            help: usage)
        }
        index = found
      } else {
        next += 1
      }
      guard index < slots.count else {
        throw failure(
          .tooManyArguments,
          "`\(function.name)` takes \(atMost(function.parameters.count))", at: argument.range,
          help: usage)
      }
      if slots[index] != nil {
        throw failure(
          .duplicateName, "`\(function.parameters[index].name.text)` is given twice",
          at: argument.range, help: usage)
      }
      slots[index] = binding
      ranges[index] = argument.range
    }
    for (index, parameter) in function.parameters.enumerated() where slots[index] == nil {
      guard let value = parameter.defaultValue else {
        throw failure(
          .missingArgument, "`\(function.name)` needs `\(parameter.name.text)`", at: call.range,
          help: usage)
      }
      slots[index] = try argumentBinding(value, in: function.scope, .scalar)
    }
    var bindings: [Binding] = []
    for (index, slot) in slots.enumerated() {
      guard let slot else { continue }
      bindings.append(
        try checked(slot, function.parameters[index], of: function, range: ranges[index]))
    }
    return bindings
  }

  /// The end of a sentence that says how many arguments a function takes.
  func atMost(_ count: Int) -> String {
    count == 0 ? "no arguments" : "at most \(count) argument\(count == 1 ? "" : "s")"
  }

  private mutating func argumentBinding(
    _ syntax: Expression, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> Binding {
    if context.schema == nil, context.lambdaParameters.isEmpty {
      do throws(ResolveStop) {
        switch try resolve(syntax, in: scope) {
        case .scalar(let expression): return binding(of: expression)
        case .table(let plan): return .table(plan)
        case .function(let function): return .function(function)
        case .module(let module): return .module(module)
        case .undetermined: return .undetermined
        }
      } catch {
        if case .undetermined = error { return .undetermined }
        throw error
      }
    }
    if case .lambda = syntax.withoutParentheses,
      case .function(let function) = try resolve(syntax, in: scope)
    {
      return .function(function)
    }
    if case .name(let name) = syntax.withoutParentheses, context.schema?[name.text] == nil,
      context.lambdaParameters[name.text] == nil, let found = scope.lookup(name.text)
    {
      switch found {
      case .function, .table, .module, .undetermined: return found
      case .value, .unknownValue, .expression: break
      }
    }
    var inner = context
    if inner.place == .group { inner.place = .row }
    let expression = try scalar(syntax, in: scope, inner)
    return binding(of: expression)
  }

  /// A value as precisely as it is known.
  package func binding(of expression: ResolvedExpression) -> Binding {
    if case .column(let name, let type) = expression, name == "\u{0}unknown" {
      return .unknownValue(type)
    }
    if let value = host.constant(expression) { return .value(value, expression.type) }
    let names = expression.columnNames
    if !names.isEmpty, names.isSubset(of: ["\u{0}unknown"]) {
      return .unknownValue(expression.type)
    }
    return .expression(expression)
  }

  private mutating func checked(
    _ binding: Binding, _ parameter: FunctionParameter, of function: UserFunction,
    range: SourceRange
  ) throws(ResolveStop) -> Binding {
    guard let typeName = parameter.type else { return binding }
    let isTable = typeName.name == "table"
    switch binding {
    case .table:
      if isTable { return binding }
    case .undetermined: return binding
    case .function: if typeName.name == "function" || typeName.name == "fn" { return binding }
    case .module: break
    case .value(let value, let type):
      if let wanted = try self.type(typeName), let unified = wanted.unified(with: type),
        unified == wanted
      {
        return .value(value.coerced(to: wanted), wanted)
      }
      if isOpenType(typeName, of: type) { return binding }
    case .unknownValue(let type):
      if let wanted = try self.type(typeName), wanted.unified(with: type) == wanted {
        return .unknownValue(wanted)
      }
      if isOpenType(typeName, of: type) { return binding }
    case .expression(let expression):
      if isOpenType(typeName, of: expression.type) { return binding }
      if let wanted = try self.type(typeName), wanted.unified(with: expression.type) == wanted {
        return .expression(coerced(expression, to: wanted))
      }
    }
    var help: String?
    switch binding {
    case .value(_, let given), .unknownValue(let given):
      help = try type(typeName).flatMap { conversionHelp(from: given, to: $0) }
    case .expression(let expression):
      help = try type(typeName).flatMap { conversionHelp(from: expression.type, to: $0) }
    case .table, .function, .module, .undetermined: break
    }
    throw failure(
      .badArgument,
      "`\(parameter.name.text)` of `\(function.name)` must be \(typeName.name), and this is "
        + describe(binding), at: range, help: help)
  }

  /// Whether a value fits a type that leaves its parts open: `any`, `list`, `record`.
  private func isOpenType(_ name: TypeName, of type: DataType) -> Bool {
    switch (name.name, type) {
    case ("any", _), ("list", .list), ("record", .record), ("list", .null), ("record", .null): true
    default: false
    }
  }

  func describe(_ binding: Binding) -> String {
    switch binding {
    case .value(_, let type), .unknownValue(let type): "\(type)"
    case .expression(let expression): "\(expression.type)"
    case .table: "a table"
    case .function: "a function"
    case .module: "a module"
    case .undetermined: "not known yet"
    }
  }

  /// The type that a name stands for; nil for `table` and the open ones.
  package mutating func type(_ name: TypeName) throws(ResolveStop) -> DataType? {
    switch name.name {
    case "bool": return .bool
    case "int": return .int
    case "float": return .float
    case "string": return .string
    case "timestamp": return .timestamp
    case "duration": return .duration
    case "table", "any", "list", "record", "function", "fn": return nil
    default:
      let known = [
        "bool", "int", "float", "string", "timestamp", "duration", "list", "record", "table", "any",
      ]
      throw failure(
        .unknownType, "unknown type `\(name.name)`", at: name.range,
        label: suggestion(for: name.name, among: known),
        help: "types are " + known.joined(separator: ", "))
    }
  }

  func usage(of function: UserFunction) -> String {
    let parameters = function.parameters.map { parameter in
      parameter.name.text
        + (parameter.defaultValue.map { " = \($0.range.text)" } ?? "")
    }
    return "usage: `\(function.name)(\(parameters.joined(separator: ", ")))`"
  }

  /// The result of a call: expanded into an expression or plan where that can be, else called.
  private mutating func apply(
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
    for argument in arguments {
      switch argument {
      case .value(let value, let type): expressions.append(.literal(value, type))
      case .expression(let expression): expressions.append(expression)
      case .unknownValue(let type): expressions.append(Self.placeholder(type))
      case .table, .function, .module, .undetermined: throw .undetermined
      }
    }
    let types = expressions.map(\.type)
    guard let result = try returnType(of: function, types: types) else { throw .undetermined }
    guard knowsValues else { return .scalar(Self.placeholder(result)) }
    let rowFunction = host.rowFunction(function, types: types, result: result)
    return .scalar(.rowFunction(rowFunction, expressions, result, Operation(result, range)))
  }

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
      if arguments.contains(where: { if case .table = $0 { true } else { false } })
        || isTableSyntax(body)
      {
        return try resolve(body, in: scope)
      }
      if context.place == .row, !hasRows(arguments) { return try resolve(body, in: scope) }
      return .scalar(try scalar(body, in: scope, context))
    case .block(let block):
      return try expandBlock(block.statements[...], in: scope, context)
    }
  }

  private func hasRows(_ arguments: [Binding]) -> Bool {
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
      scope.bind(
        node.name.text,
        .function(
          UserFunction(
            name: node.name.text, parameters: node.parameters, body: node.body,
            documentation: node.documentation, scope: scope)))
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
  private mutating func held(
    _ plan: LogicalPlan, range: SourceRange
  ) throws(ResolveStop) -> LogicalPlan {
    guard host.isRunning else { return plan }
    let table = try host.materialize(visible(plan), range: range, diagnostics: &diagnostics)
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

  private mutating func resolveValue(
    _ value: Expression, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> Resolved {
    switch value.withoutParentheses {
    case .pipeline, .lambda: return try resolve(value, in: scope)
    case .name(let name):
      if case .table(let plan)? = scope.lookup(name.text) { return .table(plan) }
      if scope.lookup(name.text) == nil, let provider = host.table(named: name.text) {
        return .table(scan(provider))
      }
    case .call(let call):
      if let found = try resolveTableCall(call, in: scope) { return found }
    default: break
    }
    return .scalar(try scalar(value, in: scope, context))
  }

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
