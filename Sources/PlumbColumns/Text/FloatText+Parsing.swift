extension FloatText {
  /// The double nearest to a decimal number such as `0.5`, `-1e-3`, `.5`, `7`; also `nan`, `inf`
  /// and `infinity` in any case, with a sign. Nil for all else.
  ///
  /// Exact: numbers that the fast ways cannot round with certainty go the slow way.
  package static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let base = text.baseAddress, text.count > 0 else { return nil }
    let count = text.count
    var position = 0
    var isNegative = false
    if base[0] == 0x2D || base[0] == 0x2B {
      isNegative = base[0] == 0x2D
      position = 1
    }
    guard position < count else { return nil }
    if base[position] > 0x39 { return parseName(text, from: position, isNegative) }

    var mantissa: UInt64 = 0
    let start = position
    position = readDigits(base, position, count, &mantissa)
    var digitCount = position &- start
    var exponent = 0
    if position < count, base[position] == 0x2E {
      let fraction = position &+ 1
      position = readDigits(base, fraction, count, &mantissa)
      exponent = fraction &- position
      digitCount &+= position &- fraction
    }
    guard digitCount > 0 else { return nil }
    if position < count {
      guard base[position] | 0x20 == 0x65 else { return nil }
      guard let written = readExponent(base, position &+ 1, count) else { return nil }
      exponent += written
    }
    if digitCount > 19, significantDigits(base, start, count) > 19 { return parseSlowly(text) }
    guard let magnitude = nearestDouble(mantissa, exponent) else { return parseSlowly(text) }
    return isNegative ? -magnitude : magnitude
  }

  /// The double that a text is; nil when it is none.
  package static func parse(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { parse($0) }
  }

  /// Reads digits into `mantissa` (wrapping past 19 digits) and gives the position after them.
  @inline(__always)
  private static func readDigits(
    _ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ mantissa: inout UInt64
  ) -> Int {
    var position = start
    while position &+ 8 <= count {
      let word = UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self)
      guard isEightDigits(word) else { break }
      mantissa = mantissa &* 100_000_000 &+ eightDigits(word)
      position &+= 8
    }
    while position < count {
      let digit = base[position] &- 0x30
      guard digit < 10 else { break }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      position &+= 1
    }
    return position
  }

  private static func readExponent(
    _ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int
  ) -> Int? {
    var position = start
    var isNegative = false
    if position < count, base[position] == 0x2D || base[position] == 0x2B {
      isNegative = base[position] == 0x2D
      position &+= 1
    }
    guard position < count else { return nil }
    var value = 0
    while position < count {
      let digit = base[position] &- 0x30
      guard digit < 10 else { return nil }
      // Far beyond the range of a double the exact value no longer matters.
      if value < 100_000 { value = value * 10 + Int(digit) }
      position &+= 1
    }
    return isNegative ? -value : value
  }

  /// The digits from the first that is not 0, up to the exponent.
  private static func significantDigits(
    _ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int
  ) -> Int {
    var significant = 0
    for position in start..<count {
      let byte = base[position]
      if byte | 0x20 == 0x65 { break }
      if byte == 0x2E { continue }
      if significant > 0 || byte != 0x30 { significant += 1 }
    }
    return significant
  }

  private static func parseName(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, _ isNegative: Bool
  ) -> Double? {
    guard text.count - start <= 8 else { return nil }
    switch String(decoding: text[start...], as: UTF8.self).lowercased() {
    case "nan": return .nan
    case "inf", "infinity": return isNegative ? -.infinity : .infinity
    default: return nil
    }
  }

  /// The standard library's conversion; the text is known to be a number.
  private static func parseSlowly(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    Double(String(decoding: text, as: UTF8.self)) ?? parsePadded(text)
  }

  /// `5.` and `.5` are numbers here but not there.
  private static func parsePadded(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    var padded: [UInt8] = []
    for (position, byte) in text.enumerated() {
      let previous = position > 0 ? text[position - 1] : 0
      let next = position + 1 < text.count ? text[position + 1] : 0
      if byte == 0x2E, previous &- 0x30 >= 10 { padded.append(0x30) }
      padded.append(byte)
      if byte == 0x2E, next &- 0x30 >= 10 { padded.append(0x30) }
    }
    return Double(String(decoding: padded, as: UTF8.self))
  }
}
