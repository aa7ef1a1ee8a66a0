import PlumbDiagnostics

/// The parts that stages are made of: items, keys, selectors, options.
extension Parser {
  /// Items separated by commas, up to a clause word, an option or the end of the stage.
  ///
  /// A comma before `|` or a closing bracket is allowed. After a comma, `NAME =` begins an option
  /// when the stage has one of that name, and an item otherwise.
  mutating func parseItems<Item>(
    of stage: StageKeyword, _ item: (inout Parser) throws(SyntaxFailure) -> Item
  ) throws(SyntaxFailure) -> [Item] {
    var items = [try item(&self)]
    while take(.comma) {
      if kind == .pipe || kind == .rightParenthesis { break }
      if atBinding, stage.options?.contains(text(token)) == true { break }
      if let word = clauseWord(of: stage) {
        throw expected(
          "another item after the comma", label: "no comma stands before `\(word)`")
      }
      items.append(try item(&self))
    }
    return items
  }

  /// The clause word of a stage at the present token, where an operand could stand too: then what
  /// follows decides, since `by` may be a column.
  func clauseWord(of stage: StageKeyword) -> String? {
    isContinued ? possibleClauseWord(of: stage) : nil
  }

  /// The same, also where the word begins a line.
  private func possibleClauseWord(of stage: StageKeyword) -> String? {
    guard kind == .name else { return nil }
    let next = peek()
    guard beginsOperand(next),
      next.kind != .minus || isWord(token, "rows") || isWord(token, "sort"),
      next.kind != .leftParenthesis || next.followsSpace, next.kind != .leftBracket,
      !next.startsLine || !openBrackets.isEmpty, next.kind != .not, next.kind != .if
    else { return nil }
    let word = text(token)
    return stage.clauses.contains(word) ? word : nil
  }

  /// Reports a clause of the stage right before this line, which the line end has cut off; nil
  /// when there is none.
  mutating func strandedClause() -> SyntaxFailure? {
    guard let stage = lastStage, stage.end == position, openBrackets.isEmpty,
      let word = possibleClauseWord(of: stage.keyword)
    else { return nil }
    return strandedClause(word, of: stage.keyword.rawValue)
  }

  /// Reports a clause that begins a line.
  mutating func strandedClause(_ word: String, of stage: some StringProtocol) -> SyntaxFailure {
    failure(
      .unexpectedToken, "`\(word)` begins a line, and no statement begins so",
      label: "write it on the line of `\(stage)`")
  }

  /// `EXPR` or `NAME = EXPR`, where the name may be a path such as `tags.owner`.
  mutating func parseNamed() throws(SyntaxFailure) -> NamedExpression {
    let name = takeTarget()
    return NamedExpression(name: name, value: try parseExpression())
  }

  /// `NAME = EXPR`, the name being needed.
  mutating func parseBinding(_ example: String) throws(SyntaxFailure) -> NamedExpression {
    guard let name = takeTarget() else {
      throw expected("a name and `=`", help: "write `\(example)`")
    }
    return NamedExpression(name: name, value: try parseExpression())
  }

  /// Consumes `NAME =` or `a.b =`, if it stands here.
  private mutating func takeTarget() -> Name? {
    guard kind == .name || kind == .quotedName, var text = name(token)?.text else { return nil }
    var length = 1
    while peek(length).kind == .dot {
      let part = peek(length + 1)
      guard let partName = name(part)?.text, part.kind != .variable else { return nil }
      text += "." + partName
      length += 2
    }
    guard peek(length).kind == .assign else { return nil }
    let name = Name(text: text, range: range(token).union(range(peek(length - 1))))
    position += length + 1
    return name
  }

  /// `EXPR` or `-EXPR`; a sign means descending, for any type.
  mutating func parseSortKey() throws(SyntaxFailure) -> SortKey {
    let start = position
    if kind == .plus {
      throw failure(.unexpectedToken, "a `+` is not needed", label: "leave it out")
    }
    guard kind == .minus else {
      return SortKey(value: try parseExpression(), isDescending: false, range: range(from: start))
    }
    advance()
    let value = try parsePostfix()
    tallest = max(tallest, height)
    if kind.infixOperator != nil, isContinued {
      throw failure(
        .ambiguousOperators, "a `-` before a key means descending order",
        label: "put the key in parentheses: `-(… \(text(token)) …)`")
    }
    return SortKey(value: value, isDescending: true, range: range(from: start))
  }

  /// `KEY` or `l == r`.
  mutating func parseJoinKey() throws(SyntaxFailure) -> JoinKey {
    let expression = try parseExpression()
    guard case .binary(let node) = expression else { return .same(expression) }
    switch node.operation {
    case .equal: return .pair(left: node.left, right: node.right)
    case .and:
      throw failure(
        .unexpectedToken, "the keys of a join are separated by commas", at: node.operatorRange,
        label: "write `,`", fix: ",")
    default: return .same(expression)
    }
  }

  /// A table: a name, a call, a variable, or a pipeline in parentheses.
  mutating func parseTableReference() throws(SyntaxFailure) -> Expression {
    guard beginsOperand(token), kind != .minus, kind != .not else { throw expected("a table") }
    let table = try parsePostfix()
    tallest = max(tallest, height)
    return table
  }

  // MARK: Selectors

  /// A column, `prefix.*`, `*`, or `/regex/`.
  mutating func parseSelector() throws(SyntaxFailure) -> ColumnSelector {
    if let pattern = takePattern() { return .pattern(pattern) }
    if let spread = try parseSpread() { return .spread(spread) }
    return .column(try parseExpression())
  }

  mutating func takePattern() -> NamePattern? {
    guard kind == .namePattern else { return nil }
    let token = token
    advance()
    var regex: [UInt8] = []
    for byte in file.bytes[token.start + 1..<token.end - 1] {
      if byte == UInt8(ascii: "/"), regex.last == UInt8(ascii: "\\") { regex.removeLast() }
      regex.append(byte)
    }
    return NamePattern(regex: String(decoding: regex, as: UTF8.self), range: range(token))
  }

  /// `*` or `prefix.*`, with `except (…)`, if it stands here.
  mutating func parseSpread() throws(SyntaxFailure) -> Spread? {
    let start = position
    var prefix: Expression?
    if kind != .star {
      guard kind == .name || kind == .quotedName else { return nil }
      var length = 1
      while peek(length).kind == .dot, name(peek(length + 1)) != nil { length += 2 }
      guard peek(length).kind == .dot, peek(length + 1).kind == .star else { return nil }
      prefix = try parseFamily(length)
    }
    advance()
    var except: [ColumnSelector] = []
    if takeWord("except") {
      guard kind == .leftParenthesis else {
        throw expected("`(`", help: "write `* except (a, b)`")
      }
      openBracket()
      while kind != .rightParenthesis {
        except.append(try parseSelector())
        guard take(.comma) else { break }
      }
      try closeBracket(.rightParenthesis, "`,` or `)`")
    }
    return Spread(prefix: prefix, except: except, range: range(from: start))
  }

  /// The `a.b` of `a.b.*`, which is `length` tokens long; leaves the parser at the `*`.
  private mutating func parseFamily(_ length: Int) throws(SyntaxFailure) -> Expression {
    let start = position
    let end = position + length
    height = 1
    var prefix = Expression.name(try expectName("a column"))
    while position < end {
      advance()
      let member = try expectName("a name after `.`")
      try grow(height)
      prefix = .member(
        Expression.Member(base: prefix, name: member, range: range(from: start)))
    }
    advance()
    tallest = max(tallest, height)
    return prefix
  }

  // MARK: Options

  /// `NAME = VALUE` at the end of a stage, separated by spaces or commas.
  mutating func parseOptions(of stage: StageKeyword) throws(SyntaxFailure) -> [Option] {
    var options: [Option] = []
    while isContinued {
      if kind == .comma, peek(2).kind == .assign { advance() }
      guard atBinding else { break }
      let option = try parseOption()
      check(option, of: stage)
      append(option, to: &options)
    }
    return options
  }

  /// `NAME = VALUE`.
  mutating func parseOption() throws(SyntaxFailure) -> Option {
    let name = try expectArgumentName("an option's name")
    guard kind == .assign else { throw expected("`=` and a value") }
    advance()
    return Option(name: name, value: try parseExpression())
  }

  /// Adds an option, unless it is given twice.
  mutating func append(_ option: Option, to options: inout [Option]) {
    if options.contains(where: { $0.name.text == option.name.text }) {
      report(
        .duplicateClause, "the option `\(option.name.text)` is given twice", at: option.name.range)
    }
    options.append(option)
  }

  private mutating func check(_ option: Option, of stage: StageKeyword) {
    guard let known = stage.options, !known.contains(option.name.text) else { return }
    let name = option.name.text
    var label: String?
    if let near = nearestName(to: name, in: known) {
      label = "did you mean `\(near)`?"
    } else if known.isEmpty {
      label = "a comparison is written `==`; this stage has no options"
    } else {
      label = "its options are \(known.map { "`\($0)`" }.joined(separator: ", "))"
    }
    report(
      .unknownOption, "`\(stage.rawValue)` has no option `\(name)`", at: option.name.range,
      label: label)
  }
}
