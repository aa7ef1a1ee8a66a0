/// How tightly an operator binds; a greater level binds tighter.
enum Precedence: Int, Comparable {
  case or = 1
  case and, not, comparison, coalesce, range, additive, multiplicative, unary, power

  static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
}

/// An operator that can stand after an operand.
struct InfixOperator {
  /// What the parser builds from the operator.
  enum Form {
    /// Left associative: `a - b - c` is `(a - b) - c`.
    case left(BinaryOperator)
    /// Associative, so that long chains become balanced trees.
    case associative(BinaryOperator)
    /// Right associative: `a ** b ** c` is `a ** (b ** c)`.
    case right(BinaryOperator)
    /// Chains: `a < b <= c`.
    case comparison(BinaryOperator)
    /// Takes two operands of the next level and does not chain.
    case match(BinaryOperator)
    case membership
    case between
    case range
  }

  var token: TokenKind
  var precedence: Precedence
  var form: Form
  /// Whether a line that begins with the operator goes on with the statement above.
  var continuesLine = true
}

/// Every operator between operands, loosest first.
///
/// `not in` and `not between` go by their last word.
let infixOperators: [InfixOperator] = [
  InfixOperator(token: .or, precedence: .or, form: .associative(.or)),
  InfixOperator(token: .and, precedence: .and, form: .associative(.and)),
  InfixOperator(token: .equal, precedence: .comparison, form: .comparison(.equal)),
  InfixOperator(token: .notEqual, precedence: .comparison, form: .comparison(.notEqual)),
  InfixOperator(token: .less, precedence: .comparison, form: .comparison(.less)),
  InfixOperator(token: .lessOrEqual, precedence: .comparison, form: .comparison(.lessOrEqual)),
  InfixOperator(token: .greater, precedence: .comparison, form: .comparison(.greater)),
  InfixOperator(
    token: .greaterOrEqual, precedence: .comparison, form: .comparison(.greaterOrEqual)),
  InfixOperator(token: .match, precedence: .comparison, form: .match(.match)),
  InfixOperator(token: .notMatch, precedence: .comparison, form: .match(.notMatch)),
  InfixOperator(token: .in, precedence: .comparison, form: .membership),
  InfixOperator(token: .between, precedence: .comparison, form: .between),
  InfixOperator(token: .coalesce, precedence: .coalesce, form: .left(.coalesce)),
  InfixOperator(token: .range, precedence: .range, form: .range),
  InfixOperator(token: .plus, precedence: .additive, form: .left(.add)),
  InfixOperator(
    token: .minus, precedence: .additive, form: .left(.subtract), continuesLine: false),
  InfixOperator(token: .star, precedence: .multiplicative, form: .left(.multiply)),
  InfixOperator(token: .slash, precedence: .multiplicative, form: .left(.divide)),
  InfixOperator(token: .doubleSlash, precedence: .multiplicative, form: .left(.floorDivide)),
  InfixOperator(token: .percent, precedence: .multiplicative, form: .left(.remainder)),
  InfixOperator(token: .power, precedence: .power, form: .right(.power)),
]

/// The rows of ``infixOperators`` by the raw value of their token.
private let infixOperatorsByToken: [InfixOperator?] = {
  var table = [InfixOperator?](repeating: nil, count: TokenKind.allCases.count)
  for row in infixOperators { table[Int(row.token.rawValue)] = row }
  return table
}()

extension TokenKind {
  /// The operator that the token is when it stands after an operand.
  var infixOperator: InfixOperator? { infixOperatorsByToken[Int(rawValue)] }

  /// Whether a line that begins with the token goes on with the statement above, apart from
  /// `not in` and `not between`, which take two tokens.
  package var continuesLine: Bool {
    switch self {
    case .pipe, .else: true
    default: infixOperator?.continuesLine ?? false
    }
  }
}
