import PlumbDiagnostics

/// Expressions, by precedence climbing over the operator table.
extension Parser {
  /// An expression without a pipeline: it ends before `|`.
  mutating func parseExpression() throws(SyntaxFailure) -> Expression {
    let expression = try parseOperators(.or)
    tallest = max(tallest, height)
    return expression
  }

  /// An expression whose operators bind at least as tightly as `minimum`.
  mutating func parseOperators(_ minimum: Precedence) throws(SyntaxFailure) -> Expression {
    guard nesting < Self.maximumNesting else { throw tooDeep() }
    nesting += 1
    defer { nesting -= 1 }
    var left = kind == .not ? try parseNot(minimum) : try parseUnary()
    while let infix = try infixHere(), infix.precedence >= minimum {
      left = try parseInfix(infix, left)
    }
    return left
  }

  /// The operator at the present token, if the expression goes on with one.
  ///
  /// Words and signs of other languages are reported and taken for what they mean.
  private mutating func infixHere() throws(SyntaxFailure) -> InfixOperator? {
    guard isContinued else { return nil }
    switch kind {
    case .not:
      if peek().kind == .null { throw foreignNotNull() }
      return peek().kind == .in || peek().kind == .between ? peek().kind.infixOperator : nil
    case .assign:
      report(
        .bindingForComparison, "`=` binds a name and does not compare", at: range(token),
        label: "write `==`", fix: "==")
      return TokenKind.equal.infixOperator
    case .name:
      return try foreignInfix()
    default:
      return kind.infixOperator
    }
  }

  private mutating func parseInfix(
    _ infix: InfixOperator, _ left: Expression
  ) throws(SyntaxFailure) -> Expression {
    switch infix.form {
    case .left(let operation), .right(let operation):
      // The right-associative power is taken by parseUnary, right after its base.
      return try parseLeft(operation, infix, left)
    case .associative(let operation):
      return try parseAssociative(operation, infix, left)
    case .comparison, .match, .membership, .between:
      let comparison = try parseComparison(left)
      try rejectSecondComparison()
      return comparison
    case .range:
      advance()
      let leftHeight = height
      let upper = try parseOperators(.additive)
      try grow(max(leftHeight, height))
      if kind == .range, isContinued {
        throw failure(.ambiguousOperators, "a range has two ends", label: "this is a third")
      }
      return .range(Expression.Range(lower: left, upper: upper))
    }
  }

  private mutating func parseLeft(
    _ operation: BinaryOperator, _ infix: InfixOperator, _ left: Expression
  ) throws(SyntaxFailure) -> Expression {
    let operatorRange = range(token)
    let leftHeight = height
    advance()
    let next = Precedence(rawValue: infix.precedence.rawValue + 1) ?? .power
    let right = try parseOperators(next)
    try grow(max(leftHeight, height))
    return .binary(
      Expression.Binary(
        operation: operation, operatorRange: operatorRange, left: left, right: right))
  }

  /// A chain of one associative operator, as a balanced tree: `a or b or …` may be long.
  private mutating func parseAssociative(
    _ operation: BinaryOperator, _ infix: InfixOperator, _ left: Expression
  ) throws(SyntaxFailure) -> Expression {
    var operands = [left]
    var operatorRanges: [SourceRange] = []
    var tallestOperand = height
    let next = Precedence(rawValue: infix.precedence.rawValue + 1) ?? .power
    while let here = try infixHere(), here.token == infix.token {
      operatorRanges.append(range(token))
      advance()
      operands.append(try parseOperators(next))
      tallestOperand = max(tallestOperand, height)
    }
    let levels = Int.bitWidth - operands.count.leadingZeroBitCount
    try grow(tallestOperand + levels - 1)
    return balanced(operation, operands[...], operatorRanges[...])
  }

  private func balanced(
    _ operation: BinaryOperator, _ operands: ArraySlice<Expression>,
    _ operatorRanges: ArraySlice<SourceRange>
  ) -> Expression {
    guard operands.count > 1 else { return operands[operands.startIndex] }
    let middle = operands.startIndex + (operands.count + 1) / 2
    let split = operatorRanges.startIndex + (operands.count + 1) / 2 - 1
    return .binary(
      Expression.Binary(
        operation: operation, operatorRange: operatorRanges[split],
        left: balanced(operation, operands[..<middle], operatorRanges[..<split]),
        right: balanced(operation, operands[middle...], operatorRanges[(split + 1)...])))
  }

  // MARK: Prefix operators

  private mutating func parseNot(_ minimum: Precedence) throws(SyntaxFailure) -> Expression {
    let sign = token
    // `!x` of other languages binds tightly; it is reported already.
    let isForeign = file.bytes[sign.start] == UInt8(ascii: "!")
    guard minimum <= .not || isForeign else {
      throw failure(
        .ambiguousOperators, "`not` binds less tightly than the operator before it",
        label: "put `not …` in parentheses")
    }
    advance()
    let operand = try parseOperators(isForeign ? .unary : .not)
    try grow(height)
    return .unary(
      Expression.Unary(operation: .not, operatorRange: range(sign), operand: operand))
  }

  /// `-x`, `x`, `x ** y`; a power binds tighter than a sign at its left.
  mutating func parseUnary() throws(SyntaxFailure) -> Expression {
    if kind == .minus {
      if let literal = parseSmallestInteger() { return literal }
      let sign = range(token)
      let operand = try nested { parser throws(SyntaxFailure) in
        parser.advance()
        return try parser.parseUnary()
      }
      try grow(height)
      return .unary(
        Expression.Unary(operation: .negate, operatorRange: sign, operand: operand))
    }
    let base = try parsePostfix()
    guard kind == .power, isContinued else { return base }
    let operatorRange = range(token)
    let baseHeight = height
    let exponent = try nested { parser throws(SyntaxFailure) in
      parser.advance()
      return try parser.parseUnary()
    }
    try grow(max(baseHeight, height))
    return .binary(
      Expression.Binary(
        operation: .power, operatorRange: operatorRange, left: base, right: exponent))
  }

  // MARK: Comparisons

  private mutating func parseComparison(_ left: Expression) throws(SyntaxFailure) -> Expression {
    let leftHeight = height
    let isNegated = kind == .not
    if isNegated { advance() }
    guard let infix = kind == .assign ? TokenKind.equal.infixOperator : kind.infixOperator else {
      throw expected("an operator")
    }
    let operatorRange = range(token)
    switch infix.form {
    case .membership:
      advance()
      let collection = try parseOperators(.coalesce)
      try grow(max(leftHeight, height))
      return .membership(
        Expression.Membership(value: left, isNegated: isNegated, collection: collection))
    case .between:
      advance()
      let lower = try parseOperators(.coalesce)
      let lowerHeight = height
      try expect(.and, "`and` and the upper end")
      let upper = try parseOperators(.coalesce)
      try grow(max(leftHeight, lowerHeight, height))
      return .between(
        Expression.Between(value: left, isNegated: isNegated, lower: lower, upper: upper))
    case .match(let operation):
      advance()
      let right = try parseOperators(.coalesce)
      try grow(max(leftHeight, height))
      return .binary(
        Expression.Binary(
          operation: operation, operatorRange: operatorRange, left: left, right: right))
    default:
      return try parseComparisonChain(left)
    }
  }

  private mutating func parseComparisonChain(
    _ first: Expression
  ) throws(SyntaxFailure) -> Expression {
    var links: [Expression.ComparisonChain.Link] = []
    var tallestOperand = height
    while let infix = try infixHere(), case .comparison(let operation) = infix.form {
      let operatorRange = range(token)
      advance()
      let operand = try parseOperators(.coalesce)
      tallestOperand = max(tallestOperand, height)
      links.append(
        Expression.ComparisonChain.Link(
          operation: operation, operatorRange: operatorRange, operand: operand))
    }
    try grow(tallestOperand)
    guard let last = links.last else { return first }
    if links.count == 1 {
      return .binary(
        Expression.Binary(
          operation: last.operation, operatorRange: last.operatorRange, left: first,
          right: last.operand))
    }
    return .comparisonChain(
      Expression.ComparisonChain(
        first: first, links: links, range: first.range.union(last.operand.range)))
  }

  /// `a in b == c` and the like have no meaning that everybody would guess.
  private mutating func rejectSecondComparison() throws(SyntaxFailure) {
    guard let infix = try infixHere(), infix.precedence == .comparison else { return }
    throw failure(
      .ambiguousOperators, "`\(text(token))` follows another comparison",
      label: "put one of them in parentheses")
  }

  // MARK: Height

  /// Sets the height of a node over operands of the given height.
  mutating func grow(_ operandHeight: Int) throws(SyntaxFailure) {
    height = operandHeight + 1
    guard height <= Self.maximumHeight else {
      height = 1
      throw failure(
        .nestingTooDeep, "the expression has more than \(Self.maximumHeight) levels",
        help: "give a part of it a name with `let` or `derive`, or put the values in a list")
    }
  }
}
