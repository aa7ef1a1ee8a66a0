import PlumbDiagnostics

/// Blocks and the statements that hold them.
extension Parser {
  /// `{ … }`, within which line ends count again.
  mutating func parseBlock() throws(SyntaxFailure) -> Block {
    guard kind == .leftBrace else {
      if kind == .assign {
        throw failure(
          .bindingForComparison, "expected `{`, found `=`", label: "a comparison is written `==`")
      }
      let isStage = kind == .name && StageKeyword(rawValue: text(token)) != nil
      throw expected(
        "`{` and a block", label: isStage ? "a stage begins with `|`: `| \(text(token))`" : nil)
    }
    return try nested { parser throws(SyntaxFailure) in
      let start = parser.position
      parser.advance()
      let statements = parser.parseStatements()
      guard parser.kind == .rightBrace else {
        guard parser.kind == .endOfFile else {
          throw parser.expected("`}`")
        }
        if parser.statementHasError { throw SyntaxFailure() }
        if !parser.diagnostics.hasErrors { parser.needsMore = true }
        throw parser.failure(
          .unclosedBracket, "this `{` is never closed", at: parser.range(parser.tokens[start]))
      }
      parser.advance()
      return Block(statements: statements, range: parser.range(from: start))
    }
  }

  /// `if c { … }` is a statement, `if c then a else b` an expression.
  mutating func parseIfOrConditional() throws(SyntaxFailure) -> Statement {
    let start = position
    advance()
    let condition = try parseExpression()
    if kind == .then {
      let head = try parseConditional(after: condition, start)
      guard kind == .pipe, isContinued else { return .expression(head) }
      return .expression(try parsePipeline(head, from: start))
    }
    if kind == .pipe { throw misplacedPipeline() }
    var branches = [IfStatement.Branch(condition: condition, body: try parseBlock())]
    var otherwise: Block?
    while kind == .else || isWord(token, "elif") && isContinued {
      if kind == .name {
        throw failure(.foreignWord, "there is no `elif`", label: "write `else if`", fix: "else if")
      }
      advance()
      guard kind == .if else {
        otherwise = try parseBlock()
        break
      }
      advance()
      let condition = try parseExpression()
      if kind == .pipe { throw misplacedPipeline() }
      branches.append(IfStatement.Branch(condition: condition, body: try parseBlock()))
    }
    return .conditional(
      IfStatement(branches: branches, otherwise: otherwise, range: range(from: start)))
  }

  mutating func parseFor(_ start: Int) throws(SyntaxFailure) -> ForStatement {
    guard kind != .variable, kind != .leftParenthesis else {
      throw expected("a name after `for`", help: "write `for x in TABLE { … }`")
    }
    let variable = try expectName("a name after `for`")
    guard kind == .in else { throw expected("`in`", help: "write `for x in TABLE { … }`") }
    advance()
    let sequence = try parsePipelineOrExpression()
    let body = try parseBlock()
    return ForStatement(
      variable: variable, sequence: sequence, body: body, range: range(from: start))
  }

  mutating func parseWhile(_ start: Int) throws(SyntaxFailure) -> WhileStatement {
    let condition = try parseExpression()
    if kind == .pipe { throw misplacedPipeline() }
    let body = try parseBlock()
    return WhileStatement(condition: condition, body: body, range: range(from: start))
  }

  /// `return` or `return VALUE`; the value begins on the same line.
  mutating func parseReturn(_ start: Int) throws(SyntaxFailure) -> ReturnStatement {
    var value: Expression?
    if !token.startsLine, kind != .semicolon, kind != .rightBrace, kind != .endOfFile {
      value = try parsePipelineOrExpression()
    }
    return ReturnStatement(value: value, range: range(from: start))
  }

  // MARK: Sources

  /// `import NAME [as ALIAS]`, `import "PATH" [as ALIAS]`.
  mutating func parseImport(_ start: Int) throws(SyntaxFailure) -> ImportStatement {
    let source: ImportStatement.Source
    if kind == .string {
      source = .path(parseString())
    } else {
      guard kind != .variable else { throw expected("a module or a path") }
      source = .module(try expectName("a module or a path"))
    }
    let alias = try parseAlias()
    return ImportStatement(source: source, alias: alias, range: range(from: start))
  }

  private mutating func parseAlias() throws(SyntaxFailure) -> Name? {
    guard takeWord("as") else { return nil }
    guard kind != .variable else { throw expected("a name after `as`") }
    return try expectName("a name after `as`")
  }

  /// `open ADDRESS [as ALIAS] [, OPTION = VALUE …]`.
  mutating func parseOpen(_ start: Int) throws(SyntaxFailure) -> OpenStatement {
    let address = try parseExpression()
    let alias = try parseAlias()
    let options = try parseStatementOptions()
    return OpenStatement(
      address: address, alias: alias, options: options, range: range(from: start))
  }

  /// `load NAME from ADDRESS [, OPTION = VALUE …]`.
  mutating func parseLoad(_ start: Int) throws(SyntaxFailure) -> LoadStatement {
    guard kind != .variable else { throw expected("a name after `load`") }
    if kind == .string {
      throw expected(
        "a name after `load`",
        help:
          "write `load NAME from \(described(token) == "a string" ? text(token).prefix(60) : "…")`")
    }
    let name = try expectName("a name after `load`")
    guard isWord(token, "from") else {
      throw expected("`from`", help: "write `load \(name.text.prefix(40)) from \"file.csv\"`")
    }
    advance()
    let address = try parseExpression()
    let options = try parseStatementOptions()
    return LoadStatement(
      name: name, address: address, options: options, range: range(from: start))
  }

  /// `save store PATH`; the parser stands at `store`.
  mutating func parseSaveStore(_ start: Int) throws(SyntaxFailure) -> SaveStoreStatement {
    advance()
    let path = try parseExpression()
    return SaveStoreStatement(path: path, range: range(from: start))
  }

  private mutating func parseStatementOptions() throws(SyntaxFailure) -> [Option] {
    var options: [Option] = []
    while take(.comma) { append(try parseOption(), to: &options) }
    if atBinding, isContinued {
      throw expected("`,`", label: "options of a statement are separated by commas")
    }
    return options
  }

  // MARK: Checks

  /// `expect CONDITION [, MESSAGE]`.
  mutating func parseExpect(_ start: Int) throws(SyntaxFailure) -> ExpectStatement {
    let condition = try parseExpression()
    if kind == .pipe, isContinued { throw misplacedPipeline() }
    let message = take(.comma) ? try parseExpression() : nil
    return ExpectStatement(condition: condition, message: message, range: range(from: start))
  }

  /// `check ID [TITLE] [(OPTION = VALUE, …)] { … }`.
  mutating func parseCheck(_ start: Int) throws(SyntaxFailure) -> CheckStatement {
    let form = "write `check \"id\" \"title\" (severity = \"high\") { … }`"
    guard kind == .string || kind == .interpolationStart else {
      throw expected("the check's id, a string", help: form)
    }
    let id = try parseStringOperand()
    var title: Expression?
    if kind == .string || kind == .interpolationStart { title = try parseStringOperand() }
    let options = kind == .leftParenthesis ? try parseCheckOptions() : []
    guard kind == .leftBrace else { throw expected("`{` and the body of the check", help: form) }
    let body = try parseBlock()
    return CheckStatement(
      id: id, title: title, options: options, body: body, range: range(from: start))
  }

  private mutating func parseStringOperand() throws(SyntaxFailure) -> Expression {
    kind == .string ? .string(parseString()) : try parseInterpolation()
  }

  private mutating func parseCheckOptions() throws(SyntaxFailure) -> [Option] {
    var options: [Option] = []
    for argument in try parseArguments() {
      guard let name = argument.name else {
        throw failure(
          .unexpectedToken, "the options of a check have names", at: argument.range,
          label: "write `NAME = …`")
      }
      options.append(Option(name: name, value: argument.value))
    }
    return options
  }

  /// `snapshot registry to ADDRESS`.
  mutating func parseSnapshot(_ start: Int) throws(SyntaxFailure) -> SnapshotStatement {
    let form = "write `snapshot registry to \"history/\"`"
    guard takeWord("registry") else { throw expected("`registry`", help: form) }
    guard takeWord("to") else { throw expected("`to`", help: form) }
    let address = try parseExpression()
    return SnapshotStatement(address: address, range: range(from: start))
  }

  /// `explain PIPELINE`, `profile PIPELINE`.
  mutating func parseInspect(_ start: Int) throws(SyntaxFailure) -> InspectStatement {
    InspectStatement(subject: try parsePipelineOrExpression(), range: range(from: start))
  }
}
