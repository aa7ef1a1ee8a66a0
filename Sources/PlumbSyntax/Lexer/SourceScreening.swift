import PlumbDiagnostics

/// Why a text cannot be lexed at all.
struct SourceDefect {
  var code: DiagnosticCode
  var message: String
  var offset: Int
  var label: String?
}

/// Looks for the first byte that no program text contains: invalid UTF-8, or a control character
/// other than tab and line ends.
///
/// Binary junk thus gives one error, not thousands.
func findSourceDefect(_ bytes: UnsafeBufferPointer<UInt8>) -> SourceDefect? {
  var index = 0
  while index < bytes.count {
    let byte = bytes[index]
    if byte < 0x80 {
      if byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D || byte == 0x7F {
        return controlCharacter(byte, at: index, in: bytes)
      }
      index += 1
      continue
    }
    let length = validSequenceLength(bytes, at: index)
    if length == 0 {
      let label =
        bytes.count >= 2
          && (bytes[0] == 0xFF && bytes[1] == 0xFE || bytes[0] == 0xFE && bytes[1] == 0xFF)
        ? "this looks like UTF-16; save it as UTF-8" : "this byte is no UTF-8"
      return SourceDefect(
        code: .invalidUTF8, message: "the program is not UTF-8 text", offset: index, label: label)
    }
    index += length
  }
  return nil
}

private func controlCharacter(
  _ byte: UInt8, at index: Int, in bytes: UnsafeBufferPointer<UInt8>
) -> SourceDefect {
  let digits = String(byte, radix: 16, uppercase: true)
  let scalar = "U+" + String(repeating: "0", count: 4 - digits.count) + digits
  let isDatabase = bytes.starts(with: "SQLite format 3".utf8)
  return SourceDefect(
    code: .controlCharacter,
    message: isDatabase
      ? "this is a SQLite database, not a program"
      : "the program contains the control character \(scalar)",
    offset: index,
    label: isDatabase ? "name it as a source, or open it with `open \"…\"`" : nil)
}

/// The length of the well-formed UTF-8 sequence that begins at an index (Unicode 15, table 3-7), or
/// 0 when there is none.
private func validSequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
  func continuation(_ offset: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xBF) -> Bool {
    index + offset < bytes.count && bytes[index + offset] >= low && bytes[index + offset] <= high
  }
  switch bytes[index] {
  case 0xC2...0xDF:
    return continuation(1) ? 2 : 0
  case 0xE0:
    return continuation(1, 0xA0) && continuation(2) ? 3 : 0
  case 0xED:
    return continuation(1, 0x80, 0x9F) && continuation(2) ? 3 : 0
  case 0xE1...0xEF:
    return continuation(1) && continuation(2) ? 3 : 0
  case 0xF0:
    return continuation(1, 0x90) && continuation(2) && continuation(3) ? 4 : 0
  case 0xF1...0xF3:
    return continuation(1) && continuation(2) && continuation(3) ? 4 : 0
  case 0xF4:
    return continuation(1, 0x80, 0x8F) && continuation(2) && continuation(3) ? 4 : 0
  default:
    return 0
  }
}
