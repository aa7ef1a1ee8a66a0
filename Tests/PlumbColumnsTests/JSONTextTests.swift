import PlumbColumns
import PlumbColumnsTesting
import Testing

@Suite struct JSONTextTests {
  @Test(arguments: [
    ("null", Value.null), (" true ", .bool(true)), ("-12", .int(-12)), ("1.5e1", .float(15)),
    ("9223372036854775808", .float(9223372036854775808)), ("NaN", .float(.nan)),
    ("-Infinity", .float(-.infinity)), (#""a\n\u00e9\ud83c\udf89\/""#, .string("a\né🎉/")),
    ("[]", .list([], element: .null)), ("[1, null]", .list([.int(1), .null], element: .int)),
    ("[1, 2.5]", .list([.float(1), .float(2.5)], element: .float)),
    (#"[1, "a", [2]]"#, .list([.string("1"), .string("a"), .string("[2]")], element: .string)),
    (
      #"{"a": {"b": 1}}"#,
      .record([.init("a", .record([.init("b", .int(1))]))])
    ),
    (
      #"[{"a": 1}, {"b": "x", "a": 2.5}]"#,
      .list(
        [
          .record([.init("a", .float(1)), .init("b", .null)]),
          .record([.init("a", .float(2.5)), .init("b", .string("x"))]),
        ], element: .record([.init("a", .float), .init("b", .string)]))
    ),
    (
      "[[1], []]",
      .list([.list([.int(1)], element: .int), .list([], element: .int)], element: .list(.int))
    ),
  ])
  func textsAreRead(_ text: String, _ value: Value) throws {
    let read = try JSONText.parse(text)
    #expect(read == value)
    #expect(read.type == value.type)
  }

  @Test(arguments: [
    ("", 0), ("[1,]", 3), ("[1 2]", 3), ("{a: 1}", 1), (#"{"a" 1}"#, 5), ("01", 0), ("1.", 2),
    ("+1", 0), (".5", 0), ("\"a", 0), ("\"a\nb\"", 2), (#""\x""#, 1), (#""\ud800""#, 1),
    (#""\udc00""#, 1), (#""\ud800\u0041""#, 1), (#""\u12g4""#, 1), ("nul", 0), ("1 1", 2),
    (#"{"a": 1, "a": 2}"#, 9), ("[", 1), ("{\"a\":", 5), ("1e", 2), ("-", 1), ("'a'", 0),
    (#""\u12"#, 1), ("\u{0}", 0),
  ])
  func errorsHaveTheirPlace(_ text: String, _ offset: Int) {
    let error = #expect(throws: JSONError.self) { try JSONText.parse(text) }
    #expect(error?.offset == offset, "\(error?.message ?? "")")
  }

  @Test func depthIsLimited() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONError.self) { try JSONText.parse(deep) }
    let allowed = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
    #expect(throws: Never.self) { try JSONText.parse(allowed) }
  }

  @Test func invalidUTF8IsAnError() {
    let bytes: [UInt8] = [0x22, 0x61, 0xFF, 0x22]
    bytes.withUnsafeBufferPointer { buffer in
      let error = #expect(throws: JSONError.self) { try JSONText.parse(buffer) }
      #expect(error?.offset == 2)
    }
  }

  @Test func placesAreLinesAndColumns() {
    let text = Array("[\n 1,\n x]".utf8)
    text.withUnsafeBufferPointer { buffer in
      let error = #expect(throws: JSONError.self) { try JSONText.parse(buffer) }
      let place = error?.place(in: buffer)
      #expect(place?.line == 3)
      #expect(place?.column == 2)
    }
  }

  @Test func writtenValuesComeBack() throws {
    let seed = propertySeed()
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let value = randomValue(&random, depth: 0)
      let text = JSONText.write(value)
      #expect(try JSONText.parse(text) == value, "seed \(seed): \(text)")
    }
  }

  private func randomValue(_ random: inout SeededGenerator, depth: Int) -> Value {
    switch Int.random(in: 0...(depth < 3 ? 6 : 4), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .int(Int(truncatingIfNeeded: random.next()))
    case 3:
      let double = Double(bitPattern: random.next())
      return .float(double.isFinite ? double : 0.5)
    case 4:
      let scalars = (0..<Int.random(in: 0...6, using: &random)).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0...0x11FFF, using: &random))
      }
      return .string(String(String.UnicodeScalarView(scalars)))
    case 5:
      return .jsonList(
        (0..<Int.random(in: 0...3, using: &random)).map { .int($0) })
    default:
      return .record(
        (0..<Int.random(in: 0...3, using: &random)).map { index in
          .init("k\(index)\"", randomValue(&random, depth: depth + 1))
        })
    }
  }
}
