import PlumbDiagnostics

/// Strings: from their quotes to their values.
extension Parser {
  /// The string at the present token; a bad escape is reported and kept as it stands.
  mutating func parseString() -> StringLiteral {
    let token = token
    var body = token.start..<token.end
    let isRaw = file.bytes[body.lowerBound] == UInt8(ascii: "r")
    if isRaw { body = body.lowerBound + 1..<body.upperBound }
    let quote = file.bytes[body.lowerBound]
    let isTriple =
      body.count >= 3 && file.bytes[body.lowerBound + 1] == quote
      && file.bytes[body.lowerBound + 2] == quote
    let width = isTriple ? 3 : 1
    // An unterminated string has no closing quote to take off.
    var upper = body.upperBound
    let lower = body.lowerBound + width
    if upper - width >= lower, file.bytes[upper - width..<upper].allSatisfy({ $0 == quote }) {
      upper -= width
    }
    let value = contents(lower..<max(lower, upper), hasEscapes: !isRaw, isInterpolation: false)
    advance()
    return StringLiteral(value: value, range: range(token))
  }

  /// `f"text {value:format} text"`.
  mutating func parseInterpolation() throws(SyntaxFailure) -> Expression {
    let start = position
    var parts: [Interpolation.Part] = []
    var tallestPart = 0
    openBracket()
    while kind != .interpolationEnd {
      switch kind {
      case .interpolationText:
        parts.append(
          .text(contents(token.start..<token.end, hasEscapes: true, isInterpolation: true)))
        advance()
      case .interpolationOpen:
        parts.append(try parseInterpolatedValue())
        tallestPart = max(tallestPart, height)
      default:
        throw expected("the end of the string")
      }
    }
    openBrackets.removeLast()
    advance()
    try grow(tallestPart)
    return .interpolation(Interpolation(parts: parts, range: range(from: start)))
  }

  private mutating func parseInterpolatedValue() throws(SyntaxFailure) -> Interpolation.Part {
    let opener = token
    openBracket()
    if kind == .interpolationClose || kind == .interpolationFormat {
      throw failure(
        .badInterpolation, "the braces of this f-string are empty",
        at: range(opener).union(range(token)), label: "write `{{` for the character")
    }
    let value = try parseExpression()
    var format: StringLiteral?
    if kind == .interpolationFormat {
      format = StringLiteral(
        value: file.text(token.start + 1..<token.end), range: range(token))
      advance()
    }
    if kind == .pipe { throw misplacedPipeline() }
    guard kind == .interpolationClose else {
      throw expected("`}` after the value")
    }
    openBrackets.removeLast()
    advance()
    return .value(value, format: format)
  }

  // MARK: Escapes

  /// The text of a range with its escapes resolved and its line ends made `\n`.
  private mutating func contents(
    _ range: Range<Int>, hasEscapes: Bool, isInterpolation: Bool
  ) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = file.bytes[index]
      let next = index + 1 < range.upperBound ? file.bytes[index + 1] : 0
      if byte == 0x0D, next == 0x0A {
        index += 1
      } else if isInterpolation, byte == next,
        byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
      {
        result.append(byte)
        index += 2
      } else if hasEscapes, byte == UInt8(ascii: "\\"), next != 0 {
        index = appendEscape(at: index, upTo: range.upperBound, to: &result)
      } else {
        result.append(byte)
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Appends what the escape at an index stands for, and gives the index after it.
  private mutating func appendEscape(
    at index: Int, upTo end: Int, to result: inout [UInt8]
  ) -> Int {
    switch file.bytes[index + 1] {
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "0"): result.append(0x00)
    case UInt8(ascii: "\\"): result.append(UInt8(ascii: "\\"))
    case UInt8(ascii: "\""): result.append(UInt8(ascii: "\""))
    case UInt8(ascii: "'"): result.append(UInt8(ascii: "'"))
    case UInt8(ascii: "{"): result.append(UInt8(ascii: "{"))
    case UInt8(ascii: "}"): result.append(UInt8(ascii: "}"))
    case 0x0A:
      // A line end after a backslash is left out, as in other languages.
      break
    case UInt8(ascii: "x"):
      return appendScalar(index, digits: index + 2..<min(index + 4, end), count: 2, to: &result)
    case UInt8(ascii: "u"):
      return appendUnicodeEscape(at: index, upTo: end, to: &result)
    default:
      reportEscape(index..<index + 2)
      result.append(UInt8(ascii: "\\"))
      return index + 1
    }
    return index + 2
  }

  /// `\u00e9` or `\u{1F600}`.
  private mutating func appendUnicodeEscape(
    at index: Int, upTo end: Int, to result: inout [UInt8]
  ) -> Int {
    let first = index + 2
    guard first < end, file.bytes[first] == UInt8(ascii: "{") else {
      return appendScalar(index, digits: first..<min(first + 4, end), count: 4, to: &result)
    }
    var close = first + 1
    while close < end, close <= first + 7, file.bytes[close] != UInt8(ascii: "}") { close += 1 }
    guard close < end, file.bytes[close] == UInt8(ascii: "}"), close > first + 1 else {
      reportEscape(index..<min(close, end))
      return min(close, end)
    }
    _ = appendScalar(index, digits: first + 1..<close, count: close - first - 1, to: &result)
    return close + 1
  }

  private mutating func appendScalar(
    _ start: Int, digits: Range<Int>, count: Int, to result: inout [UInt8]
  ) -> Int {
    var value: UInt32 = 0
    for index in digits {
      guard let digit = file.bytes[index].hexValue else {
        reportEscape(start..<index)
        return index
      }
      value = value &* 16 &+ digit
    }
    guard digits.count == count, let scalar = UnicodeScalar(value) else {
      reportEscape(start..<digits.upperBound)
      return digits.upperBound
    }
    result.append(contentsOf: Array(String(Character(scalar)).utf8))
    return digits.upperBound
  }

  private mutating func reportEscape(_ range: Range<Int>) {
    var end = range.upperBound
    while end < file.bytes.count, file.bytes[end] & 0xC0 == 0x80 { end += 1 }
    let shown = file.text(range.lowerBound..<end)
    if shown.hasPrefix("\\u") || shown.hasPrefix("\\x") {
      return report(
        .badEscape, "`\(shown)` names no character", at: SourceRange(file, range.lowerBound, end),
        label: "write its hexadecimal number, as in `\\u{1F600}`")
    }
    report(
      .badEscape, "`\(shown)` is no escape", at: SourceRange(file, range.lowerBound, end),
      label: "write `\\\\` for a backslash",
      help: "a regular expression is best written as a raw string: r\"…\"")
  }
}
