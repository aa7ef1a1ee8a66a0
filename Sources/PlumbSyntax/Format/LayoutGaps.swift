import PlumbDiagnostics

/// What stands between two tokens: comments, line ends, blank lines, spaces.
extension Layout {
  mutating func takeComments(before index: Int) -> ArraySlice<Comment> {
    var end = nextComment
    // What stands between `|` and its stage goes before the `|`.
    let next = tokens[index].kind == .pipe ? tokens[index + 1] : tokens[index]
    while end < comments.count, comments[end].range.lowerBound < next.start { end += 1 }
    defer { nextComment = end }
    return comments[nextComment..<end]
  }

  /// Whether a blank line stands before an offset.
  func hasBlankLine(before offset: Int) -> Bool {
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

  mutating func writeGap(before token: Token, _ comments: ArraySlice<Comment>) {
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

  mutating func write(_ comments: ArraySlice<Comment>, indent: Int) {
    var isAfterComment = false
    for comment in comments {
      let text = trimmed(file.text(comment.range))
      if !comment.isOwnLine, !isAfterComment, !output.text.isEmpty {
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

  func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while let last = text.unicodeScalars.last, last == " " || last == "\t" || last == "\r" {
      text.unicodeScalars.removeLast()
    }
    return String(text)
  }

  /// The indentation of comments before a closing bracket: that of the contents.
  var closedIndent: Int {
    switch contexts.last {
    case .block(let indent, _, _): indent
    case .bracket(let base, _): base + 2
    default: continuationIndent
    }
  }

  func keepsBlank(before token: Token) -> Bool {
    guard !output.text.isEmpty, !token.kind.closes else { return false }
    // A pipe at the end of a line moves to its stage.
    let offset =
      token.kind == .pipe && tokens[index + 1].startsLine && !token.startsLine
      ? tokens[index + 1].start : token.start
    if index > 0, tokens[index - 1].kind.opens,
      !hasComment(between: tokens[index - 1].end, and: offset)
    {
      return false
    }
    return hasBlankLine(before: offset)
  }

  func hasComment(between start: Int, and end: Int) -> Bool {
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

  func lineBreak(before token: Token, hasComments: Bool) -> Break {
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

  func statementBreak(before token: Token) -> Break {
    guard case .block(let indent, let isInline, let splits) = contexts.last else { return .none }
    let isFirst = tokens[index - 1].kind == .leftBrace && contexts.count > 1
    if isInline { return isFirst ? .none : .joined }
    return isFirst || splits || token.startsLine
      ? .line(indent: indent, isStage: false) : .joined
  }
}
