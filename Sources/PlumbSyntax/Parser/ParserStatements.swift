import PlumbDiagnostics

/// Statements, each of which recovers from its own errors.
extension Parser {
  /// The statements of a file, up to its end.
  mutating func parseProgram() -> [Statement] {
    var statements: [Statement] = []
    while true {
      statements += parseStatements()
      guard kind != .endOfFile else { return statements }
      report(.unmatchedBracket, "this `\(text(token))` closes nothing", at: range(token))
      while kind.closes { advance() }
    }
  }

  /// Statements up to what closes around them.
  mutating func parseStatements() -> [Statement] {
    var statements: [Statement] = []
    while true {
      while kind == .semicolon { advance() }
      if kind == .endOfFile || kind.closes { return statements }
      statementHasError = false
      statements.append(parseStatementOrRecover())
    }
  }

  private mutating func parseStatementOrRecover() -> Statement {
    let start = position
    do {
      let statement = try parseStatement()
      try expectStatementEnd()
      return statement
    } catch {
      if position == start { advance() }
      skipStatement()
      return .malformed(range(from: start))
    }
  }

  private mutating func expectStatementEnd() throws(SyntaxFailure) {
    switch kind {
    case .semicolon, .endOfFile, .rightBrace: return
    case .rightParenthesis, .rightBracket: throw expected("the end of the statement")
    default: break
    }
    if !isContinued { return }
    if kind == .name, let keyword = StageKeyword(rawValue: text(token)) {
      throw expected(
        "the end of the statement", label: "a stage begins with `|`: `| \(keyword.rawValue)`")
    }
    if kind == .pipe { throw misplacedPipeline() }
    if beginsOperand(token) {
      let previous = tokens[position - 1]
      throw failure(
        .missingSeparator, "two statements stand on one line",
        label: isCommand(previous)
          ? "a call has parentheses: `\(text(previous))(…)`"
          : "a `;`, `|` or operator is missing before this")
    }
    throw expected("the end of the statement")
  }

  mutating func parseStatement() throws(SyntaxFailure) -> Statement {
    if kind == .if { return try parseIfOrConditional() }
    if kind == .pipe { return try parseContinuation() }
    guard kind == .name else { return try parseAssignmentOrExpression() }
    if let failure = strandedClause() { throw failure }
    if let keyword = StatementKeyword(rawValue: text(token)), beginsStatement(keyword) {
      return try parseKeywordStatement(keyword)
    }
    if beginsProfileSaving { return try parseProfileSaving() }
    let start = position
    if parseForeignStatement() { return .malformed(range(from: start)) }
    if let keyword = StageKeyword(rawValue: text(token)), beginsLooseStage {
      throw failure(
        .missingHead, "a stage stands after a table and `|`",
        label: lastStage?.end == position
          ? "write `| \(keyword.rawValue) …`" : "write `TABLE | \(keyword.rawValue) …`")
    }
    return try parseAssignmentOrExpression()
  }

  /// Whether the statement word at the present token is one here, not a name or a call.
  private func beginsStatement(_ keyword: StatementKeyword) -> Bool {
    let next = peek()
    // `save` alone is a stage.
    if keyword == .save { return isWord(next, "store") && !next.startsLine }
    switch next.kind {
    case .pipe, .dot, .assign: return false
    case .leftParenthesis where !next.followsSpace:
      return keyword == .while || keyword == .return || keyword == .for
    case .minus, .not: return true
    default: return next.kind.infixOperator == nil || keyword == .for
    }
  }

  /// Whether an operand follows the name of a stage directly, as it follows no other name.
  private var beginsLooseStage: Bool {
    switch peek().kind {
    case .name, .quotedName, .variable, .integer, .string: !peek().startsLine
    default: false
    }
  }

  private mutating func parseKeywordStatement(
    _ keyword: StatementKeyword
  ) throws(SyntaxFailure) -> Statement {
    let start = position
    advance()
    switch keyword {
    case .let: return .constant(try parseBinding(after: "let", start))
    case .var: return .variable(try parseBinding(after: "var", start))
    case .def: return .function(try parseFunction(start))
    case .param: return .parameter(try parseParameterDeclaration(start))
    case .for: return .forLoop(try parseFor(start))
    case .while: return .whileLoop(try parseWhile(start))
    case .break: return .breakLoop(range(from: start))
    case .continue: return .continueLoop(range(from: start))
    case .return: return .returnValue(try parseReturn(start))
    case .import: return .importModule(try parseImport(start))
    case .open: return .open(try parseOpen(start))
    case .load: return .load(try parseLoad(start))
    case .save: return .saveStore(try parseSaveStore(start))
    case .expect: return .expect(try parseExpect(start))
    case .check: return .check(try parseCheck(start))
    case .explain: return .explain(try parseInspect(start))
    case .profile: return .profile(try parseInspect(start))
    case .snapshot: return .snapshot(try parseSnapshot(start))
    }
  }

  /// Whether a token is the name of something that is only ever called.
  private func isCommand(_ token: Token) -> Bool {
    token.kind == .name && (text(token) == "print" || text(token) == "help")
  }

  // MARK: Values

  /// `NAME = VALUE` after `let` or `var`.
  private mutating func parseBinding(
    after word: String, _ start: Int
  ) throws(SyntaxFailure) -> Binding {
    guard kind != .variable else {
      throw expected("a name", label: "a name is defined without `$`")
    }
    let name = try expectName("a name after `\(word)`")
    guard kind == .assign else {
      throw expected("`=` and a value", label: kind == .equal ? "write `=`" : nil)
    }
    advance()
    let value = try parsePipelineOrExpression()
    return Binding(name: name, value: value, range: range(from: start))
  }

  private mutating func parseAssignmentOrExpression() throws(SyntaxFailure) -> Statement {
    let start = position
    if atBinding {
      let name = try expectName("a name")
      advance()
      let value = try parsePipelineOrExpression()
      return .assignment(Binding(name: name, value: value, range: range(from: start)))
    }
    if let target = badTarget() { throw target }
    return .expression(try parsePipelineOrExpression())
  }

  /// `a.b = …`, `a[0] = …` and `$a = …`, which look like assignments and are none.
  private mutating func badTarget() -> SyntaxFailure? {
    guard kind == .name || kind == .quotedName || kind == .variable else { return nil }
    var length = 1
    while true {
      if peek(length).kind == .dot, peek(length + 1).kind == .name {
        length += 2
      } else if peek(length).kind == .leftBracket, peek(length + 2).kind == .rightBracket {
        length += 3
      } else {
        break
      }
    }
    guard peek(length).kind == .assign, !peek(length).startsLine else { return nil }
    return failure(
      .badTarget, "only a name can be assigned to",
      at: range(token).union(range(peek(length - 1))),
      label: kind == .variable
        ? "leave out the `$`" : "to change a column, write `TABLE | derive …`")
  }

  /// An input that begins with `|` goes on from the last result.
  private mutating func parseContinuation() throws(SyntaxFailure) -> Statement {
    let start = position
    guard continuesLastResult, start == 0 else {
      throw failure(
        .missingHead, "a pipeline begins with a table", label: "nothing stands before this `|`")
    }
    let place = SourceRange(file, token.start, token.start)
    height = 1
    let head = Expression.name(Name(text: "_", range: place))
    return .expression(try parsePipeline(head, from: start))
  }

  // MARK: Definitions

  private mutating func parseFunction(_ start: Int) throws(SyntaxFailure) -> FunctionDefinition {
    let documentation = documentation(before: start)
    guard kind != .variable else { throw expected("a function's name") }
    let name = try expectName("a function's name")
    guard kind == .leftParenthesis else {
      throw expected("`(`", help: "write `def \(name.text.prefix(40))(x) = …`")
    }
    let parameters = try parseParameters()
    let body: FunctionDefinition.Body
    if kind == .assign {
      advance()
      body = .value(try parsePipelineOrExpression())
    } else if kind == .leftBrace {
      body = .block(try parseBlock())
    } else {
      throw expected("`=` or `{`", help: "write `def f(x) = …` or `def f(x) { … return … }`")
    }
    return FunctionDefinition(
      name: name, parameters: parameters, body: body, documentation: documentation,
      range: range(from: start))
  }

  /// The `##` lines directly above a token.
  private func documentation(before index: Int) -> String? {
    var low = 0
    var high = comments.count
    while low < high {
      let middle = (low + high) / 2
      if comments[middle].nextToken <= index { low = middle + 1 } else { high = middle }
    }
    var lines: [String] = []
    var line = file.line(at: tokens[index].start)
    while low > 0 {
      let comment = comments[low - 1]
      guard comment.nextToken == index, comment.isDocumentation, comment.isOwnLine,
        file.line(at: comment.range.lowerBound) == line - 1
      else { break }
      let body = file.text(comment.range.lowerBound + 2..<comment.range.upperBound)
      lines.append(body.hasPrefix(" ") ? String(body.dropFirst()) : body)
      line -= 1
      low -= 1
    }
    return lines.isEmpty ? nil : lines.reversed().joined(separator: "\n")
  }

  /// `param NAME: TYPE = VALUE "DOC"`.
  private mutating func parseParameterDeclaration(
    _ start: Int
  ) throws(SyntaxFailure) -> ParameterDeclaration {
    guard kind != .variable else { throw expected("a parameter's name") }
    let name = try expectName("a parameter's name")
    let type = try parseTypeAnnotation()
    var defaultValue: Expression?
    if take(.assign) { defaultValue = try parseExpression() }
    var documentation: String?
    if kind == .string, isContinued { documentation = parseString().value }
    if type == nil, defaultValue == nil {
      throw failure(
        .missingOption, "a parameter needs a type or a value", at: name.range,
        label: "write `param \(name.text.prefix(40)): string`")
    }
    return ParameterDeclaration(
      name: name, type: type, defaultValue: defaultValue, documentation: documentation,
      range: range(from: start))
  }
}
