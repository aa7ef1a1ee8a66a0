package import PlumbColumns
import PlumbDiagnostics
package import PlumbSyntax

/// The arguments of calls of functions of the program.
extension Resolver {
  /// The arguments of a call at the function's parameters, defaults filled in.
  mutating func arguments(
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
      if first != nil {
        let index = try position(of: argument, next: next, in: function)
        try refuseColumn(argument.value, for: function.parameters[index].name, in: scope)
      }
      let binding = try argumentBinding(argument.value, in: scope, context)
      if next == 0, argument.name == nil, function.mayLeaveOutTable {
        switch binding {
        case .table: break
        case .undetermined: throw .undetermined
        case .value, .unknownValue, .expression, .function, .module: next = 1
        }
      }
      let index = try position(of: argument, next: next, in: function)
      if argument.name == nil { next += 1 }
      if slots[index] != nil {
        throw failure(
          .duplicateName, "`\(function.parameters[index].name.text)` is given twice",
          at: argument.range, help: usage)
      }
      slots[index] = binding
      ranges[index] = argument.range
    }
    return try completed(slots, ranges: ranges, of: function, range: call.range)
  }

  /// What is given at a function's parameters, in their types, with the defaults of the others.
  mutating func completed(
    _ given: [Binding?], ranges: [SourceRange], of function: UserFunction, range: SourceRange
  ) throws(ResolveStop) -> [Binding] {
    var slots = given
    for (index, parameter) in function.parameters.enumerated() where slots[index] == nil {
      guard let value = parameter.defaultValue else {
        throw failure(
          .missingArgument, "`\(function.name)` needs `\(parameter.name.text)`", at: range,
          help: usage(of: function))
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

  /// The position of the parameter that an argument is for: the one it names, else the next.
  private mutating func position(
    of argument: Expression.Call.Argument, next: Int, in function: UserFunction
  ) throws(ResolveStop) -> Int {
    let names = function.parameters.map(\.name.text)
    guard let name = argument.name else {
      guard next < names.count else {
        throw failure(
          .tooManyArguments, "`\(function.name)` takes \(atMost(names.count))",
          at: argument.range, help: usage(of: function))
      }
      return next
    }
    guard let found = names.firstIndex(of: name.text) else {
      throw failure(
        .unknownArgument, "`\(function.name)` has no argument `\(name.text)`", at: name.range,
        label: suggestion(for: name.text, among: names), help: usage(of: function))
    }
    return found
  }

  /// The end of a sentence that says how many arguments a function takes.
  func atMost(_ count: Int) -> String {
    count == 0 ? "no arguments" : "at most \(counted(count, "argument"))"
  }

  /// What an argument gives to its parameter.
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
    if let found = try argumentBesideRows(syntax.withoutParentheses, in: scope, context) {
      return found
    }
    return try rowArgument(try scalar(syntax, in: scope, argument(context)), syntax, context)
  }

  /// The context of an argument: the function may aggregate it, so that in `summarize` it may be
  /// any column.
  private func argument(_ context: RowContext) -> RowContext {
    var inner = context
    inner.allowsAnyColumn = true
    return inner
  }

  /// An argument that has a value for each row or group. What aggregates itself must not name
  /// columns beside that.
  private mutating func rowArgument(
    _ expression: ResolvedExpression, _ syntax: Expression, _ context: RowContext
  ) throws(ResolveStop) -> Binding {
    if expression.readsCalls { try checkIsKey(expression, range: syntax.range, context) }
    return binding(of: expression)
  }

  /// An argument that stands among rows and does not depend on them: a table or a function; nil
  /// for others.
  private mutating func argumentBesideRows(
    _ syntax: Expression, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> Binding? {
    let isOfRows = { (name: String) in
      context.schema?[name] != nil || context.lambdaParameters[name] != nil
    }
    switch syntax {
    case .lambda(let node): return .function(UserFunction(node, in: scope))
    case .pipeline(let node):
      guard case .table(let plan) = try resolveNestedPipeline(node, in: scope, context) else {
        throw .undetermined
      }
      return .table(plan)
    case .name(let name):
      if isOfRows(name.text) { return nil }
      guard let found = binding(named: name.text, in: scope) else {
        return host.table(named: name.text).map { .table(scan($0)) }
      }
      switch found {
      case .function, .table, .module, .undetermined: return found
      case .value, .unknownValue, .expression: return nil
      }
    case .member(let node):
      guard let root = namePath(syntax)?.first?.text, !isOfRows(root),
        context.schema?.family(root) == nil,
        let found = try resolveMemberOfScope(node, in: scope)
      else { return nil }
      return try binding(of: found, syntax, context)
    case .call(let node):
      if let function = try userFunction(node.callee, in: scope) {
        let found = try call(function, node, first: nil, in: scope, argument(context))
        return try binding(of: found, syntax, context)
      }
      guard case .table(let plan)? = try resolveTableCall(node, in: scope) else { return nil }
      return .table(plan)
    default: return nil
    }
  }

  private mutating func binding(
    of found: Resolved, _ syntax: Expression, _ context: RowContext
  ) throws(ResolveStop) -> Binding {
    switch found {
    case .scalar(let expression): try rowArgument(expression, syntax, context)
    case .table(let plan): .table(plan)
    case .function(let function): .function(function)
    case .module(let module): .module(module)
    case .undetermined: .undetermined
    }
  }

  /// Refuses the name of a column as an argument of a function that stands as a stage: it gets
  /// the whole table and reads columns by their names.
  private mutating func refuseColumn(
    _ syntax: Expression, for parameter: Name, in scope: Scope
  ) throws(ResolveStop) {
    guard let path = namePath(syntax.withoutParentheses), scope.lookup(path[0].text) == nil
    else { return }
    let name = path.map(\.text).joined(separator: ".")
    guard input.schema[name] != nil, host.table(named: name) == nil else { return }
    throw failure(
      .columnNotScalar, "`\(name)` is a column, and a function as a stage takes values",
      at: syntax.range,
      help: "pass its name, `\"\(name)\"`, and let the function read "
        + "`column(\(parameter.text))`")
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
    return .expression(expression, rowLevel: rowLevel)
  }

  /// An argument in the type that its parameter asks for.
  private mutating func checked(
    _ binding: Binding, _ parameter: FunctionParameter, of function: UserFunction,
    range: SourceRange
  ) throws(ResolveStop) -> Binding {
    guard let typeName = parameter.type else { return binding }
    let isTable = typeName.name == "table"
    switch binding {
    case .table(let plan):
      if isTable { return binding }
      // A table of one row and one column serves as a value.
      if try type(typeName) != nil, plan.schema.visibleFields.count == 1 {
        let value = self.binding(of: try scalarQuery(plan, range: range))
        return try checked(value, parameter, of: function, range: range)
      }
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
    case .expression(let expression, let level):
      if isOpenType(typeName, of: expression.type) { return binding }
      if let wanted = try self.type(typeName), wanted.unified(with: expression.type) == wanted {
        return .expression(coerced(expression, to: wanted), rowLevel: level)
      }
    }
    var help: String?
    switch binding {
    case .value(_, let given), .unknownValue(let given):
      help = try type(typeName).flatMap { conversionHelp(from: given, to: $0) }
    case .expression(let expression, _):
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

  /// What is bound, as the end of a sentence: `a table`, `int`.
  func describe(_ binding: Binding) -> String {
    switch binding {
    case .value(_, let type), .unknownValue(let type): "\(type)"
    case .expression(let expression, _): "\(expression.type)"
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

  /// How a function is called, for help.
  func usage(of function: UserFunction) -> String {
    let parameters = function.parameters.map { parameter in
      parameter.name.text
        + (parameter.defaultValue.map { " = \($0.range.text)" } ?? "")
    }
    return "usage: `\(function.name)(\(parameters.joined(separator: ", ")))`"
  }
}
