import PlumbColumns

/// A page of metric points, read without a tree of its JSON: the bulk of what a server sends.
struct MetricPage {
  private(set) var points: [MetricPoint] = []
  /// The position of each point's run; -1 for one that is not known or not named.
  private(set) var runs: [Int] = []
  private(set) var nextToken: String?

  init(_ body: [UInt8], _ directory: RunDirectory) throws(JSONError) {
    var failure: JSONError?
    body.withUnsafeBufferPointer { text in
      do throws(JSONError) {
        if let invalid = UTF8Text.firstInvalid(text) {
          throw JSONError("the text is not valid UTF-8", offset: invalid)
        }
        var reader = JSONReader(text)
        try readPage(&reader, directory)
        reader.skipSpaces()
        guard reader.isAtEnd else { throw reader.unexpected("the end of the text") }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private mutating func readPage(
    _ reader: inout JSONReader, _ directory: RunDirectory
  ) throws(JSONError) {
    try Self.members(of: &reader) { (name, reader) throws(JSONError) in
      switch name {
      case "metrics":
        guard reader.take(UInt8(ascii: "[")) else { throw reader.unexpected("a list of metrics") }
        if reader.take(UInt8(ascii: "]")) { return }
        var text = TextBuffer(capacity: 64)
        repeat {
          try readPoint(&reader, directory, &text)
        } while reader.take(UInt8(ascii: ","))
        guard reader.take(UInt8(ascii: "]")) else { throw reader.unexpected("`,` or `]`") }
      case "next_page_token":
        if case .string(let token) = try reader.value() { nextToken = token }
      default: _ = try reader.value()
      }
    }
  }

  private mutating func readPoint(
    _ reader: inout JSONReader, _ directory: RunDirectory, _ text: inout TextBuffer
  ) throws(JSONError) {
    var point = MetricPoint(value: .nan, step: 0, timestamp: 0)
    var run = -1
    try Self.members(of: &reader) { (name, reader) throws(JSONError) in
      switch name {
      case "value": point.value = try Self.number(&reader).double
      case "step": point.step = try Self.number(&reader).whole
      case "timestamp":
        point.timestamp = microseconds(milliseconds: try Self.number(&reader).whole) ?? Int.max
      case "run_id":
        reader.skipSpaces()
        guard reader.peek == UInt8(ascii: "\"") else { throw reader.unexpected("a text") }
        text.removeAll()
        try reader.string(into: &text)
        run = directory.position(text.bytes)
      default: _ = try reader.value()
      }
    }
    points.append(point)
    runs.append(run)
  }

  /// Reads an object: `body` takes the value of each of its members.
  private static func members(
    of reader: inout JSONReader,
    _ body: (_ name: String, inout JSONReader) throws(JSONError) -> Void
  ) throws(JSONError) {
    guard reader.take(UInt8(ascii: "{")) else { throw reader.unexpected("`{`") }
    if reader.take(UInt8(ascii: "}")) { return }
    repeat {
      reader.skipSpaces()
      guard reader.peek == UInt8(ascii: "\"") else { throw reader.unexpected("a key in quotes") }
      let name = try reader.string()
      guard reader.take(UInt8(ascii: ":")) else { throw reader.unexpected("`:`") }
      try body(name, &reader)
    } while reader.take(UInt8(ascii: ","))
    guard reader.take(UInt8(ascii: "}")) else { throw reader.unexpected("`,` or `}`") }
  }

  /// A number as the interface writes it: also as text, `NaN` with or without quotes, or null.
  private static func number(
    _ reader: inout JSONReader
  ) throws(JSONError) -> (double: Double, whole: Int) {
    reader.skipSpaces()
    let start = reader.position
    switch try reader.value() {
    case .int(let value): return (metricValue(Double(value), isNaN: false), value)
    case .float(let value):
      return (metricValue(value, isNaN: value.isNaN), Int(exactly: value) ?? 0)
    case .string(let text):
      guard let value = storedDouble(text) else {
        throw reader.error("`\(text.prefix(40))` where a number is due", at: start)
      }
      return (metricValue(value, isNaN: value.isNaN), Int(text) ?? Int(exactly: value) ?? 0)
    case .null: return (.nan, 0)
    default: throw reader.error("a number is due", at: start)
    }
  }
}
