import PlumbColumns
import PlumbColumnsTesting
import Testing

@Suite struct NumberTextTests {
  @Test(arguments: [
    ("0", 0), ("-0", 0), ("+7", 7), ("007", 7), ("9223372036854775807", Int.max),
    ("-9223372036854775808", Int.min), ("00000000000000000000001", 1),
  ])
  func integersAreRead(_ text: String, _ value: Int) {
    #expect(IntegerText.parse(text) == value)
  }

  @Test(arguments: [
    "", "-", "+", "1.0", "1e3", " 1", "1 ", "0x1", "9223372036854775808",
    "-9223372036854775809", "18446744073709551616", "99999999999999999999", "1_000", "--1",
  ])
  func otherTextsAreNoIntegers(_ text: String) {
    #expect(IntegerText.parse(text) == nil)
  }

  @Test(arguments: [
    ("1", 1), (".5", 0.5), ("5.", 5), ("-0.0", -0.0), ("1e3", 1000), ("1E-05", 1e-5),
    ("+2.5", 2.5), ("inf", .infinity), ("-Infinity", -.infinity), ("1e400", .infinity),
    ("1e-400", 0), ("4.9e-324", .leastNonzeroMagnitude),
    ("1.7976931348623157e308", .greatestFiniteMagnitude),
    ("9007199254740993", 9007199254740992),
    ("123456789012345678901234567890", 123456789012345678901234567890.0),
    ("0.00000000000000000000000000000000000001", 1e-38), ("00000000000000000000001.5", 1.5),
    ("1.00000000000000000000000000000000000000001", 1), ("0e999999999999", 0),
  ])
  func floatsAreRead(_ text: String, _ value: Double) {
    #expect(FloatText.parse(text)?.bitPattern == value.bitPattern, "\(text)")
  }

  @Test func nanIsRead() {
    #expect(FloatText.parse("NaN")?.isNaN == true)
    #expect(FloatText.parse("-nan")?.isNaN == true)
  }

  @Test(arguments: [
    "", "-", ".", "e5", "1e", "1e+", "1.2.3", "0x1p3", "1 ", "nano", "infinit", "1,5", "--1",
    "12345678a", "1.12345678x",
  ])
  func otherTextsAreNoFloats(_ text: String) {
    #expect(FloatText.parse(text) == nil)
  }

  /// Every double comes back from its text, and every decimal is rounded as the standard library
  /// rounds it.
  @Test func floatsAgreeWithTheStandardLibrary() throws {
    let seed = propertySeed()
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50_000 {
      let double = Double(bitPattern: random.next())
      if double.isFinite {
        #expect(FloatText.parse(FloatText.format(double)) == double, "seed \(seed)")
      }
      let near = Double(Int64(truncatingIfNeeded: random.next())) / 1e12
      #expect(FloatText.parse(FloatText.format(near)) == near, "seed \(seed)")
      var text = String(random.next() >> UInt64.random(in: 0...60, using: &random))
      let point = Int.random(in: 0...text.count, using: &random)
      text.insert(".", at: text.index(text.startIndex, offsetBy: point))
      if text.hasPrefix(".") { text = "0" + text }
      if text.hasSuffix(".") { text += "0" }
      text += "e\(Int.random(in: -70...70, using: &random))"
      #expect(FloatText.parse(text) == Double(text), "\(text), seed \(seed)")
    }
  }

  @Test func halvesRoundToEven() {
    for text in [
      "9007199254740993", "9007199254740995", "9007199254740992.5", "4503599627370497.5",
      "1.00000000000000011102230246251565404", "1e23", "8.5e22", "5e-20", "9007199254740993e1",
    ] {
      #expect(FloatText.parse(text) == Double(text), "\(text)")
    }
  }

  @Test(arguments: [
    ([0x61, 0xC3, 0xA9] as [UInt8], nil), ([0xC3], 0), ([0x61, 0x80], 1), ([0xC0, 0x80], 0),
    ([0xED, 0xA0, 0x80], 0), ([0xF4, 0x90, 0x80, 0x80], 0), ([0xE0, 0x80, 0x80], 0),
    (Array("0123456789abcdef".utf8) + [0xFF], 16), (Array("日本語🎉".utf8), nil),
    ([0xF0, 0x9F, 0x8E], 0),
  ])
  func invalidUTF8IsFound(_ bytes: [UInt8], _ position: Int?) {
    #expect(bytes.withUnsafeBufferPointer { UTF8Text.firstInvalid($0) } == position)
  }
}
