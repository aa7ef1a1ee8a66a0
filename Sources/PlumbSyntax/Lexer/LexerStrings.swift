import PlumbDiagnostics

/// Strings, quoted names and interpolated strings. Escapes are read by the parser.
extension Lexer {
  /// `"…"`, `'…'`, `"""…"""`, and with a prefix of one byte the raw forms.
  mutating func lexString(prefixLength: Int) {
    let start = cursor
    cursor += prefixLength
    let quote = bytes[cursor]
    let isRaw = prefixLength > 0
    // One error is enough: the parser passes over what is invalid.
    var kind = TokenKind.string
    if peek(1) == quote, peek(2) == quote {
      cursor += 3
      if !skipToTripleQuote(quote, isRaw: isRaw) {
        kind = .invalid
        reportUnterminated(start, "a string with three quotes", end: start + prefixLength + 3)
      }
    } else {
      cursor += 1
      while cursor < bytes.count, peek() != quote, peek() != 0x0A {
        cursor += !isRaw && peek() == UInt8(ascii: "\\") && peek(1) != 0x0A ? 2 : 1
      }
      cursor = min(cursor, bytes.count)
      if cursor < bytes.count, peek() == quote {
        cursor += 1
      } else {
        kind = .invalid
        trimLineEnd()
        if openStrings.isEmpty { reportUnterminated(start, "a string", end: cursor) }
      }
    }
    emit(kind, from: start)
  }

  private mutating func skipToTripleQuote(_ quote: UInt8, isRaw: Bool) -> Bool {
    while cursor < bytes.count {
      if peek() == quote, peek(1) == quote, peek(2) == quote {
        cursor += 3
        return true
      }
      cursor += !isRaw && peek() == UInt8(ascii: "\\") ? 2 : 1
    }
    cursor = bytes.count
    return false
  }

  /// Keeps the carriage return of a CRLF out of an unterminated string.
  private mutating func trimLineEnd() {
    if cursor > 0, bytes[cursor - 1] == 0x0D { cursor -= 1 }
  }

  private mutating func reportUnterminated(_ start: Int, _ what: String, end: Int) {
    error(.unterminatedString, "\(what) is never closed", start..<end)
  }

  mutating func lexQuotedName() {
    let start = cursor
    cursor += 1
    while cursor < bytes.count, peek() != UInt8(ascii: "`"), peek() != 0x0A { cursor += 1 }
    if cursor < bytes.count, peek() == UInt8(ascii: "`") {
      cursor += 1
      if cursor - start == 2 {
        error(.unexpectedToken, "a name cannot be empty", start..<cursor)
        return emit(.invalid, from: start)
      }
      return emit(.quotedName, from: start)
    }
    trimLineEnd()
    error(
      .unterminatedString, "a name in backquotes is never closed", start..<cursor,
      label: "a closing backquote is missing")
    emit(.invalid, from: start)
  }

  mutating func openInterpolation() {
    let start = cursor
    let quote = bytes[start + 1]
    let isTriple = peek(2) == quote && peek(3) == quote
    cursor += isTriple ? 4 : 2
    openStrings.append(
      OpenString(start: start, quote: quote, isTriple: isTriple, isInText: true, bracketDepth: 0))
    emit(.interpolationStart, from: start)
  }

  /// Lexes from the cursor up to the `{` of the next value or the closing quote.
  mutating func lexInterpolationText() {
    guard let open = openStrings.last else { return }
    let start = cursor
    while true {
      guard cursor < bytes.count, open.isTriple || peek() != 0x0A else {
        if cursor > start { emit(.interpolationText, from: start) }
        return abandonOpenStrings()
      }
      switch peek() {
      case open.quote where !open.isTriple || peek(1) == open.quote && peek(2) == open.quote:
        if cursor > start { emit(.interpolationText, from: start) }
        let quoteStart = cursor
        cursor += open.isTriple ? 3 : 1
        openStrings.removeLast()
        return emit(.interpolationEnd, from: quoteStart)
      case UInt8(ascii: "{") where peek(1) == UInt8(ascii: "{"),
        UInt8(ascii: "}") where peek(1) == UInt8(ascii: "}"):
        cursor += 2
      case UInt8(ascii: "{"):
        if cursor > start { emit(.interpolationText, from: start) }
        cursor += 1
        emit(.interpolationOpen, from: cursor - 1)
        openStrings[openStrings.count - 1].isInText = false
        openStrings[openStrings.count - 1].bracketDepth = 0
        return
      case UInt8(ascii: "}"):
        error(
          .badInterpolation, "a `}` in an f-string closes nothing", cursor..<cursor + 1,
          label: "write `}}` for the character", fix: "}}")
        cursor += 1
      case UInt8(ascii: "\\") where cursor + 1 < bytes.count && peek(1) != 0x0A:
        cursor += 2
      default:
        cursor += 1
      }
    }
  }

  /// `:format` up to the closing brace.
  mutating func lexInterpolationFormat() {
    guard let open = openStrings.last else { return }
    let start = cursor
    while cursor < bytes.count, peek() != UInt8(ascii: "}"), peek() != open.quote, peek() != 0x0A {
      cursor += 1
    }
    emit(.interpolationFormat, from: start)
    if peek() != UInt8(ascii: "}") {
      error(
        .badInterpolation, "a `{` of this f-string is never closed", open.start..<cursor)
      closeInterpolation(length: 0)
    }
  }

  /// The end of `{…}`: back to the text of the string.
  mutating func closeInterpolation(length: Int) {
    cursor += length
    emit(.interpolationClose, from: cursor - length)
    openStrings[openStrings.count - 1].isInText = true
  }

  /// Ends all open interpolated strings with one error and empty closing tokens, so that the
  /// parser meets a complete structure.
  mutating func abandonOpenStrings() {
    guard let first = openStrings.first else { return }
    var end = first.start
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    error(
      .unterminatedString, "an f-string is never closed",
      first.start..<(first.isTriple ? first.start + 4 : end))
    while let open = openStrings.popLast() {
      if !open.isInText { emitMissing(.interpolationClose) }
      emitMissing(.interpolationEnd)
    }
  }
}
