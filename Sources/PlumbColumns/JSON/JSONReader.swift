/// Reads JSON from left to right, a token at a time. The text must be valid UTF-8.
///
/// Beyond RFC 8259, `NaN`, `Infinity` and `-Infinity` are read as numbers: Python writes them.
@usableFromInline
package struct JSONReader {
  @usableFromInline package let text: UnsafeBufferPointer<UInt8>
  /// The byte that is read next.
  @usableFromInline package var position: Int

  /// Deeper nesting is an error: it would use up the stack.
  package static let maximumDepth = 200

  package init(_ text: UnsafeBufferPointer<UInt8>, from position: Int = 0) {
    self.text = text
    self.position = position
  }

  @inlinable package var isAtEnd: Bool { position >= text.count }

  /// The next byte, or 0 at the end.
  @inlinable package var peek: UInt8 { position < text.count ? text[position] : 0 }

  @inlinable package mutating func skipSpaces() {
    while position < text.count {
      switch text[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position &+= 1
      default: return
      }
    }
  }

  /// Takes the byte if it comes next, after spaces.
  @inlinable package mutating func take(_ byte: UInt8) -> Bool {
    skipSpaces()
    guard peek == byte else { return false }
    position &+= 1
    return true
  }

  /// An error at a place, by default the present one.
  package func error(_ message: String, at position: Int? = nil) -> JSONError {
    JSONError(message, offset: position ?? self.position)
  }

  /// What is found where something else was due.
  package func unexpected(_ wanted: String) -> JSONError {
    guard !isAtEnd else { return error("the text ends where \(wanted) is due") }
    var end = position + 1
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    let found = String(decoding: text[position..<end], as: UTF8.self)
    let shown =
      found.unicodeScalars.first.map { $0.value < 0x20 } == true
      ? "a control character" : "`\(found)`"
    return error("\(shown) where \(wanted) is due")
  }

  // MARK: Numbers and words

  /// A number: an int where it is written as one and fits.
  package enum Number {
    case int(Int)
    case float(Double)
  }

  /// Reads a number.
  package mutating func number() throws(JSONError) -> Number {
    let start = position
    if peek == 0x2D { position &+= 1 }
    if peek == 0x49, word("Infinity") {
      return .float(text[start] == 0x2D ? -.infinity : .infinity)
    }
    guard peek &- 0x30 < 10 else { throw unexpected("a digit") }
    if peek == 0x30, position + 1 < text.count, text[position + 1] &- 0x30 < 10 {
      throw error("a number does not begin with 0", at: start)
    }
    skipDigits()
    var isInteger = true
    if peek == 0x2E {
      isInteger = false
      position &+= 1
      guard peek &- 0x30 < 10 else { throw unexpected("a digit after the point") }
      skipDigits()
    }
    if peek | 0x20 == 0x65 {
      isInteger = false
      position &+= 1
      if peek == 0x2B || peek == 0x2D { position &+= 1 }
      guard peek &- 0x30 < 10 else { throw unexpected("a digit of the exponent") }
      skipDigits()
    }
    let spelling = UnsafeBufferPointer(rebasing: text[start..<position])
    if isInteger, let integer = IntegerText.parse(spelling) { return .int(integer) }
    guard let double = FloatText.parse(spelling) else { throw error("no number", at: start) }
    return .float(double)
  }

  private mutating func skipDigits() {
    while position < text.count, text[position] &- 0x30 < 10 { position &+= 1 }
  }

  /// Takes a word such as `true` if it comes next.
  package mutating func word(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard position + count <= text.count else { return false }
    for index in 0..<count where text[position + index] != word.utf8Start[index] { return false }
    position += count
    return true
  }

  // MARK: Strings

  /// Reads a string into `buffer`, its escapes replaced; the quote comes next.
  package mutating func string(into buffer: inout TextBuffer) throws(JSONError) {
    let opening = position
    position &+= 1
    var start = position
    while position < text.count {
      let byte = text[position]
      if byte == 0x22 {
        buffer.append(UnsafeBufferPointer(rebasing: text[start..<position]))
        position &+= 1
        return
      }
      if byte == 0x5C {
        buffer.append(UnsafeBufferPointer(rebasing: text[start..<position]))
        try escape(into: &buffer)
        start = position
        continue
      }
      if byte < 0x20 {
        throw error("a control character in a string must be escaped (`\\n`, `\\u0000`)")
      }
      position &+= 1
    }
    throw error("a string is not closed", at: opening)
  }

  /// Reads a text in quotes.
  package mutating func string() throws(JSONError) -> String {
    var buffer = TextBuffer(capacity: 32)
    try string(into: &buffer)
    return buffer.string
  }

  private mutating func escape(into buffer: inout TextBuffer) throws(JSONError) {
    let start = position
    position &+= 1
    let byte = peek
    position &+= 1
    switch byte {
    case 0x22, 0x5C, 0x2F: buffer.append(byte)
    case 0x62: buffer.append(0x08)
    case 0x66: buffer.append(0x0C)
    case 0x6E: buffer.append(0x0A)
    case 0x72: buffer.append(0x0D)
    case 0x74: buffer.append(0x09)
    case 0x75:
      var scalar = try hexadecimal(start)
      if scalar & 0xFC00 == 0xD800 {
        guard peek == 0x5C, position + 1 < text.count, text[position + 1] == 0x75 else {
          throw error("half of a surrogate pair", at: start)
        }
        position += 2
        let low = try hexadecimal(start)
        guard low & 0xFC00 == 0xDC00 else { throw error("half of a surrogate pair", at: start) }
        scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
      }
      guard let unicode = Unicode.Scalar(scalar) else {
        throw error("half of a surrogate pair", at: start)
      }
      for unit in UTF8.encode(unicode) ?? UTF8.EncodedScalar() { buffer.append(unit) }
    default: throw error("unknown escape in a string", at: start)
    }
  }

  private mutating func hexadecimal(_ start: Int) throws(JSONError) -> UInt32 {
    guard position + 4 <= text.count else { throw error("unknown escape in a string", at: start) }
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = text[position]
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x37
      case 0x61...0x66: digit = byte - 0x57
      default: throw error("`\\u` needs four hexadecimal digits", at: start)
      }
      value = value << 4 | UInt32(digit)
      position &+= 1
    }
    return value
  }
}

/// Why a text is no JSON.
package struct JSONError: Error, Sendable {
  /// What is wrong, lower case, without a full stop.
  package let message: String
  /// The byte at which it is wrong.
  package let offset: Int

  package init(_ message: String, offset: Int) {
    self.message = message
    self.offset = offset
  }

  /// Line and column (in bytes) of the offset within its text, from 1.
  package func place(in text: UnsafeBufferPointer<UInt8>) -> (line: Int, column: Int) {
    let before = text[..<min(offset, text.count)]
    let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return (line, before.count - start + 1)
  }
}
