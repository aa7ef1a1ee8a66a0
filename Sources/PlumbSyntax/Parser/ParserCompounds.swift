import PlumbDiagnostics

/// Operands that have parts: parentheses, lists, records, conditionals, lambdas.
extension Parser {
  mutating func parseParenthesized() throws(SyntaxFailure) -> Expression {
    let start = position
    openBracket()
    if kind == .rightParenthesis {
      throw expected("an expression")
    }
    if atBinding {
      let namesColumns: Set<String> = ["select", "derive", "summarize", "window", "rename"]
      let beginsStage =
        start > 1 && tokens[start - 2].kind == .pipe
        && namesColumns.contains(text(tokens[start - 1]))
      throw failure(
        .bindingForComparison, "`=` binds a name and does not compare", at: range(peek()),
        label: "a comparison is written `==`",
        help: beginsStage ? "a stage takes its items without parentheses around them" : nil)
    }
    let expression = try parsePipelineOrExpression()
    if kind == .comma {
      throw failure(
        .unexpectedToken, "parentheses hold one expression",
        help: "a list is written `[a, b]`; a stage takes its items without parentheses")
    }
    try closeBracket(.rightParenthesis, "`)`")
    try grow(height)
    return .parenthesized(
      Expression.Parenthesized(expression: expression, range: range(from: start)))
  }

  mutating func parseList() throws(SyntaxFailure) -> Expression {
    let start = position
    openBracket()
    var elements: [Expression] = []
    var tallestElement = 0
    while kind != .rightBracket {
      elements.append(try parseExpression())
      tallestElement = max(tallestElement, height)
      guard take(.comma) else { break }
    }
    if kind == .pipe { throw misplacedPipeline() }
    try closeBracket(.rightBracket, "`,` or `]`")
    try grow(tallestElement)
    return .list(Expression.List(elements: elements, range: range(from: start)))
  }

  mutating func parseRecord() throws(SyntaxFailure) -> Expression {
    let start = position
    openBracket()
    var fields: [Expression.Record.Field] = []
    var keys: Set<String> = []
    var tallestField = 0
    while kind != .rightBrace {
      let key = try parseRecordKey()
      if !keys.insert(key.text).inserted {
        report(.duplicateClause, "the key `\(key.text)` is given twice", at: key.range)
      }
      guard kind == .colon else {
        throw expected("`:` and a value", help: "a record is written `{name: value}`")
      }
      advance()
      let value = try parseExpression()
      tallestField = max(tallestField, height)
      fields.append(Expression.Record.Field(key: key, value: value))
      guard take(.comma) else { break }
    }
    if kind == .pipe { throw misplacedPipeline() }
    try closeBracket(.rightBrace, "`,` or `}`")
    try grow(tallestField)
    return .record(Expression.Record(fields: fields, range: range(from: start)))
  }

  private mutating func parseRecordKey() throws(SyntaxFailure) -> Name {
    if kind == .string {
      let key = parseString()
      return Name(text: key.value, range: key.range)
    }
    if kind.isReservedWord, peek().kind == .colon {
      let key = Name(text: text(token), range: range(token))
      advance()
      return key
    }
    guard kind != .variable else { throw expected("a key") }
    return try expectName("a key")
  }

  /// `if c then a else b`.
  mutating func parseConditional() throws(SyntaxFailure) -> Expression {
    let start = position
    advance()
    return try parseConditional(after: try parseExpression(), start)
  }

  /// What follows the condition of a conditional expression.
  mutating func parseConditional(
    after condition: Expression, _ start: Int
  ) throws(SyntaxFailure) -> Expression {
    var tallestPart = height
    try expect(.then, "`then`")
    let consequence = try parseExpression()
    tallestPart = max(tallestPart, height)
    guard kind == .else else {
      throw expected("`else`", help: "a conditional has a value in both cases")
    }
    advance()
    let alternative = try parseExpression()
    try grow(max(tallestPart, height))
    return .conditional(
      Expression.Conditional(
        condition: condition, consequence: consequence, alternative: alternative,
        range: range(from: start)))
  }

  /// `case { c1: v1, else: v2 }`.
  mutating func parseChoice() throws(SyntaxFailure) -> Expression {
    let start = position
    advance()
    guard kind == .leftBrace else {
      throw expected("`{`", help: "write `case { condition: value, else: value }`")
    }
    openBracket()
    var arms: [Expression.Choice.Arm] = []
    var otherwise: Expression?
    var tallestPart = 0
    while kind != .rightBrace {
      if kind == .else {
        let place = range(token)
        advance()
        try expect(.colon, "`:` and a value")
        let value = try parseExpression()
        if otherwise != nil { report(.duplicateClause, "`else` is given twice", at: place) }
        otherwise = value
      } else {
        if otherwise != nil { throw failure(.unexpectedToken, "`else` comes last in a `case`") }
        let condition = try parseExpression()
        tallestPart = max(tallestPart, height)
        try expect(.colon, "`:` and a value")
        arms.append(Expression.Choice.Arm(condition: condition, value: try parseExpression()))
      }
      tallestPart = max(tallestPart, height)
      guard take(.comma) else { break }
    }
    if kind == .pipe { throw misplacedPipeline() }
    try closeBracket(.rightBrace, "`,` or `}`")
    try grow(tallestPart)
    return .choice(
      Expression.Choice(arms: arms, otherwise: otherwise, range: range(from: start)))
  }

  /// `fn (x) => e`.
  mutating func parseLambda() throws(SyntaxFailure) -> Expression {
    let start = position
    advance()
    guard kind == .leftParenthesis else {
      throw expected("`(`", help: "write `fn (x) => …`")
    }
    let parameters = try parseParameters()
    try expect(.arrow, "`=>` and an expression")
    let body = try parseExpression()
    try grow(height)
    return .lambda(
      Expression.Lambda(parameters: parameters, body: body, range: range(from: start)))
  }

  /// `(x, y: float, z = 3)`.
  mutating func parseParameters() throws(SyntaxFailure) -> [FunctionParameter] {
    openBracket()
    var parameters: [FunctionParameter] = []
    var names: Set<String> = []
    while kind != .rightParenthesis {
      let start = position
      guard kind != .variable else { throw expected("a parameter's name") }
      let name = try expectName("a parameter's name")
      if !names.insert(name.text).inserted {
        report(.duplicateName, "the parameter `\(name.text)` is given twice", at: name.range)
      }
      let type = try parseTypeAnnotation()
      var defaultValue: Expression?
      if take(.assign) { defaultValue = try parseExpression() }
      parameters.append(
        FunctionParameter(
          name: name, type: type, defaultValue: defaultValue, range: range(from: start)))
      guard take(.comma) else { break }
    }
    try closeBracket(.rightParenthesis, "`,` or `)`")
    return parameters
  }

  /// `: TYPE`, if it stands here.
  mutating func parseTypeAnnotation() throws(SyntaxFailure) -> TypeName? {
    guard take(.colon) else { return nil }
    if kind == .null {
      let place = range(token)
      advance()
      return TypeName(name: "null", range: place)
    }
    guard kind == .name else { throw expected("a type") }
    let type = TypeName(name: text(token), range: range(token))
    advance()
    return type
  }

  mutating func misplacedPipeline() -> SyntaxFailure {
    failure(
      .misplacedPipeline, "a pipeline cannot stand here", label: "put it in parentheses")
  }
}
