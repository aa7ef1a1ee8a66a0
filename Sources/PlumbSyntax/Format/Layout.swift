import PlumbDiagnostics

/// Prints the tokens and comments of a program with new white space between them.
struct Layout {
  /// What is open around the present token; it decides how far a new line is indented.
  enum Context {
    /// A block or the program, with the indentation of its statements.
    case block(indent: Int, isInline: Bool, splits: Bool)
    /// Brackets, with the base of the line that opened them, and whether they are wide: `{ a }`.
    case bracket(base: Int, isWide: Bool)
    /// A pipeline with a stage per line.
    case pipeline(indent: Int, end: Int, hasStage: Bool)
  }

  let file: SourceFile
  /// The tokens without separators, which are written anew between statements.
  let tokens: [Token]
  let comments: [Comment]
  let facts: FormatFacts
  var output = LayoutOutput()
  var contexts: [Context] = [.block(indent: 0, isInline: false, splits: false)]
  /// The braces of blocks that are laid out on one line, by their offset.
  var inlineBlocks: Set<Int> = []
  /// The braces of blocks that were on one line and are so no longer.
  var splitBlocks: Set<Int> = []
  /// The indices of closing braces that have a space before them.
  let wideClosers: Set<Int>
  /// The index of the first comment not yet printed.
  var nextComment = 0
  /// The index of the present token.
  var index = 0
  /// Where the present statement begins, if it is a bare expression.
  var expressionStart: Int?

  init(file: SourceFile, stream: TokenStream, facts: FormatFacts) {
    self.file = file
    tokens = Self.withoutSeparators(stream.tokens)
    comments = stream.comments
    self.facts = facts
    var wideClosers: Set<Int> = []
    var openers: [Int] = []
    for (index, token) in tokens.enumerated() {
      if token.kind.opens { openers.append(index) }
      if token.kind.closes, let opener = openers.popLast(), token.kind == .rightBrace,
        facts.blocks.contains(tokens[opener].start)
          || opener > 0 && tokens[opener - 1].kind == .case
      {
        wideClosers.insert(index)
      }
    }
    self.wideClosers = wideClosers
  }

  /// All tokens but `;`; a line that began with one begins with what follows it.
  private static func withoutSeparators(_ tokens: [Token]) -> [Token] {
    var kept: [Token] = []
    var startsLine = false
    for token in tokens {
      startsLine = startsLine || token.startsLine
      if token.kind == .semicolon { continue }
      kept.append(
        Token(
          token.kind, token.start, token.end, startsLine: startsLine,
          followsSpace: token.followsSpace))
      startsLine = false
    }
    return kept
  }

  mutating func run() {
    while index < tokens.count {
      let token = tokens[index]
      leavePipelines(before: token)
      let comments = takeComments(before: index)
      writeGap(before: token, comments)
      if token.kind == .endOfFile { break }
      enter(token)
      writeToken(token)
      index += 1
    }
    output.finish()
  }

  // MARK: Contexts

  mutating func leavePipelines(before token: Token) {
    while case .pipeline(_, let end, _) = contexts.last, token.start >= end {
      contexts.removeLast()
    }
  }

  /// The indentation of a line within the innermost context.
  var continuationIndent: Int {
    for context in contexts.reversed() {
      switch context {
      case .block(let indent, _, _): return indent + 2
      case .bracket(let base, _): return base + 2
      case .pipeline(let indent, _, let hasStage):
        if hasStage { return indent + 4 }
      }
    }
    return 0
  }

  var statementIndent: Int {
    for case .block(let indent, _, _) in contexts.reversed() { return indent }
    return 0
  }

  /// Decides the layout of the statement and the pipeline that begin with a token, and pushes what
  /// the token opens.
  mutating func enter(_ token: Token) {
    if let statement = facts.statements[token.start] {
      decideBlocks(of: statement, from: token)
      expressionStart = statement.isExpression ? token.start : nil
    }
    if let pipeline = facts.pipelines[token.start], isBroken(pipeline, from: token) {
      var indent = continuationIndent
      if expressionStart == token.start, case .block(let own, _, _) = contexts.last { indent = own }
      contexts.append(.pipeline(indent: indent, end: pipeline.end, hasStage: false))
    }
    if token.kind == .leftBrace, facts.blocks.contains(token.start) {
      contexts.append(
        .block(
          indent: statementIndent + 2, isInline: inlineBlocks.contains(token.start),
          splits: splitBlocks.contains(token.start)))
    } else if isBracket(token.kind) {
      let isWide = token.kind == .leftBrace && index > 0 && tokens[index - 1].kind == .case
      contexts.append(.bracket(base: output.lineBase, isWide: isWide))
    } else if token.kind.closes {
      leaveBracket()
    } else if token.kind == .pipe, case .pipeline(let indent, let end, _) = contexts.last {
      contexts[contexts.count - 1] = .pipeline(indent: indent, end: end, hasStage: true)
    }
  }

  func isBracket(_ kind: TokenKind) -> Bool {
    kind == .leftParenthesis || kind == .leftBracket || kind == .leftBrace
  }

  mutating func leaveBracket() {
    while case .pipeline = contexts.last { contexts.removeLast() }
    if contexts.count > 1 { contexts.removeLast() }
  }

  // MARK: Tokens

  private mutating func writeToken(_ token: Token) {
    var end = token.end
    if token.kind == .interpolationStart {
      // An interpolated string is printed as it stands, its values included.
      var depth = 1
      while depth > 0 {
        index += 1
        if tokens[index].kind == .interpolationStart { depth += 1 }
        if tokens[index].kind == .interpolationEnd { depth -= 1 }
      }
      end = tokens[index].end
      while nextComment < comments.count, comments[nextComment].range.upperBound <= end {
        nextComment += 1
      }
    }
    output.write(withoutCarriageReturns(token.start..<end))
  }

  /// Text of a string over several lines, whose line ends read as `\n` however they are written.
  private func withoutCarriageReturns(_ range: Range<Int>) -> String {
    let bytes = file.bytes[range]
    guard bytes.contains(0x0D) else { return file.text(range) }
    let kept = bytes.indices.filter { index in
      bytes[index] != 0x0D || index + 1 >= bytes.endIndex || bytes[index + 1] != 0x0A
    }
    return String(decoding: kept.map { bytes[$0] }, as: UTF8.self)
  }

  /// Whether a space separates a token from the one before it on the same line.
  func hasSpace(before index: Int) -> Bool {
    let token = tokens[index]
    let previous = tokens[index - 1]
    switch token.kind {
    case .comma, .rightParenthesis, .rightBracket, .dot, .colon,
      .interpolationText, .interpolationOpen, .interpolationFormat, .interpolationClose,
      .interpolationEnd:
      return false
    case .range:
      return facts.openRows.contains(previous.start)
    case .leftParenthesis, .leftBracket:
      if facts.tightEnds.contains(previous.end) { return false }
    case .rightBrace:
      return previous.kind != .leftBrace && wideClosers.contains(index)
    default: break
    }
    switch previous.kind {
    case .leftParenthesis, .leftBracket, .dot, .range, .interpolationOpen, .interpolationText,
      .interpolationStart:
      return false
    case .interpolationClose: return token.kind == .interpolationStart
    case .leftBrace: return isWideBrace(index - 1)
    case .minus: return !facts.signs.contains(previous.start)
    default: return true
    }
  }

  /// Whether an opening brace has spaces within: that of a block or of `case`.
  func isWideBrace(_ index: Int) -> Bool {
    facts.blocks.contains(tokens[index].start) || index > 0 && tokens[index - 1].kind == .case
  }
}
