import PlumbDiagnostics

/// Reporting, and going on after an error.
extension Parser {
  /// Reports an error without unwinding.
  mutating func report(
    _ code: DiagnosticCode, _ message: String, at place: SourceRange, label: String? = nil,
    help: String? = nil, fix: String? = nil
  ) {
    statementHasError = true
    diagnostics.error(
      code, message, at: place, label: label, help: help,
      fix: fix.map { Diagnostic.Fix(range: place, replacement: $0) })
  }

  /// Reports an error at the present token, to be thrown.
  mutating func failure(
    _ code: DiagnosticCode, _ message: String, at place: SourceRange? = nil, label: String? = nil,
    help: String? = nil, fix: String? = nil
  ) -> SyntaxFailure {
    report(code, message, at: place ?? range(token), label: label, help: help, fix: fix)
    return SyntaxFailure()
  }

  /// Says what was expected in place of the present token.
  mutating func expected(
    _ what: String, label: String? = nil, help: String? = nil
  ) -> SyntaxFailure {
    switch kind {
    case .invalid:
      // The lexer has said what is wrong with it.
      statementHasError = true
      return SyntaxFailure()
    case .endOfFile:
      if !openBrackets.isEmpty { return unclosed() }
      if statementHasError { return SyntaxFailure() }
      if !diagnostics.hasErrors { needsMore = true }
      return failure(
        .unexpectedToken, "expected \(what), but the program ends here", label: label, help: help)
    case .rightParenthesis, .rightBracket, .rightBrace:
      if openBrackets.isEmpty, kind != .rightBrace { return unmatched() }
    case .assign:
      if label == nil, help == nil, what.hasPrefix("an expression") || what.hasPrefix("the end") {
        return failure(
          .bindingForComparison, "expected \(what), found `=`",
          label: "a comparison is written `==`")
      }
    default: break
    }
    return failure(
      .unexpectedToken, "expected \(what), found \(described(token))", label: label, help: help)
  }

  private mutating func unmatched() -> SyntaxFailure {
    failure(.unmatchedBracket, "this `\(text(token))` closes nothing")
  }

  /// Says that the innermost open bracket has no end.
  mutating func unclosed() -> SyntaxFailure {
    if statementHasError { return SyntaxFailure() }
    if kind == .endOfFile, !diagnostics.hasErrors { needsMore = true }
    guard let opener = openBrackets.last else { return SyntaxFailure() }
    return failure(
      .unclosedBracket, "this `\(text(tokens[opener]))` is never closed", at: range(tokens[opener]))
  }

  mutating func tooDeep() -> SyntaxFailure {
    failure(
      .nestingTooDeep, "the program is nested more than \(Self.maximumNesting) levels deep",
      help: "give a part of it a name with `let` or `def`")
  }

  /// A token as the middle of a sentence: quoted, and cut when it is long.
  func described(_ token: Token) -> String {
    switch token.kind {
    case .endOfFile: return "the end of the program"
    case .interpolationStart, .interpolationText, .string: return "a string"
    case .interpolationFormat: return "a format"
    default: break
    }
    let shown = file.text(token.start..<min(token.end, token.start + 160))
    return shown.count > 40 ? "`\(shown.prefix(40))…`" : "`\(shown)`"
  }

  // MARK: Recovery

  /// Whether the present token begins a line with a word that only a statement begins with.
  ///
  /// Within brackets that are never closed, this is where the next statement probably is.
  var beginsNewStatement: Bool {
    let token = token
    guard token.startsLine, token.kind == .name,
      token.start == 0 || file.bytes[token.start - 1] == 0x0A,
      !peek().startsLine, peek().kind != .assign, beginsOperand(peek()),
      peek().kind != .leftParenthesis
    else { return false }
    return StatementKeyword(rawValue: text(token)) != nil
  }

  /// Skips to the end of the stage that began within `depth` brackets: a `|`, a line end that
  /// counts, a closing bracket of its surroundings.
  mutating func skipStage(depth: Int) {
    skip(depth: depth, stopsAtPipe: true)
  }

  /// Skips to the end of the statement.
  mutating func skipStatement() {
    skip(depth: 0, stopsAtPipe: false)
  }

  private mutating func skip(depth: Int, stopsAtPipe: Bool) {
    var open = max(0, openBrackets.count - depth)
    openBrackets.removeLast(open)
    while kind != .endOfFile {
      if open == 0 {
        if kind.closes || kind == .semicolon { return }
        if stopsAtPipe, kind == .pipe { return }
        if !isContinued { return }
      } else if beginsNewStatement {
        openBrackets.removeAll()
        return
      }
      if kind.opens { open += 1 }
      if kind.closes { open -= 1 }
      advance()
    }
  }
}
