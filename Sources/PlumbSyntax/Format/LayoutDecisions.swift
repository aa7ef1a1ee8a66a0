import PlumbDiagnostics

/// Which blocks and pipelines stay on one line.
extension Layout {
  mutating func decideBlocks(of statement: FormatFacts.StatementFacts, from token: Token) {
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
  func isBlockOnOneLine(_ start: Int) -> Bool {
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

  func tokenIndex(at start: Int) -> Int? {
    var low = 0
    var high = tokens.count
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].start < start { low = middle + 1 } else { high = middle }
    }
    return low < tokens.count && tokens[low].start == start ? low : nil
  }

  func isBroken(_ pipeline: FormatFacts.PipelineFacts, from token: Token) -> Bool {
    guard isOnOneLine(upTo: pipeline.end) else { return true }
    return !fits(upTo: pipeline.end, from: output.column, withTrail: true)
  }

  /// Whether no line ends between the present token and an offset.
  func isOnOneLine(upTo end: Int) -> Bool {
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
  func fits(upTo end: Int, from column: Int, withTrail: Bool = false) -> Bool {
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
      if cursor > index, separatesStatements(before: cursor) { width += 1 }
      width += displayWidth(of: file.text(token.start..<token.end))
      if width > formattedWidth { return false }
      cursor += 1
    }
    return width <= formattedWidth
  }

  /// Whether two statements on one line meet before a token, so that a `;` stands there.
  func separatesStatements(before index: Int) -> Bool {
    facts.statements[tokens[index].start] != nil && tokens[index - 1].kind != .leftBrace
  }
}
