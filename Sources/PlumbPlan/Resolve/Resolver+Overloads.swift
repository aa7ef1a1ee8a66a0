import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbSyntax

/// An argument of a call before its parameter is known.
struct CallArgument {
  var name: Name?
  var syntax: Expression
}

/// A call whose arguments stand at their parameters.
struct MatchedArguments {
  /// The expression for each parameter (for a repeated one, each argument in turn).
  var values: [ResolvedExpression]
  var lambdas: [Int: Lambda]
  /// The types that the result rule sees.
  var types: [DataType]
}

extension Resolver {
  /// Puts arguments at the parameters of an overload by position and name; nil where an
  /// argument is missing or left over, with the reason.
  func placed(
    _ arguments: [CallArgument], at parameters: [Parameter]
  ) -> Result<[CallArgument?], PlacementProblem> {
    var slots: [CallArgument?] = Array(repeating: nil, count: parameters.count)
    var extra: [CallArgument?] = []
    for (position, argument) in arguments.enumerated() {
      if let name = argument.name {
        guard let index = parameters.firstIndex(where: { $0.name == name.text }) else {
          return .failure(.unknownName(name))
        }
        if slots[index] != nil { return .failure(.twice(name)) }
        slots[index] = argument
      } else if position < parameters.count {
        slots[position] = argument
      } else if parameters.last?.isRepeated == true {
        extra.append(argument)
      } else {
        return .failure(.tooMany(argument.syntax.range))
      }
    }
    for (index, parameter) in parameters.enumerated()
    where slots[index] == nil && parameter.defaultValue == nil {
      return .failure(.missing(parameter.name))
    }
    return .success(slots + extra)
  }

  enum PlacementProblem: Error {
    case unknownName(Name)
    case twice(Name)
    case tooMany(SourceRange)
    case missing(String)
  }

  /// Whether an argument's type fits a pattern; binds type variables.
  func fits(
    _ type: DataType, _ pattern: TypePattern, _ variables: inout [String: DataType]
  ) -> Bool {
    if type == .null {
      if case .function = pattern { return false }
      return true
    }
    switch pattern {
    case .exactly(let wanted):
      return type == wanted || (wanted == .float && type == .int)
        || (wanted.unified(with: type) == wanted)
    case .number: return type.isNumeric
    case .quantity: return type.isNumeric || type == .duration
    case .ordered: return type.isOrdered
    case .any: return true
    case .variable(let name):
      guard let bound = variables[name] else {
        variables[name] = type
        return true
      }
      guard let unified = bound.unified(with: type) else { return false }
      variables[name] = unified
      return true
    case .list(let element):
      guard case .list(let inner) = type else { return false }
      return fits(inner, element, &variables)
    case .record:
      if case .record = type { return true }
      return false
    case .function: return false
    }
  }

  /// The type that an argument is converted to for a pattern.
  func target(
    _ type: DataType, _ pattern: TypePattern, _ variables: [String: DataType]
  ) -> DataType {
    switch pattern {
    case .exactly(let wanted): return wanted
    case .variable(let name): return variables[name] ?? type
    case .list(let element):
      if case .list(let inner) = type { return .list(target(inner, element, variables)) }
      return type == .null ? .list(target(.null, element, variables)) : type
    case .number, .quantity: return type == .null ? .float : type
    case .ordered, .any, .record, .function: return type
    }
  }

  /// Finds the first overload that the arguments fit, and converts them for it.
  ///
  /// Arguments are resolved once; lambdas are resolved when the types of the other arguments
  /// have told the types of their parameters.
  mutating func match(
    _ call: Expression.Call, name: String, overloads: [[Parameter]], in scope: Scope,
    _ context: RowContext
  ) throws(ResolveStop) -> (overload: Int, arguments: MatchedArguments) {
    let arguments = call.arguments.map { CallArgument(name: $0.name, syntax: $0.value) }
    var problem: PlacementProblem?
    var candidates: [(index: Int, slots: [CallArgument?])] = []
    for (index, parameters) in overloads.enumerated() {
      switch placed(arguments, at: parameters) {
      case .success(let slots): candidates.append((index, slots))
      case .failure(let found): if problem == nil { problem = found }
      }
    }
    guard let first = candidates.first else {
      throw badCall(call, name, problem, overloads)
    }
    // Resolve each argument once; parameters at the same place share the result.
    var resolved: [Int: ResolvedExpression] = [:]
    var failed = false
    for argument in arguments where !isFunction(argument.syntax, in: scope, context) {
      do throws(ResolveStop) {
        var context = context
        context.missingKeyIsNull = context.missingKeyIsNull && name == "coalesce"
        resolved[argument.syntax.range.lower] = try scalar(argument.syntax, in: scope, context)
      } catch {
        if case .reported = error { failed = true } else { throw error }
      }
    }
    if failed { throw .reported }
    for candidate in candidates {
      if let matched = try convert(
        candidate.slots, overloads[candidate.index], resolved, in: scope, context)
      {
        return (candidate.index, matched)
      }
    }
    throw badTypes(call, name, overloads[first.index], first.slots, resolved, overloads)
  }

  /// Whether an argument is a function: a lambda, or the name of one that no column hides.
  private func isFunction(
    _ syntax: Expression, in scope: Scope, _ context: RowContext
  ) -> Bool {
    let syntax = syntax.withoutParentheses
    if case .lambda = syntax { return true }
    if case .variable(let name) = syntax {
      if case .function? = scope.lookup(name.text) { return true }
      return false
    }
    guard let path = namePath(syntax), context.lambdaParameters[path[0].text] == nil,
      context.schema?[path[0].text] == nil, var binding = scope.lookup(path[0].text)
    else { return false }
    for name in path.dropFirst() {
      guard case .module(let module) = binding, module.bindsLocally(name.text),
        let member = module.lookup(name.text)
      else { return false }
      binding = member
    }
    if case .function = binding { return true }
    return false
  }

  private mutating func convert(
    _ slots: [CallArgument?], _ parameters: [Parameter], _ resolved: [Int: ResolvedExpression],
    in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> MatchedArguments? {
    var variables: [String: DataType] = [:]
    for (position, slot) in slots.enumerated() {
      guard let slot else { continue }
      let parameter = parameters[min(position, parameters.count - 1)]
      if case .function = parameter.pattern {
        if !isFunction(slot.syntax, in: scope, context) { return nil }
        continue
      }
      guard let value = resolved[slot.syntax.range.lower] else { return nil }
      guard fits(value.type, parameter.pattern, &variables) else { return nil }
    }
    var matched = MatchedArguments(values: [], lambdas: [:], types: [])
    for (position, slot) in slots.enumerated() {
      let parameter = parameters[min(position, parameters.count - 1)]
      guard let slot else {
        let value = parameter.defaultValue ?? .null
        let type = target(value.type, parameter.pattern, variables)
        matched.values.append(.literal(value.coerced(to: type), type))
        matched.types.append(type)
        continue
      }
      if case .function(let patterns) = parameter.pattern {
        let types = patterns.map { target(.null, $0, variables) }
        let lambda = try self.lambda(slot.syntax, types: types, in: scope, context)
        matched.values.append(.literal(.null, .null))
        matched.lambdas[position] = lambda
        matched.types.append(lambda.body.type)
        continue
      }
      guard let value = resolved[slot.syntax.range.lower] else { return nil }
      let type = target(value.type, parameter.pattern, variables)
      var converted = coerced(value, to: type)
      if parameter.isConstant, converted.literalValue == nil {
        if let constant = host.constant(converted) {
          converted = .literal(constant, type)
        } else if knowsValues || !converted.columnNames.isSubset(of: ["\u{0}unknown"]) {
          throw failure(
            .notConstant, "`\(parameter.name)` must be known before any row is read",
            at: slot.syntax.range)
        }
      }
      matched.values.append(converted)
      matched.types.append(type)
    }
    return matched
  }

  /// A lambda, or a function of the program, for parameters of known types.
  mutating func lambda(
    _ syntax: Expression, types: [DataType], in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> Lambda {
    var fields: [Schema.Field] = []
    for type in types {
      lambdaCount += 1
      fields.append(Schema.Field("\u{0}lambda\(lambdaCount)", type))
    }
    switch syntax.withoutParentheses {
    case .lambda(let node):
      guard node.parameters.count == types.count else {
        throw failure(
          .badArgument, "a function of \(counted(types.count, "parameter")) is needed here",
          at: node.range)
      }
      var inner = context.inner
      for (parameter, field) in zip(node.parameters, fields) {
        inner.lambdaParameters[parameter.name.text] = field
      }
      do throws(ResolveStop) {
        let body = try scalar(node.body, in: scope, inner)
        try checkIsKey(body, range: node.body.range, context)
        return Lambda(parameters: fields, body: body)
      } catch {
        // What calls the outermost lambda knows all of their parameters.
        guard case .needsCall = error, inner.lambdaParameters.count == fields.count else {
          throw error
        }
      }
      let function = UserFunction(node, in: scope)
      let body = try call(function, on: fields, range: node.range, context.inner)
      return Lambda(parameters: fields, body: body)
    case .name, .variable, .member:
      guard let function = try userFunction(syntax, in: scope) else {
        throw failure(.badArgument, "a function is needed here", at: syntax.range)
      }
      let body = try call(function, on: fields, range: syntax.range, context.inner)
      return Lambda(parameters: fields, body: body)
    default:
      throw failure(
        .badArgument, "a function is needed here: `fn (x) => …`", at: syntax.range)
    }
  }

  private mutating func badCall(
    _ call: Expression.Call, _ name: String, _ problem: PlacementProblem?,
    _ overloads: [[Parameter]]
  ) -> ResolveStop {
    let usage = usage(name, overloads)
    switch problem {
    case .unknownName(let argument):
      return failure(
        .unknownArgument, "`\(name)` has no argument `\(argument.text)`", at: argument.range,
        label: suggestion(for: argument.text, among: overloads.flatMap { $0.map(\.name) }),
        help: usage)
    case .twice(let argument):
      return failure(
        .duplicateName, "`\(argument.text)` is given twice", at: argument.range, help: usage)
    case .tooMany(let range):
      let most = overloads.map(\.count).max() ?? 0
      return failure(
        .tooManyArguments, "`\(name)` takes \(atMost(most))", at: range, help: usage)
    case .missing(let parameter):
      return failure(
        .missingArgument, "`\(name)` needs `\(parameter)`", at: call.range, help: usage)
    case nil:
      return failure(.badArgument, "`\(name)` cannot be called so", at: call.range, help: usage)
    }
  }

  private mutating func badTypes(
    _ call: Expression.Call, _ name: String, _ parameters: [Parameter],
    _ slots: [CallArgument?], _ resolved: [Int: ResolvedExpression], _ overloads: [[Parameter]]
  ) -> ResolveStop {
    var variables: [String: DataType] = [:]
    let usage = overloads.count > 1 ? usage(name, overloads) : nil
    for (position, slot) in slots.enumerated() {
      guard let slot else { continue }
      let parameter = parameters[min(position, parameters.count - 1)]
      guard let value = resolved[slot.syntax.range.lower] else {
        let wanted = described(parameter.pattern.with(variables))
        return failure(
          .badArgument, "`\(parameter.name)` of `\(name)` is \(wanted), not a function",
          at: slot.syntax.range, help: usage)
      }
      if fits(value.type, parameter.pattern, &variables) { continue }
      var help = usage
      if case .exactly(let wanted) = parameter.pattern {
        help = conversionHelp(from: value.type, to: wanted) ?? usage
      } else if case .variable(let variable) = parameter.pattern, let wanted = variables[variable] {
        help =
          value.type == .string
          ? "`string(…)` makes a text of the other"
          : conversionHelp(from: value.type, to: wanted) ?? usage
      } else if parameter.pattern == .number || parameter.pattern == .quantity,
        value.type == .string
      {
        help = conversionHelp(from: .string, to: .float)
      }
      let wanted = described(parameter.pattern.with(variables))
      return failure(
        .badArgument,
        "`\(parameter.name)` of `\(name)` must be \(wanted), and this is \(value.type)",
        at: slot.syntax.range, help: help)
    }
    return failure(
      .badArgument, "`\(name)` does not take these arguments", at: call.range, help: usage)
  }

  /// How a function is called; overloads that look alike are one.
  private func usage(_ name: String, _ overloads: [[Parameter]]) -> String {
    var signatures: [String] = []
    for overload in overloads {
      let signature = signature(name, overload)
      if !signatures.contains(signature) { signatures.append(signature) }
    }
    return "usage: " + signatures.joined(separator: " or ")
  }

  /// What a pattern takes, in the middle of a sentence.
  private func described(_ pattern: TypePattern) -> String {
    switch pattern {
    case .number: "a number"
    case .quantity: "a number or duration"
    case .ordered: "of a type that has an order"
    case .record: "a record"
    case .function(let parameters):
      "a function of \(counted(parameters.count, "argument"))"
    case .any: "of any type"
    case .list(.any): "a list"
    case .list(.list(.any)): "a list of lists"
    case .exactly, .variable, .list: "\(pattern)"
    }
  }

  /// A signature as help shows it.
  func signature(_ name: String, _ parameters: [Parameter]) -> String {
    let list = parameters.map { parameter in
      var text = parameter.name
      if parameter.isRepeated { text += ", …" }
      if let value = parameter.defaultValue, !value.isNull { text += " = \(defaultText(value))" }
      return text
    }
    return "`\(name)(\(list.joined(separator: ", ")))`"
  }

  private func defaultText(_ value: Value) -> String {
    switch value {
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .float(let value): "\(value)"
    case .string(let value): "\"\(value)\""
    case .null, .timestamp, .duration, .list, .record: "…"
    }
  }
}

extension TypePattern {
  /// The pattern with the types that a call has given to its variables; another may be anything.
  fileprivate func with(_ variables: [String: DataType]) -> TypePattern {
    switch self {
    case .variable(let name): variables[name].map { .exactly($0) } ?? .any
    case .list(let element): .list(element.with(variables))
    case .function(let parameters): .function(parameters.map { $0.with(variables) })
    case .exactly, .number, .quantity, .ordered, .any, .record: self
    }
  }
}
