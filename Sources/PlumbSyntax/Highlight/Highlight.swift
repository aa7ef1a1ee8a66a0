package import PlumbDiagnostics

/// What a piece of program text is, for colouring it.
package enum HighlightKind: Sendable, Hashable, CaseIterable {
  /// `let`, `by`, `and`, `if`: words with a meaning of their own at their place.
  case keyword
  /// A stage's name after `|`.
  case stage
  /// The name of what is called.
  case function
  /// `$name`.
  case variable
  case string
  /// Numbers, durations, timestamps.
  case number
  /// `true`, `false`, `null`.
  case constant
  /// `|`, `==`, `+` and the like.
  case symbol
  case comment
  /// Text that is no token.
  case invalid
}

/// A piece of program text and what it is.
package struct HighlightSpan: Sendable, Hashable {
  /// The bytes.
  package let range: Range<Int>
  package let kind: HighlightKind

  package init(range: Range<Int>, kind: HighlightKind) {
    self.range = range
    self.kind = kind
  }
}

/// The coloured pieces of a text in order, without overlap; what is plain is left out.
///
/// Works on tokens alone, so that a text which is still being typed is coloured as well. Takes
/// time linear in the text.
package func highlight(_ file: SourceFile) -> [HighlightSpan] {
  var diagnostics = Diagnostics()
  let stream = lex(file, diagnostics: &diagnostics)
  var highlighter = Highlighter(file: file, tokens: stream.tokens)
  highlighter.run()
  let comments = stream.comments.map { HighlightSpan(range: $0.range, kind: .comment) }
  guard !comments.isEmpty else { return highlighter.spans }
  return (highlighter.spans + comments).sorted { $0.range.lowerBound < $1.range.lowerBound }
}

/// Finds out what each token is from its neighbours and the stage around it.
private struct Highlighter {
  let file: SourceFile
  let tokens: [Token]
  var spans: [HighlightSpan] = []
  /// The stage that each open bracket, and the statement around them, is in.
  private var stages: [StageKeyword?] = [nil]

  init(file: SourceFile, tokens: [Token]) {
    self.file = file
    self.tokens = tokens
  }

  mutating func run() {
    for (index, token) in tokens.enumerated() {
      if beginsStatement(index) { stages[stages.count - 1] = nil }
      if let kind = kind(of: token, at: index), token.end > token.start {
        spans.append(HighlightSpan(range: token.start..<token.end, kind: kind))
      }
      if token.kind.opens { stages.append(nil) }
      if token.kind.closes, stages.count > 1 { stages.removeLast() }
      if token.kind == .pipe { stages[stages.count - 1] = nil }
      if token.kind == .name, follows(.pipe, index) {
        stages[stages.count - 1] = StageKeyword(rawValue: text(token))
      }
    }
  }

  private func text(_ token: Token) -> String { file.text(token.start..<token.end) }

  private func follows(_ kind: TokenKind, _ index: Int) -> Bool {
    index > 0 && tokens[index - 1].kind == kind
  }

  private func next(_ index: Int) -> Token { tokens[min(index + 1, tokens.count - 1)] }

  private func beginsStatement(_ index: Int) -> Bool {
    guard index > 0 else { return true }
    let before = tokens[index - 1].kind
    if before == .semicolon || before == .leftBrace || before == .rightBrace { return true }
    let token = tokens[index]
    return token.startsLine && stages.count == 1 && !token.kind.continuesLine
      && before.endsOperand
  }

  private func kind(of token: Token, at index: Int) -> HighlightKind? {
    switch token.kind {
    case .name: return kind(ofName: token, at: index)
    case .variable: return .variable
    case .integer, .float, .duration, .timestamp: return .number
    case .string, .interpolationStart, .interpolationText, .interpolationFormat,
      .interpolationEnd, .namePattern:
      return .string
    case .true, .false, .null: return .constant
    case .invalid:
      // A string that is still being typed is a string.
      let first = file.bytes[token.start]
      return first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") ? .string : .invalid
    case .pipe, .arrow, .assign, .equal, .notEqual, .less, .lessOrEqual, .greater,
      .greaterOrEqual, .match, .notMatch, .coalesce, .range, .plus, .minus, .star, .slash,
      .doubleSlash, .percent, .power:
      return .symbol
    case .quotedName, .interpolationOpen, .interpolationClose, .leftParenthesis,
      .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace, .comma, .semicolon,
      .colon, .dot, .endOfFile:
      return nil
    case .and, .or, .not, .in, .between, .if, .then, .else, .case, .fn: return .keyword
    }
  }

  private func kind(ofName token: Token, at index: Int) -> HighlightKind? {
    let word = text(token)
    let next = next(index)
    if follows(.pipe, index) {
      return StageKeyword(rawValue: word) != nil ? .stage : .function
    }
    if next.kind == .leftParenthesis, !next.startsLine { return .function }
    if follows(.dot, index) { return nil }
    if beginsStatement(index), let keyword = StatementKeyword(rawValue: word),
      keyword != .save || text(next) == "store",
      ![.pipe, .dot, .assign].contains(next.kind)
    {
      return .keyword
    }
    guard let stage = stages.last ?? nil, index > 0, next.kind != .assign else { return nil }
    let isAfterOperand = tokens[index - 1].kind.endsOperand
    let isFirst = index > 1 && tokens[index - 2].kind == .pipe
    if isAfterOperand, stage.clauses.contains(word) { return .keyword }
    return isFirst && stage.leadingWords.contains(word) ? .keyword : nil
  }
}

extension TokenKind {
  /// Whether an operand can end with the token, so that an operator or a clause may follow.
  package var endsOperand: Bool {
    switch self {
    case .name, .quotedName, .variable, .integer, .float, .duration, .timestamp, .string,
      .interpolationEnd, .rightParenthesis, .rightBracket, .rightBrace, .true, .false, .null,
      .star, .namePattern:
      true
    default: false
    }
  }
}

extension StageKeyword {
  /// The words that may stand right after the stage's name.
  package var leadingWords: [String] {
    switch self {
    case .join: JoinStage.Kind.allCases.map(\.rawValue)
    case .drift: ["against"]
    default: []
    }
  }
}
