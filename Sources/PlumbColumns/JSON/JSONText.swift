/// JSON text of values, and values of JSON text (RFC 8259).
package enum JSONText {
  /// The JSON text of a value, on one line.
  ///
  /// Timestamps are ISO 8601 strings in UTC, durations numbers of seconds, NaN and the infinities
  /// the strings `NaN`, `Infinity`, `-Infinity`.
  package static func write(_ value: Value) -> String {
    var buffer = TextBuffer()
    append(value, to: &buffer)
    return buffer.string
  }

  /// Appends a value as JSON.
  package static func append(_ value: Value, to buffer: inout TextBuffer) {
    switch value {
    case .null: buffer.append("null")
    case .bool(let bool): buffer.append(bool ? "true" : "false")
    case .int(let integer): buffer.append(integer: integer)
    case .float(let double): append(float: double, to: &buffer)
    case .string(let text): append(string: text, to: &buffer)
    case .timestamp(let microseconds):
      buffer.append(0x22)
      TimestampText.append(microseconds, to: &buffer)
      buffer.append(0x22)
    case .duration(let microseconds): DurationText.appendSeconds(microseconds, to: &buffer)
    case .list(let values, _):
      buffer.append(0x5B)
      for (index, value) in values.enumerated() {
        if index > 0 { buffer.append(0x2C) }
        append(value, to: &buffer)
      }
      buffer.append(0x5D)
    case .record(let fields):
      buffer.append(0x7B)
      for (index, field) in fields.enumerated() {
        if index > 0 { buffer.append(0x2C) }
        append(string: field.name, to: &buffer)
        buffer.append(0x3A)
        append(field.value, to: &buffer)
      }
      buffer.append(0x7D)
    }
  }

  /// Appends a double; NaN and the infinities, which JSON has not, as texts.
  package static func append(float value: Double, to buffer: inout TextBuffer) {
    guard !value.isFinite else { return FloatText.append(value, to: &buffer) }
    buffer.append(0x22)
    FloatText.append(value, to: &buffer)
    buffer.append(0x22)
  }

  /// Appends a text in quotes.
  package static func append(string: String, to buffer: inout TextBuffer) {
    var string = string
    string.withUTF8 { append(string: $0, to: &buffer) }
  }

  /// Appends a text in quotes. All control characters are escaped, also those beyond ASCII, and
  /// those that turn the direction of writing.
  package static func append(
    string: UnsafeBufferPointer<UInt8>, to buffer: inout TextBuffer
  ) {
    buffer.reserve(string.count + 2)
    buffer.append(0x22)
    var start = 0
    var position = 0
    while position < string.count {
      let byte = string[position]
      if byte >= 0x20, byte != 0x22, byte != 0x5C, byte < 0x7F {
        position &+= 1
        continue
      }
      let scalar = controlScalar(string, position)
      guard byte < 0x80 || scalar.length > 0 else {
        position += 1
        continue
      }
      buffer.append(UnsafeBufferPointer(rebasing: string[start..<position]))
      switch byte {
      case 0x22: buffer.append("\\\"")
      case 0x5C: buffer.append("\\\\")
      case 0x0A: buffer.append("\\n")
      case 0x0D: buffer.append("\\r")
      case 0x09: buffer.append("\\t")
      case 0x08: buffer.append("\\b")
      case 0x0C: buffer.append("\\f")
      default: appendEscape(scalar.value, to: &buffer)
      }
      position += max(scalar.length, 1)
      start = position
    }
    buffer.append(UnsafeBufferPointer(rebasing: string[start..<position]))
    buffer.append(0x22)
  }

  private static func appendEscape(_ scalar: UInt32, to buffer: inout TextBuffer) {
    buffer.append("\\u")
    for shift in [12, 8, 4, 0] as [UInt32] {
      let digit = UInt8(scalar >> shift & 15)
      buffer.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }
}

/// The control character (or line, paragraph or direction mark) that begins at a byte of valid
/// UTF-8, and its length in bytes; length 0 when there is none.
package func controlScalar(
  _ text: UnsafeBufferPointer<UInt8>, _ position: Int
) -> (value: UInt32, length: Int) {
  let byte = text[position]
  if byte < 0x20 || byte == 0x7F { return (UInt32(byte), 1) }
  if byte == 0xC2, position + 1 < text.count, text[position + 1] < 0xA0 {
    return (UInt32(text[position + 1]), 2)
  }
  guard byte == 0xE2, position + 2 < text.count else { return (0, 0) }
  let value = 0x2000 | UInt32(text[position + 1] & 0x3F) << 6 | UInt32(text[position + 2] & 0x3F)
  switch value {
  case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: return (value, 3)
  default: return (0, 0)
  }
}
