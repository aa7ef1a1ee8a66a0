import PlumbColumns
import PlumbFunctions

/// Writes expressions as the language has them, with just the parentheses that they need.
struct ExpressionPrinter {
  /// The plans inside the expressions written so far; the text names them by number.
  private(set) var queries: [QueryReference]

  init(queries: [QueryReference] = []) { self.queries = queries }

  /// How tightly an expression holds together, loosest first.
  enum Level: Int {
    case lambda, or, and, not, comparison, coalesce, sum, product, unary, power, postfix
  }

  mutating func text(
    _ expression: ResolvedExpression, atLeast level: Level = .lambda
  ) -> String {
    let (text, own) = parts(expression)
    return own.rawValue < level.rawValue ? "(\(text))" : text
  }

  private mutating func parts(_ expression: ResolvedExpression) -> (String, Level) {
    switch expression {
    case .literal(let value, _):
      let text = Self.literal(value)
      return (text, text.hasPrefix("-") ? .unary : .postfix)
    case .column(let name, _): return (Self.name(name), .postfix)
    case .convert(let operand, _): return parts(operand)
    case .negate(let operand, _): return ("-" + text(operand, atLeast: .power), .unary)
    case .arithmetic(let symbol, let left, let right, _): return arithmetic(symbol, left, right)
    case .compare(let symbol, let left, let right):
      return (infix(left, symbol.rawValue, right, .coalesce), .comparison)
    case .not(let operand): return negation(operand)
    case .and(let all): return (joined(all, " and ", atLeast: .not), .and)
    case .or(let all): return (joined(all, " or ", atLeast: .and), .or)
    case .conditional(let branches, let otherwise, _): return choice(branches, otherwise)
    case .coalesce(let all, _): return (joined(all, " ?? ", atLeast: .sum), .coalesce)
    case .isInSet, .isInList, .isInQuery, .matches:
      return (test(expression, isNegated: false) ?? "", .comparison)
    case .call(let call):
      return (
        self.call(
          call.function.name, call.overload.parameters, call.arguments, lambdas: call.lambdas),
        .postfix
      )
    case .field(let record, let index, _):
      guard case .record(let fields) = record.type, index < fields.count else {
        return (text(record, atLeast: .postfix) + ".\(index)", .postfix)
      }
      return (text(record, atLeast: .postfix) + "." + Self.part(fields[index].name), .postfix)
    case .element(let list, let index, _):
      return ("\(text(list, atLeast: .postfix))[\(text(index))]", .postfix)
    case .list(let all, _): return ("[" + list(all) { $0.text($1) } + "]", .postfix)
    case .record(let fields):
      let inner = list(fields) { "\(Self.part($1.name)): \($0.text($1.expression))" }
      return ("{\(inner)}", .postfix)
    case .interpolation(let pieces, _): return (interpolation(pieces), .postfix)
    case .scalarQuery(let query, _): return (reference(query), .postfix)
    case .rowFunction(let function, let arguments, _, _):
      return (Self.name(function.name) + "(" + list(arguments) { $0.text($1) } + ")", .postfix)
    }
  }

  // MARK: Operators

  private mutating func arithmetic(
    _ symbol: ArithmeticOperator, _ left: ResolvedExpression, _ right: ResolvedExpression
  ) -> (String, Level) {
    switch symbol {
    case .add, .subtract:
      let right = text(right, atLeast: .product)
      return ("\(text(left, atLeast: .sum)) \(symbol.rawValue) \(right)", .sum)
    case .multiply, .divide, .floorDivide, .remainder:
      let right = text(right, atLeast: .unary)
      return ("\(text(left, atLeast: .product)) \(symbol.rawValue) \(right)", .product)
    case .power:
      let right = text(right, atLeast: .power)
      return ("\(text(left, atLeast: .postfix)) ** \(right)", .power)
    }
  }

  private mutating func infix(
    _ left: ResolvedExpression, _ symbol: String, _ right: ResolvedExpression, _ level: Level
  ) -> String {
    let left = text(left, atLeast: level)
    return "\(left) \(symbol) \(text(right, atLeast: level))"
  }

  private mutating func joined(
    _ all: [ResolvedExpression], _ separator: String, atLeast level: Level
  ) -> String {
    var parts: [String] = []
    for operand in all { parts.append(text(operand, atLeast: level)) }
    return parts.joined(separator: separator)
  }

  private mutating func negation(_ operand: ResolvedExpression) -> (String, Level) {
    if let text = test(operand, isNegated: true) { return (text, .comparison) }
    return ("not " + text(operand, atLeast: .not), .not)
  }

  /// Membership and matching, which have a negated form.
  private mutating func test(_ expression: ResolvedExpression, isNegated: Bool) -> String? {
    let word = isNegated ? "not in" : "in"
    switch expression {
    case .isInSet(let operand, let set):
      return "\(text(operand, atLeast: .coalesce)) \(word) \(Self.literals(set.values))"
    case .isInList(let operand, let list): return infix(operand, word, list, .coalesce)
    case .isInQuery(let operand, let query):
      return "\(text(operand, atLeast: .coalesce)) \(word) \(reference(query))"
    case .matches(let operand, let pattern, _):
      return infix(operand, isNegated ? "!~" : "~", pattern, .coalesce)
    default: return nil
    }
  }

  // MARK: Other forms

  private mutating func choice(
    _ branches: [ResolvedExpression.Branch], _ otherwise: ResolvedExpression
  ) -> (String, Level) {
    if let only = branches.first, branches.count == 1 {
      let condition = text(only.condition, atLeast: .or)
      let value = text(only.value, atLeast: .or)
      return ("if \(condition) then \(value) else \(text(otherwise))", .lambda)
    }
    var parts: [String] = []
    for branch in branches { parts.append("\(text(branch.condition)): \(text(branch.value))") }
    parts.append("else: " + text(otherwise))
    return ("case { " + parts.joined(separator: ", ") + " }", .postfix)
  }

  /// A call, without the arguments that have their parameter's default.
  mutating func call(
    _ function: String, _ parameters: [Parameter], _ arguments: [ResolvedExpression],
    lambdas: [Int: Lambda]
  ) -> String {
    var parts: [String] = []
    var isNamed = false
    for (index, argument) in arguments.enumerated() {
      let parameter = index < parameters.count ? parameters[index] : nil
      if let value = parameter?.defaultValue, let given = argument.literalValue, given == value,
        lambdas[index] == nil
      {
        isNamed = true
        continue
      }
      let text = lambdas[index].map { lambda($0) } ?? text(argument)
      parts.append(isNamed ? "\(parameter?.name ?? "") = \(text)" : text)
    }
    return "\(function)(" + parts.joined(separator: ", ") + ")"
  }

  private mutating func lambda(_ lambda: Lambda) -> String {
    let parameters = lambda.parameters.map { Self.name($0.name) }.joined(separator: ", ")
    return "fn (\(parameters)) => " + text(lambda.body)
  }

  private mutating func interpolation(_ pieces: [ResolvedExpression.TextPiece]) -> String {
    var result = "f\""
    for piece in pieces {
      switch piece {
      case .text(let text):
        for character in Self.escaped(text) {
          result +=
            character == "{" || character == "}" ? "\(character)\(character)" : "\(character)"
        }
      case .value(let expression, let format):
        result += "{" + text(expression) + (format.isEmpty ? "" : ":" + format) + "}"
      }
    }
    return result + "\""
  }

  private mutating func reference(_ query: QueryReference) -> String {
    if let known = queries.firstIndex(where: { $0 === query }) { return "(query \(known + 1))" }
    queries.append(query)
    return "(query \(queries.count))"
  }
}
