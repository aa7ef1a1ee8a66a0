import PlumbColumns

/// As what the cells of a column can be read, as a set: the column's type is what fits them all.
struct CellKinds: OptionSet, BitwiseCopyable {
  let rawValue: UInt8

  static let int = CellKinds(rawValue: 1)
  static let float = CellKinds(rawValue: 2)
  static let bool = CellKinds(rawValue: 4)
  static let timestamp = CellKinds(rawValue: 8)
  static let text = CellKinds(rawValue: 16)
  /// An integer that needs 64 bits without a sign.
  static let wideInt = CellKinds(rawValue: 32)

  /// The type that holds cells of these kinds; nil when there was no cell with a value.
  var type: DataType? {
    switch self {
    case []: nil
    case .int: .int
    case .bool: .bool
    case .timestamp: .timestamp
    case _ where isSubset(of: [.int, .float, .wideInt]): .float
    default: .string
    }
  }
}

/// The kind of one cell, its spaces trimmed; no kind when it is empty.
///
/// Digits with leading zeros (`007`) and integers with a plus or beyond 64 bits stay text: they
/// are codes, and a number would lose digits.
func cellKind(_ text: UnsafeBufferPointer<UInt8>) -> CellKinds {
  guard let first = text.first else { return [] }
  switch first {
  case 0x30...0x39, 0x2B, 0x2D, 0x2E:
    if let kind = numberKind(text) { return kind }
    if text.count >= 10, TimestampText.parse(text) != nil { return .timestamp }
    return text.count <= 9 && FloatText.parse(text)?.isFinite == false ? .float : .text
  case 0x74, 0x54, 0x66, 0x46: return boolValue(text) == nil ? .text : .bool
  case 0x6E, 0x4E, 0x69, 0x49: return FloatText.parse(text) == nil ? .text : .float
  default: return .text
  }
}

/// The bool of `true`, `False` and their like.
func boolValue(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
  switch (text.count, text.first) {
  case (4, 0x74), (4, 0x54):
    return hasBytes(text, "true") || hasBytes(text, "True") || hasBytes(text, "TRUE") ? true : nil
  case (5, 0x66), (5, 0x46):
    return hasBytes(text, "false") || hasBytes(text, "False") || hasBytes(text, "FALSE")
      ? false : nil
  default: return nil
  }
}

/// Whether the text has just these bytes; the lengths are known to be the same.
private func hasBytes(_ text: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
  for position in 0..<text.count where text[position] != word.utf8Start[position] {
    return false
  }
  return true
}

private func numberKind(_ text: UnsafeBufferPointer<UInt8>) -> CellKinds? {
  func isDigit(_ position: Int) -> Bool { position < text.count && text[position] &- 0x30 < 10 }
  let hasSign = text[0] == 0x2D || text[0] == 0x2B
  let start = hasSign ? 1 : 0
  var position = start
  while isDigit(position) { position += 1 }
  let whole = position - start
  if whole > 1, text[start] == 0x30 { return position == text.count ? .text : nil }
  if position == text.count {
    guard whole > 0, text[0] != 0x2B else { return nil }
    if IntegerText.parse(text) != nil { return .int }
    return UInt64(String(decoding: text, as: UTF8.self)) != nil ? .wideInt : .text
  }
  var fraction = 0
  if text[position] == 0x2E {
    position += 1
    while isDigit(position + fraction) { fraction += 1 }
    position += fraction
  }
  guard whole + fraction > 0 else { return nil }
  if position == text.count { return .float }
  guard text[position] | 0x20 == 0x65 else { return nil }
  position += 1
  if position < text.count, text[position] == 0x2B || text[position] == 0x2D { position += 1 }
  guard isDigit(position) else { return nil }
  while isDigit(position) { position += 1 }
  return position == text.count ? .float : nil
}

/// The text without spaces and tabs at its ends.
func trimmed(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
  var start = 0
  var end = text.count
  while start < end, text[start] == 0x20 || text[start] == 0x09 { start += 1 }
  while end > start, text[end - 1] == 0x20 || text[end - 1] == 0x09 { end -= 1 }
  return UnsafeBufferPointer(rebasing: text[start..<end])
}
