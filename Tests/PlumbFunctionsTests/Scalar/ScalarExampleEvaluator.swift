import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbSyntax

/// A value with its static type.
struct TypedValue {
  var value: Value
  var type: DataType

  init(_ value: Value, _ type: DataType) {
    self.value = value.coerced(to: type)
    self.type = type
  }

  init(_ value: Value) { self.init(value, value.type) }
}

/// Why an expression has no value.
enum EvaluationError: Error {
  case function(FunctionError)
  case unsupported(String)
}

/// Evaluates the expressions of examples straight from the syntax tree, without plan or executor.
///
/// Each call of a function is made in several layouts of its arguments, which must agree.
struct ScalarExampleEvaluator {
  static let environment = Environment(
    nowMicroseconds: 1_795_429_800_000_000, control: RunControl())
  private let functions = FunctionCatalog(scalars: ScalarCatalog.all, aggregates: [], windows: [])

  /// What a program of one expression prints.
  func printed(_ code: String) throws -> String {
    var diagnostics = Diagnostics()
    let program = parse(SourceFile(name: "example", text: code), diagnostics: &diagnostics)
    guard !diagnostics.hasErrors, program.statements.count == 1,
      case .expression(let expression) = program.statements[0]
    else { throw EvaluationError.unsupported("syntax: \(diagnostics.all.map(\.message))") }
    do {
      let value = try evaluate(expression, [:]).value
      switch value {
      case .list, .record: return JSONText.write(value)
      default: return plainText(value)
      }
    } catch EvaluationError.function(let error) {
      return "error: \(error.message)"
    }
  }

  func evaluate(_ expression: Expression, _ names: [String: TypedValue]) throws -> TypedValue {
    switch expression {
    case .literal(let literal): return TypedValue(value(literal.value))
    case .string(let literal): return TypedValue(.string(literal.value))
    case .parenthesized(let inner): return try evaluate(inner.expression, names)
    case .name(let name):
      if name.text == "nan" { return TypedValue(.float(.nan)) }
      if name.text == "inf" { return TypedValue(.float(.infinity)) }
      guard let value = names[name.text] else {
        throw EvaluationError.unsupported("name \(name.text)")
      }
      return value
    case .list(let list):
      let elements = try list.elements.map { try evaluate($0, names) }
      let type = elements.reduce(DataType.null) { $0.unified(with: $1.type) ?? $0 }
      return TypedValue(
        .list(elements.map { $0.value.coerced(to: type) }, element: type), .list(type))
    case .record(let record):
      let fields = try record.fields.map { ($0.key.text, try evaluate($0.value, names)) }
      return TypedValue(
        .record(fields.map { Value.RecordField($0.0, $0.1.value) }),
        .record(fields.map { DataType.Field($0.0, $0.1.type) }))
    case .unary(let unary):
      let operand = try evaluate(unary.operand, names)
      switch operand.value {
      case .int(let x): return TypedValue(.int(-x))
      case .float(let x): return TypedValue(.float(-x))
      case .duration(let x): return TypedValue(.duration(-x))
      case .bool(let x): return TypedValue(.bool(!x))
      default: throw EvaluationError.unsupported("operand")
      }
    case .binary(let binary):
      return try combine(
        binary.operation, try evaluate(binary.left, names), try evaluate(binary.right, names))
    case .call(let call): return try self.call(call, names)
    default: throw EvaluationError.unsupported("expression")
    }
  }

  private func value(_ literal: Literal.Value) -> Value {
    switch literal {
    case .null: .null
    case .bool(let x): .bool(x)
    case .int(let x): .int(Int(x))
    case .float(let x): .float(x)
    case .timestamp(let x): .timestamp(Int(x))
    case .duration(let x): .duration(Int(x))
    }
  }

  private func combine(
    _ operation: BinaryOperator, _ left: TypedValue, _ right: TypedValue
  ) throws -> TypedValue {
    switch (operation, left.value, right.value) {
    case (.equal, let a, let b): return TypedValue(.bool(a == b))
    case (.notEqual, let a, let b): return TypedValue(.bool(a != b))
    case (.add, .null, _), (.add, _, .null), (.greater, .null, _), (.multiply, .null, _):
      return TypedValue(.null, left.type)
    case (.add, .string(let a), .string(let b)): return TypedValue(.string(a + b))
    case (.add, .int(let a), .int(let b)): return TypedValue(.int(a + b))
    case (.subtract, .int(let a), .int(let b)): return TypedValue(.int(a - b))
    case (.multiply, .int(let a), .int(let b)): return TypedValue(.int(a * b))
    case (.remainder, .int(let a), .int(let b)): return TypedValue(.int(a % b))
    case (.add, .float(let a), .float(let b)): return TypedValue(.float(a + b))
    case (.add, .int(let a), .float(let b)): return TypedValue(.float(Double(a) + b))
    case (.subtract, .timestamp(let a), .duration(let b)):
      return TypedValue(.timestamp(a - b))
    case (.greater, let a, let b): return TypedValue(.bool(compareValues(a, b) > 0))
    case (.less, let a, let b): return TypedValue(.bool(compareValues(a, b) < 0))
    case (.lessOrEqual, let a, let b): return TypedValue(.bool(compareValues(a, b) <= 0))
    default: throw EvaluationError.unsupported("operator \(operation)")
    }
  }

  private func call(
    _ call: Expression.Call, _ names: [String: TypedValue]
  ) throws -> TypedValue {
    guard case .name(let name) = call.callee, let function = functions.scalars[name.text] else {
      throw EvaluationError.unsupported("no such function")
    }
    for overload in function.overloads {
      if let result = try self.call(overload, call.arguments, names) { return result }
    }
    throw EvaluationError.unsupported("no overload of \(name.text) fits")
  }

  /// The result, or nil if the overload does not fit the arguments.
  private func call(
    _ overload: ScalarFunction.Overload, _ arguments: [Expression.Call.Argument],
    _ names: [String: TypedValue]
  ) throws -> TypedValue? {
    var parameters = overload.parameters
    if let last = parameters.last, last.isRepeated {
      while parameters.count < arguments.count { parameters.append(last) }
    }
    var given = [Expression?](repeating: nil, count: parameters.count)
    for (index, argument) in arguments.enumerated() {
      var place = index
      if let name = argument.name {
        place = parameters.firstIndex { $0.name == name.text } ?? parameters.count
      }
      guard place < parameters.count else { return nil }
      given[place] = argument.value
    }
    var binding = PatternBinding()
    var values: [TypedValue] = []
    var lambdas: [Int: Expression.Lambda] = [:]
    for (index, parameter) in parameters.enumerated() {
      if case .lambda(let lambda)? = given[index] {
        guard case .function(let patterns) = parameter.pattern,
          patterns.count == lambda.parameters.count
        else { return nil }
        lambdas[index] = lambda
        values.append(TypedValue(.null))
        continue
      }
      guard let expression = given[index] else {
        guard let value = parameter.defaultValue else { return nil }
        values.append(TypedValue(value))
        _ = binding.match(parameter.pattern, value.type)
        continue
      }
      let value = try evaluate(expression, names)
      guard binding.match(parameter.pattern, value.type) else { return nil }
      values.append(value)
    }
    for (index, parameter) in parameters.enumerated() where lambdas[index] == nil {
      values[index] = TypedValue(
        values[index].value, binding.type(parameter.pattern, values[index].type))
    }
    return try run(overload, parameters, values, lambdas, binding, names)
  }

  private func run(
    _ overload: ScalarFunction.Overload, _ parameters: [Parameter], _ values: [TypedValue],
    _ lambdas: [Int: Expression.Lambda], _ binding: PatternBinding,
    _ names: [String: TypedValue]
  ) throws -> TypedValue {
    var types = values.map(\.type)
    var appliers: [Int: KernelCall.Applier] = [:]
    for (index, lambda) in lambdas {
      guard case .function(let patterns) = parameters[index].pattern else { continue }
      let inputs = patterns.map { binding.type($0, .null) }
      let type = bodyType(lambda, inputs, names)
      types[index] = type
      let applier: KernelCall.Applier = { (columns, _) throws(FunctionError) -> Column in
        try self.apply(lambda, columns, names, type)
      }
      appliers[index] = applier
    }
    let resultType = overload.result.type(for: types)
    do {
      let value = try KernelLayouts(
        overload: overload, values: zip(values, types).map { TypedValue($0.value, $1) },
        resultType: resultType, functions: appliers
      ).result()
      return TypedValue(value, resultType)
    } catch let error as FunctionError {
      throw EvaluationError.function(error)
    }
  }

  /// Evaluates a lambda on rows of arguments.
  private func apply(
    _ lambda: Expression.Lambda, _ columns: [Column], _ names: [String: TypedValue],
    _ type: DataType
  ) throws(FunctionError) -> Column {
    var results: [Value] = []
    for row in 0..<(columns.first?.count ?? 0) {
      var inner = names
      for (parameter, column) in zip(lambda.parameters, columns) {
        inner[parameter.name.text] = TypedValue(column.value(at: row), column.type)
      }
      let outcome = Result { try evaluate(lambda.body, inner).value }
      switch outcome {
      case .success(let value): results.append(value)
      case .failure(EvaluationError.function(let error)): throw error
      case .failure(let error): throw FunctionError("\(error)")
      }
    }
    return Column(results, type: type)
  }

  /// The type of a lambda's result, found by evaluating its body on a plain value.
  private func bodyType(
    _ lambda: Expression.Lambda, _ inputs: [DataType], _ names: [String: TypedValue]
  ) -> DataType {
    var inner = names
    for (parameter, type) in zip(lambda.parameters, inputs) {
      let sample: Value =
        switch type {
        case .bool: .bool(true)
        case .int: .int(1)
        case .float: .float(1)
        case .string: .string("1")
        case .timestamp: .timestamp(1)
        case .duration: .duration(1)
        default: .null
        }
      inner[parameter.name.text] = TypedValue(sample, type)
    }
    return (try? evaluate(lambda.body, inner).type) ?? .null
  }
}

/// What the type variables of a signature stand for.
struct PatternBinding {
  private var variables: [String: DataType] = [:]

  mutating func match(_ pattern: TypePattern, _ type: DataType) -> Bool {
    switch pattern {
    case .exactly(let wanted): return type.unified(with: wanted) == wanted
    case .number: return type == .null || type.isNumeric
    case .quantity: return type == .null || type.isNumeric || type == .duration
    case .ordered: return type.isOrdered
    case .any: return true
    case .variable(let name):
      guard let unified = (variables[name] ?? .null).unified(with: type) else { return false }
      variables[name] = unified
      return true
    case .list(let element):
      if type == .null { return match(element, .null) }
      guard case .list(let inner) = type else { return false }
      return match(element, inner)
    case .record:
      if case .record = type { return true }
      return type == .null
    case .function: return false
    }
  }

  /// The type of an argument after conversion.
  func type(_ pattern: TypePattern, _ type: DataType) -> DataType {
    switch pattern {
    case .exactly(let wanted): return wanted
    case .number, .quantity: return type == .null ? .int : type
    case .ordered, .any, .function: return type
    case .record: return type == .null ? .record([]) : type
    case .variable(let name): return variables[name] ?? type
    case .list(let element):
      if case .list(let inner) = type { return .list(self.type(element, inner)) }
      return .list(self.type(element, .null))
    }
  }
}
