package import PlumbDiagnostics

/// The largest program text; offsets are 32 bits and a tree costs some 20 times the text.
package let maximumSourceBytes = 16 << 20

/// Splits a text into tokens and comments, in one pass over its bytes.
///
/// Never fails: what is no token becomes ``TokenKind/invalid`` and a diagnostic. An operator of
/// another language (`&&`) is reported here and becomes the token that was meant, so that the parser
/// goes on as if it had been written. A text that is not text gives one error and no tokens.
package func lex(_ file: SourceFile, diagnostics: inout Diagnostics) -> TokenStream {
  guard file.bytes.count <= maximumSourceBytes else {
    diagnostics.error(
      .sourceTooLarge, "the program has more than \(maximumSourceBytes >> 20) MiB",
      at: SourceRange(file, 0, 0))
    return endOnly(at: 0)
  }
  return file.bytes.withUnsafeBufferPointer { bytes in
    if let defect = findSourceDefect(bytes) {
      diagnostics.error(
        defect.code, defect.message,
        at: SourceRange(file, defect.offset, defect.offset + 1), label: defect.label)
      return endOnly(at: bytes.count)
    }
    var lexer = Lexer(file: file, bytes: bytes)
    lexer.run()
    diagnostics.append(contentsOf: lexer.diagnostics)
    return TokenStream(tokens: lexer.tokens, comments: lexer.comments)
  }
}

private func endOnly(at offset: Int) -> TokenStream {
  let end = Token(.endOfFile, offset, offset, startsLine: true, followsSpace: true)
  return TokenStream(tokens: [end], comments: [])
}

/// The state of lexing: a cursor over bytes, and the interpolated strings that are open.
struct Lexer {
  /// An interpolated string that has begun and not yet ended.
  struct OpenString {
    var start: Int
    var quote: UInt8
    var isTriple: Bool
    /// Whether the cursor is in its text, not between the braces.
    var isInText: Bool
    /// Brackets open between the braces.
    var bracketDepth: Int
  }

  let file: SourceFile
  let bytes: UnsafeBufferPointer<UInt8>
  var cursor = 0
  var tokens: [Token] = []
  var comments: [Comment] = []
  var diagnostics = Diagnostics()
  var openStrings: [OpenString] = []
  private var startsLine = false
  private var followsSpace = false

  init(file: SourceFile, bytes: UnsafeBufferPointer<UInt8>) {
    self.file = file
    self.bytes = bytes
    tokens.reserveCapacity(bytes.count / 4 + 1)
  }

  /// The byte at a distance from the cursor; 0, which no text contains, past the end.
  @inline(__always) func peek(_ distance: Int = 0) -> UInt8 {
    cursor + distance < bytes.count ? bytes[cursor + distance] : 0
  }

  mutating func emit(_ kind: TokenKind, from start: Int) {
    tokens.append(
      Token(kind, start, cursor, startsLine: startsLine, followsSpace: followsSpace))
    startsLine = false
    followsSpace = false
  }

  /// Emits an empty token for one that is missing; the space here belongs to the next.
  mutating func emitMissing(_ kind: TokenKind) {
    tokens.append(Token(kind, cursor, cursor, startsLine: false, followsSpace: false))
  }

  mutating func error(
    _ code: DiagnosticCode, _ message: String, _ range: Range<Int>, label: String? = nil,
    fix: String? = nil
  ) {
    let place = SourceRange(file, range.lowerBound, range.upperBound)
    diagnostics.error(
      code, message, at: place, label: label,
      fix: fix.map { Diagnostic.Fix(range: place, replacement: $0) })
  }

  mutating func run() {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { cursor = 3 }
    startsLine = true
    while true {
      if let open = openStrings.last, open.isInText {
        lexInterpolationText()
        continue
      }
      skipSpace()
      guard cursor < bytes.count else { break }
      if let open = openStrings.last, startsLine, !open.isTriple {
        abandonOpenStrings()
        continue
      }
      lexToken()
    }
    if !openStrings.isEmpty { abandonOpenStrings() }
    emit(.endOfFile, from: cursor)
  }

  private mutating func skipSpace() {
    while cursor < bytes.count {
      switch bytes[cursor] {
      case 0x20, 0x09, 0x0D:
        cursor += 1
      case 0x0A:
        startsLine = true
        cursor += 1
      case 0xC2 where peek(1) == 0xA0:
        // A no-break space, as pasted from a web page.
        cursor += 2
      case UInt8(ascii: "#"):
        skipComment()
      default:
        return
      }
      followsSpace = true
    }
  }

  private mutating func skipComment() {
    let start = cursor
    var end = start
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    cursor = end
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    comments.append(
      Comment(
        range: start..<end, nextToken: tokens.count, isOwnLine: startsLine || tokens.isEmpty,
        isDocumentation: end - start >= 2 && bytes[start + 1] == UInt8(ascii: "#")
          && (end - start == 2 || bytes[start + 2] != UInt8(ascii: "#"))))
  }

  private mutating func lexToken() {
    let byte = bytes[cursor]
    if byte.startsName {
      lexWord()
    } else if byte.isDigit {
      lexNumber()
    } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      lexString(prefixLength: 0)
    } else if byte >= 0x80 {
      lexForeignText()
    } else {
      lexPunctuation(byte)
    }
  }

  private mutating func lexWord() {
    let start = cursor
    let next = peek(1)
    if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") {
      if bytes[start] == UInt8(ascii: "r") { return lexString(prefixLength: 1) }
      if bytes[start] == UInt8(ascii: "f") { return openInterpolation() }
    }
    while peek().continuesName { cursor += 1 }
    if peek() >= 0x80, !(peek() == 0xC2 && peek(1) == 0xA0) {
      cursor = start
      return lexForeignText()
    }
    emit(Self.reservedWord(bytes, start..<cursor) ?? .name, from: start)
  }

  /// The reserved word that the bytes of a range spell, if they do.
  static func reservedWord(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> TokenKind? {
    switch range.count {
    case 2:
      if spells(bytes, range, "or") { return .or }
      if spells(bytes, range, "in") { return .in }
      if spells(bytes, range, "if") { return .if }
      if spells(bytes, range, "fn") { return .fn }
    case 3:
      if spells(bytes, range, "and") { return .and }
      if spells(bytes, range, "not") { return .not }
    case 4:
      if spells(bytes, range, "null") { return .null }
      if spells(bytes, range, "true") { return .true }
      if spells(bytes, range, "else") { return .else }
      if spells(bytes, range, "then") { return .then }
      if spells(bytes, range, "case") { return .case }
    case 5:
      if spells(bytes, range, "false") { return .false }
    case 7:
      if spells(bytes, range, "between") { return .between }
    default:
      break
    }
    return nil
  }

  /// Text outside of ASCII where only ASCII has a meaning: a name, or a typographic character.
  private mutating func lexForeignText() {
    let start = cursor
    while peek() >= 0x80 || peek().continuesName {
      if peek() == 0xC2, peek(1) == 0xA0 { break }
      cursor += 1
    }
    let text = file.text(start..<cursor)
    let isName = text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_"
    }
    let shown = text.count > 40 ? "\(text.prefix(40))…" : text
    if isName {
      error(
        .unexpectedCharacter, "the name `\(shown)` has letters other than a-z", start..<cursor,
        label: "such a name stands in backquotes", fix: "`\(text)`")
    } else {
      error(
        .unexpectedCharacter, "unexpected character `\(shown)`", start..<cursor,
        label: typographicHint(text))
    }
    emit(.invalid, from: start)
  }

  private func typographicHint(_ text: String) -> String? {
    switch text.unicodeScalars.first?.value {
    case 0x201C, 0x201D, 0x201E, 0x2018, 0x2019, 0xAB, 0xBB: "strings stand in straight quotes"
    case 0x2264: "write `<=`"
    case 0x2265: "write `>=`"
    case 0x2260: "write `!=`"
    case 0x2013, 0x2014, 0x2212: "write `-`"
    case 0xD7, 0x22C5: "write `*`"
    case 0x2026: "write `..`"
    default: nil
    }
  }
}
