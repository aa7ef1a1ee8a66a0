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
    tokens = stream.tokens
    comments = stream.comments
    self.facts = facts
    var wideClosers: Set<Int> = []
    var openers: [Int] = []
    for (index, token) in stream.tokens.enumerated() {
      if token.kind.opens { openers.append(index) }
      if token.kind.closes, let opener = openers.popLast(), token.kind == .rightBrace,
        facts.blocks.contains(stream.tokens[opener].start)
          || opener > 0 && stream.tokens[opener - 1].kind == .case
      {
        wideClosers.insert(index)
      }
    }
    self.wideClosers = wideClosers
  }

  mutating func run() {
    while index < tokens.count {
      let token = tokens[index]
      if token.kind == .semicolon {
        index += 1
        continue
      }
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

  private mutating func leavePipelines(before token: Token) {
    while case .pipeline(_, let end, _) = contexts.last, token.start >= end {
      contexts.removeLast()
    }
  }

  /// The indentation of a line within the innermost context.
  private var continuationIndent: Int {
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

  private var statementIndent: Int {
    for case .block(let indent, _, _) in contexts.reversed() { return indent }
    return 0
  }

  /// Decides the layout of the statement and the pipeline that begin with a token, and pushes what
  /// the token opens.
  private mutating func enter(_ token: Token) {
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

  private func isBracket(_ kind: TokenKind) -> Bool {
    kind == .leftParenthesis || kind == .leftBracket || kind == .leftBrace
  }

  private mutating func leaveBracket() {
    while case .pipeline = contexts.last { contexts.removeLast() }
    if contexts.count > 1 { contexts.removeLast() }
  }

  // MARK: Decisions

  private mutating func decideBlocks(of statement: FormatFacts.StatementFacts, from token: Token) {
    guard !statement.blocks.isEmpty else { return }
    let wasInline = isOnOneLine(upTo: statement.end)
    if wasInline, fits(upTo: statement.end, from: output.column) {
      inlineBlocks.formUnion(statement.blocks)
    } else if wasInline {
      splitBlocks.formUnion(statement.blocks)
    } else {
      for block in statement.blocks where isBlockOnOneLine(block) { splitBlocks.insert(block) }
    }
  }

  /// Whether a block has no line end between its braces; its brace is ahead of the cursor.
  private func isBlockOnOneLine(_ start: Int) -> Bool {
    guard var cursor = tokenIndex(at: start) else { return false }
    var depth = 0
    repeat {
      if tokens[cursor].kind.opens { depth += 1 }
      if tokens[cursor].kind.closes { depth -= 1 }
      cursor += 1
      if depth > 0, tokens[cursor].startsLine { return false }
    } while depth > 0 && tokens[cursor].kind != .endOfFile
    return true
  }

  private func tokenIndex(at start: Int) -> Int? {
    var low = 0
    var high = tokens.count
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].start < start { low = middle + 1 } else { high = middle }
    }
    return low < tokens.count && tokens[low].start == start ? low : nil
  }

  private func isBroken(_ pipeline: FormatFacts.PipelineFacts, from token: Token) -> Bool {
    guard isOnOneLine(upTo: pipeline.end) else { return true }
    return !fits(upTo: pipeline.end, from: output.column, withTrail: true)
  }

  /// Whether no line ends between the present token and an offset.
  private func isOnOneLine(upTo end: Int) -> Bool {
    var cursor = index
    while tokens[cursor].start < end {
      if cursor > index, tokens[cursor].startsLine { return false }
      let token = tokens[cursor]
      if token.kind == .string || token.kind == .interpolationText,
        file.bytes[token.start..<token.end].contains(0x0A)
      {
        return false
      }
      cursor += 1
    }
    return true
  }

  /// Whether the tokens up to an offset, written on one line, end within the width.
  ///
  /// The trail is what directly follows and cannot go to another line: closing brackets, or a
  /// block's brace.
  private func fits(upTo end: Int, from column: Int, withTrail: Bool = false) -> Bool {
    var width = column
    var cursor = index
    while tokens[cursor].kind != .endOfFile {
      let token = tokens[cursor]
      if token.start >= end {
        guard withTrail, !token.startsLine else { break }
        if token.kind == .leftBrace { width += 2 }
        guard token.kind.closes || token.kind == .comma else { break }
      }
      if cursor > index, hasSpace(before: cursor) { width += 1 }
      width += displayWidth(of: file.text(token.start..<token.end))
      if width > formattedWidth { return false }
      cursor += 1
    }
    return width <= formattedWidth
  }

  // MARK: Comments

  private mutating func takeComments(before index: Int) -> ArraySlice<Comment> {
    var end = nextComment
    // What stands between `|` and its stage goes before the `|`.
    let limit = tokens[index].kind == .pipe ? index + 1 : index
    while end < comments.count, comments[end].nextToken <= limit { end += 1 }
    defer { nextComment = end }
    return comments[nextComment..<end]
  }

  /// Whether a blank line stands before an offset.
  private func hasBlankLine(before offset: Int) -> Bool {
    var lineEnds = 0
    var cursor = offset - 1
    while cursor >= 0 {
      switch file.bytes[cursor] {
      case 0x0A: lineEnds += 1
      case 0x20, 0x09, 0x0D: break
      default: return lineEnds > 1
      }
      cursor -= 1
    }
    return false
  }

  // MARK: Gaps

  private mutating func writeGap(before token: Token, _ comments: ArraySlice<Comment>) {
    let breaking = lineBreak(before: token, hasComments: !comments.isEmpty)
    if comments.isEmpty {
      switch breaking {
      case .none:
        if index > 0, hasSpace(before: index) { output.write(" ") }
      case .joined: output.write("; ")
      case .line(let indent, let isStage):
        guard token.kind != .endOfFile else { return }
        output.newLine(
          indent: indent, isStage: isStage, afterBlank: keepsBlank(before: token))
      }
      return
    }
    var indent = continuationIndent
    var isStage = false
    if case .line(let wanted, let stage) = breaking { (indent, isStage) = (wanted, stage) }
    write(comments, indent: token.kind.closes ? closedIndent : indent)
    guard token.kind != .endOfFile else { return }
    output.newLine(indent: indent, isStage: isStage, afterBlank: keepsBlank(before: token))
  }

  private mutating func write(_ comments: ArraySlice<Comment>, indent: Int) {
    var isAfterComment = false
    for comment in comments {
      let text = trimmed(file.text(comment.range))
      if !comment.isOwnLine, !isAfterComment, index > 0 {
        output.write("  " + text)
      } else {
        let isFirst = output.text.isEmpty
        let afterOpener = !isAfterComment && index > 0 && tokens[index - 1].kind.opens
        output.newLine(
          indent: indent,
          afterBlank: !isFirst && !afterOpener && hasBlankLine(before: comment.range.lowerBound))
        output.write(text)
      }
      isAfterComment = true
    }
  }

  private func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while let last = text.unicodeScalars.last, last == " " || last == "\t" || last == "\r" {
      text.unicodeScalars.removeLast()
    }
    return String(text)
  }

  /// The indentation of comments before a closing bracket: that of the contents.
  private var closedIndent: Int {
    switch contexts.last {
    case .block(let indent, _, _): indent
    case .bracket(let base, _): base + 2
    default: continuationIndent
    }
  }

  private func keepsBlank(before token: Token) -> Bool {
    guard index > 0, !token.kind.closes else { return false }
    // A pipe at the end of a line moves to its stage.
    let offset =
      token.kind == .pipe && tokens[index + 1].startsLine && !token.startsLine
      ? tokens[index + 1].start : token.start
    let previous = tokens[index - 1]
    let afterOpener = previous.kind.opens && !hasComment(between: previous.end, and: offset)
    return !afterOpener && hasBlankLine(before: offset)
  }

  private func hasComment(between start: Int, and end: Int) -> Bool {
    nextComment > 0 && comments[nextComment - 1].range.lowerBound >= start
      && comments[nextComment - 1].range.upperBound <= end
  }

  /// What separates a token from the one before it, spaces apart.
  enum Break {
    case none
    /// A statement on the line of the one before.
    case joined
    case line(indent: Int, isStage: Bool)
  }

  private func lineBreak(before token: Token, hasComments: Bool) -> Break {
    guard index > 0 else { return .line(indent: 0, isStage: false) }
    if token.kind == .endOfFile { return .line(indent: 0, isStage: false) }
    if facts.statements[token.start] != nil { return statementBreak(before: token) }
    if token.kind == .rightBrace, case .block(let indent, let isInline, _) = contexts.last {
      let isEmpty = tokens[index - 1].kind == .leftBrace && !hasComments
      return isInline || isEmpty ? .none : .line(indent: indent - 2, isStage: false)
    }
    if token.kind == .pipe {
      if case .pipeline(let indent, _, _) = contexts.last {
        return .line(indent: indent, isStage: true)
      }
      return .none
    }
    if tokens[index - 1].kind == .pipe { return .none }
    let joinsLine =
      token.kind == .leftBrace && facts.blocks.contains(token.start)
      || token.kind == .else && tokens[index - 1].kind == .rightBrace
    guard token.startsLine, hasComments || !joinsLine else { return .none }
    if token.kind.closes, case .bracket(let base, _) = contexts.last {
      return .line(indent: base, isStage: false)
    }
    return .line(indent: continuationIndent, isStage: false)
  }

  private func statementBreak(before token: Token) -> Break {
    guard case .block(let indent, let isInline, let splits) = contexts.last else { return .none }
    let isFirst = tokens[index - 1].kind == .leftBrace && contexts.count > 1
    if isInline { return isFirst ? .none : .joined }
    if isFirst || splits || token.startsLine
      || tokens[index - 1].startsLine && tokens[index - 1].kind == .semicolon
    {
      return .line(indent: indent, isStage: false)
    }
    return .joined
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
  private func hasSpace(before index: Int) -> Bool {
    let token = tokens[index]
    let previous = tokens[index - 1]
    switch token.kind {
    case .comma, .semicolon, .rightParenthesis, .rightBracket, .dot, .colon,
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
  private func isWideBrace(_ index: Int) -> Bool {
    facts.blocks.contains(tokens[index].start) || index > 0 && tokens[index - 1].kind == .case
  }
}
