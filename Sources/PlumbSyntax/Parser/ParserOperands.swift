import PlumbDiagnostics

/// Operands: what stands between operators.
extension Parser {
  /// A primary expression with its calls, members and indices.
  mutating func parsePostfix() throws(SyntaxFailure) -> Expression {
    let start = position
    var expression = try parsePrimary()
    while isContinued {
      switch kind {
      case .dot:
        expression = try parseMember(of: expression, start)
      case .leftParenthesis where expression.canBeCalled:
        expression = try parseCall(expression, start)
      case .leftBracket where expression.canBeIndexed:
        let baseHeight = height
        openBracket()
        let index = try parseExpression()
        try closeBracket(.rightBracket, "`]`")
        try grow(max(baseHeight, height))
        expression = .index(
          Expression.Index(base: expression, index: index, range: range(from: start)))
      default:
        return expression
      }
    }
    return expression
  }

  private mutating func parseMember(
    of base: Expression, _ start: Int
  ) throws(SyntaxFailure) -> Expression {
    if case .literal(let literal) = base, case .int = literal.value {
      throw failure(
        .badNumber, "a float has digits on both sides of its point",
        at: literal.range.union(range(token)), label: "write `\(literal.range.text).0`")
    }
    advance()
    // After a point any word is a name, the reserved ones included.
    let member: Name
    if kind.isReservedWord {
      member = Name(text: text(token), range: range(token))
      advance()
    } else if kind == .star {
      throw failure(
        .misplacedSpread, "a spread stands only in `select`, `drop` and their like",
        label: "one column is needed here")
    } else if kind == .string || kind == .integer {
      throw expected("a name after `.`", help: "a name of other letters stands in backquotes")
    } else {
      guard kind != .variable else { throw expected("a name after `.`") }
      member = try expectName("a name after `.`")
    }
    try grow(height)
    return .member(Expression.Member(base: base, name: member, range: range(from: start)))
  }

  private mutating func parsePrimary() throws(SyntaxFailure) -> Expression {
    let token = token
    height = 1
    switch token.kind {
    case .name:
      if token.startsLine, beginsNewStatement { throw expected("an expression") }
      if isWord(token, "NOT"), beginsOperand(peek()), !peek().startsLine {
        throw failure(
          .foreignOperator, "operators are written in lower case", label: "write `not`",
          fix: "not")
      }
      advance()
      return .name(Name(text: text(token), range: range(token)))
    case .quotedName:
      return .name(try expectName("a name"))
    case .variable:
      return .variable(try expectName("a variable"))
    case .integer, .float, .duration, .timestamp, .true, .false, .null:
      return parseLiteral()
    case .string:
      return .string(parseString())
    case .interpolationStart:
      return try parseInterpolation()
    case .leftParenthesis:
      return try parseParenthesized()
    case .leftBracket:
      return try parseList()
    case .leftBrace:
      return try parseRecord()
    case .if:
      return try parseConditional()
    case .case:
      return try parseChoice()
    case .fn:
      return try parseLambda()
    default:
      throw noOperand()
    }
  }

  /// Says why an operand cannot begin with the present token.
  private mutating func noOperand() -> SyntaxFailure {
    switch kind {
    case .dot where peek().kind == .integer && !peek().followsSpace:
      return failure(
        .badNumber, "a float has digits on both sides of its point",
        at: range(token).union(range(peek())), label: "write `0.\(text(peek()))`")
    case .range:
      return failure(
        .unexpectedToken, "a range needs its lower end here",
        label: "only `rows` takes an open start")
    case .plus:
      return failure(.unexpectedToken, "there is no sign `+`", label: "leave it out")
    case .doubleSlash, .slash:
      return expected("an expression", help: "a comment begins with `#`")
    case .star:
      return failure(
        .misplacedSpread, "a spread stands only in `select`, `drop` and their like",
        help: isFirstArgument ? "to count rows, write `count()`" : nil)
    case .namePattern:
      return failure(
        .misplacedSpread, "a name pattern stands only in `select`, `drop` and their like",
        help: "a regular expression over text is a string: `name ~ \"…\"`")
    case .pipe:
      return expected("an expression", label: "a pipeline cannot begin here")
    default:
      return expected("an expression")
    }
  }

  /// Whether the present token follows `NAME(`.
  var isFirstArgument: Bool {
    position > 1 && tokens[position - 1].kind == .leftParenthesis
      && tokens[position - 2].kind == .name
  }

  // MARK: Calls

  private mutating func parseCall(
    _ callee: Expression, _ start: Int
  ) throws(SyntaxFailure) -> Expression {
    let calleeHeight = height
    let arguments = try parseArguments()
    try grow(max(calleeHeight, height))
    return .call(
      Expression.Call(callee: callee, arguments: arguments, range: range(from: start)))
  }

  /// `(a, b, name = c)`; leaves the greatest height in `height`.
  mutating func parseArguments() throws(SyntaxFailure) -> [Expression.Call.Argument] {
    openBracket()
    var arguments: [Expression.Call.Argument] = []
    var named: Set<String> = []
    var tallestArgument = 0
    while kind != .rightParenthesis {
      let argument = try parseArgument()
      tallestArgument = max(tallestArgument, height)
      if let name = argument.name {
        if !named.insert(name.text).inserted {
          report(
            .duplicateClause, "the argument `\(name.text)` is given twice", at: name.range)
        }
      } else if !named.isEmpty {
        report(
          .argumentOrder, "a positional argument follows a named one", at: argument.range,
          label: "named arguments come last")
      }
      arguments.append(argument)
      guard take(.comma) else { break }
    }
    try closeBracket(.rightParenthesis, "`,` or `)`")
    height = tallestArgument
    return arguments
  }

  private mutating func parseArgument() throws(SyntaxFailure) -> Expression.Call.Argument {
    var name: Name?
    if atArgumentName {
      name = try expectArgumentName("a name")
      advance()
    } else if kind == .name, peek().kind == .name || peek().kind == .quotedName,
      text(token).lowercased() == "distinct"
    {
      throw foreignDistinct()
    }
    return Expression.Call.Argument(name: name, value: try parsePipelineOrExpression())
  }
}

extension Expression {
  /// Whether `(` after it calls it.
  ///
  /// A literal is no function, so what follows is another thing.
  fileprivate var canBeCalled: Bool {
    switch self {
    case .literal, .string, .interpolation, .list, .record: false
    default: true
    }
  }

  /// Whether `[` after it indexes it.
  fileprivate var canBeIndexed: Bool {
    if case .literal = self { return false }
    return true
  }
}
