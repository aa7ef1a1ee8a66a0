import PlumbDiagnostics

/// Brackets, separators and operators, those of other languages included.
extension Lexer {
  mutating func lexPunctuation(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "("): openBracket(.leftParenthesis)
    case UInt8(ascii: "["): openBracket(.leftBracket)
    case UInt8(ascii: "{"): openBracket(.leftBrace)
    case UInt8(ascii: ")"): closeBracket(.rightParenthesis)
    case UInt8(ascii: "]"): closeBracket(.rightBracket)
    case UInt8(ascii: "}"):
      if let open = openStrings.last, open.bracketDepth == 0 {
        closeInterpolation(length: 1)
      } else {
        closeBracket(.rightBrace)
      }
    case UInt8(ascii: ","): take(1, .comma)
    case UInt8(ascii: ";"): take(1, .semicolon)
    case UInt8(ascii: ":"): lexColon()
    case UInt8(ascii: "."): peek(1) == UInt8(ascii: ".") ? take(2, .range) : take(1, .dot)
    case UInt8(ascii: "~"): take(1, .match)
    case UInt8(ascii: "%"): lexPercent()
    case UInt8(ascii: "+"), UInt8(ascii: "-"): lexSign(byte)
    case UInt8(ascii: "*"): lexStar()
    case UInt8(ascii: "/"): lexSlash()
    case UInt8(ascii: "="): lexEquals()
    case UInt8(ascii: "!"): lexExclamation()
    case UInt8(ascii: "<"): lexLess()
    case UInt8(ascii: ">"):
      peek(1) == UInt8(ascii: "=") ? take(2, .greaterOrEqual) : take(1, .greater)
    case UInt8(ascii: "|"): lexBar()
    case UInt8(ascii: "&"):
      foreign(peek(1) == UInt8(ascii: "&") ? 2 : 1, .and, "and")
    case UInt8(ascii: "^"): foreign(1, .power, "**")
    case UInt8(ascii: "?"): lexQuestion()
    case UInt8(ascii: "@"): lexTimestamp()
    case UInt8(ascii: "`"): lexQuotedName()
    case UInt8(ascii: "$"): lexVariable()
    default: lexJunk()
    }
  }

  private mutating func take(_ length: Int, _ kind: TokenKind) {
    let start = cursor
    cursor += length
    emit(kind, from: start)
  }

  private mutating func openBracket(_ kind: TokenKind) {
    if !openStrings.isEmpty { openStrings[openStrings.count - 1].bracketDepth += 1 }
    take(1, kind)
  }

  private mutating func closeBracket(_ kind: TokenKind) {
    if let open = openStrings.last, open.bracketDepth > 0 {
      openStrings[openStrings.count - 1].bracketDepth -= 1
    }
    take(1, kind)
  }

  /// Reports an operator of another language and emits the one that was meant.
  private mutating func foreign(_ length: Int, _ kind: TokenKind, _ meant: String) {
    let range = cursor..<cursor + length
    error(
      .foreignOperator, "there is no operator `\(file.text(range))`", range,
      label: "write `\(meant)`", fix: meant)
    take(length, kind)
  }

  private mutating func lexColon() {
    if let open = openStrings.last, open.bracketDepth == 0 { return lexInterpolationFormat() }
    if peek(1) == UInt8(ascii: "=") { return foreign(2, .assign, "=") }
    take(1, .colon)
  }

  private mutating func lexPercent() {
    if peek(1) == UInt8(ascii: ">"), peek(2) == UInt8(ascii: "%") { return foreign(3, .pipe, "|") }
    take(1, .percent)
  }

  private mutating func lexSign(_ byte: UInt8) {
    if peek(1) == UInt8(ascii: "="), peek(2) != UInt8(ascii: "=") {
      error(
        .foreignOperator, "there is no operator `\(file.text(cursor..<cursor + 2))`",
        cursor..<cursor + 2, label: "write `NAME = NAME \(UnicodeScalar(byte)) …`")
      return take(2, .invalid)
    }
    if byte == UInt8(ascii: "-"), peek(1) == UInt8(ascii: ">") { return foreign(2, .arrow, "=>") }
    take(1, byte == UInt8(ascii: "+") ? .plus : .minus)
  }

  private mutating func lexStar() {
    peek(1) == UInt8(ascii: "*") ? take(2, .power) : take(1, .star)
  }

  /// Division, or a name pattern: `/` after `select`, `drop`, `(` or `,` can be nothing else.
  private mutating func lexSlash() {
    if canBeginPattern, let length = patternLength() { return take(length, .namePattern) }
    peek(1) == UInt8(ascii: "/") ? take(2, .doubleSlash) : take(1, .slash)
  }

  private var canBeginPattern: Bool {
    guard let last = tokens.last else { return false }
    switch last.kind {
    case .comma, .leftParenthesis:
      return true
    case .name:
      guard tokens.count >= 2, tokens[tokens.count - 2].kind == .pipe else {
        return isOnClause(last)
      }
      let word = last.start..<last.end
      return spells(bytes, word, "select") || spells(bytes, word, "drop")
        || spells(bytes, word, "distinct") || spells(bytes, word, "unpivot")
    default:
      return false
    }
  }

  /// `on /regex/`, as in `drift against t on /^score/`; but not `where on / 2`.
  private func isOnClause(_ token: Token) -> Bool {
    guard spells(bytes, token.start..<token.end, "on"), tokens.count >= 3 else { return false }
    let before = tokens[tokens.count - 2].kind
    switch before {
    case .name: return tokens[tokens.count - 3].kind != .pipe
    case .quotedName, .rightParenthesis, .rightBracket, .duration: return true
    default: return false
    }
  }

  private func patternLength() -> Int? {
    var length = 1
    while true {
      switch peek(length) {
      case 0, 0x0A: return nil
      case UInt8(ascii: "\\") where peek(length + 1) != 0x0A && peek(length + 1) != 0: length += 2
      case UInt8(ascii: "/"): return length == 1 ? nil : length + 1
      default: length += 1
      }
    }
  }

  private mutating func lexEquals() {
    switch (peek(1), peek(2)) {
    case (UInt8(ascii: "="), UInt8(ascii: "=")): foreign(3, .equal, "==")
    case (UInt8(ascii: "="), _): take(2, .equal)
    case (UInt8(ascii: ">"), _): take(2, .arrow)
    // `x =~ y` of other languages; `x = ~y` does not occur, since `~` is no prefix.
    case (UInt8(ascii: "~"), _): foreign(2, .match, "~")
    default: take(1, .assign)
    }
  }

  private mutating func lexExclamation() {
    switch (peek(1), peek(2)) {
    case (UInt8(ascii: "="), UInt8(ascii: "=")): foreign(3, .notEqual, "!=")
    case (UInt8(ascii: "="), _): take(2, .notEqual)
    case (UInt8(ascii: "~"), _): take(2, .notMatch)
    default: foreign(1, .not, "not")
    }
  }

  private mutating func lexLess() {
    switch peek(1) {
    case UInt8(ascii: "="): take(2, .lessOrEqual)
    case UInt8(ascii: ">"): foreign(2, .notEqual, "!=")
    default: take(1, .less)
    }
  }

  private mutating func lexBar() {
    switch peek(1) {
    case UInt8(ascii: "|"): foreign(2, .or, "or")
    case UInt8(ascii: ">"): foreign(2, .pipe, "|")
    default: take(1, .pipe)
    }
  }

  private mutating func lexQuestion() {
    if peek(1) == UInt8(ascii: "?") { return take(2, .coalesce) }
    error(
      .foreignOperator, "there is no operator `?`", cursor..<cursor + 1,
      label: "write `if CONDITION then A else B`")
    take(1, .invalid)
  }

  private mutating func lexVariable() {
    let start = cursor
    guard peek(1).startsName else {
      while peek() == UInt8(ascii: "$") { cursor += 1 }
      error(
        .unexpectedCharacter, "unexpected character `$`", start..<cursor,
        label: "a variable's name follows it directly")
      return emit(.invalid, from: start)
    }
    cursor += 1
    while peek().continuesName { cursor += 1 }
    emit(.variable, from: start)
  }

  /// The rest of ASCII: a backslash.
  ///
  /// A run of them is one mistake.
  private mutating func lexJunk() {
    let start = cursor
    let byte = bytes[cursor]
    while peek() == byte { cursor += 1 }
    error(
      .unexpectedCharacter, "unexpected character `\(UnicodeScalar(byte))`", start..<cursor,
      label: byte == UInt8(ascii: "\\")
        ? "a line goes on after an operator, a comma, or within parentheses" : nil)
    emit(.invalid, from: start)
  }
}
