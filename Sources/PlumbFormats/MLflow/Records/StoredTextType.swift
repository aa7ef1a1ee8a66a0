import PlumbColumns

/// As what a stored text can be read, as a set: the type of a key is what fits all its values.
struct StoredTextKinds: OptionSet, Sendable {
  let rawValue: UInt8

  static let int = StoredTextKinds(rawValue: 1)
  static let float = StoredTextKinds(rawValue: 2)
  static let bool = StoredTextKinds(rawValue: 4)
  static let text = StoredTextKinds(rawValue: 8)

  /// The type that holds every value of a key whose values are of these kinds.
  var type: DataType {
    switch self {
    case .int: .int
    case .float, [.int, .float]: .float
    case .bool: .bool
    default: .string
    }
  }

  /// The kind of one text: what Python's `str` and R's `as.character` write for a number or a
  /// bool, or text.
  ///
  /// Text with leading zeros or a leading `+` stays text (`007`, `+49…`), and so does an integer
  /// that 64 bits do not hold, as a float would not keep it.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    guard let first = text.first, text.count <= StoredTextKinds.longestNumber else {
      self = .text
      return
    }
    let isNumberStart = isDigit(first) || first == minus || first == point
    if isNumberStart, let kind = numberKind(text) {
      self = kind
      return
    }
    switch String(decoding: text, as: UTF8.self) {
    case "True", "False", "true", "false", "TRUE", "FALSE": self = .bool
    case "nan", "NaN", "inf", "-inf", "Infinity", "-Infinity": self = .float
    default: self = .text
    }
  }

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Longer than any number that `str` writes.
  private static let longestNumber = 40
}

private let minus = UInt8(ascii: "-")
private let point = UInt8(ascii: ".")
private let zero = UInt8(ascii: "0")

private func isDigit(_ byte: UInt8) -> Bool { byte &- zero <= 9 }

/// The kind of a decimal number, nil if the text is not one.
private func numberKind(_ text: UnsafeBufferPointer<UInt8>) -> StoredTextKinds? {
  var position = text[0] == minus ? 1 : 0
  let integerStart = position
  while position < text.count, isDigit(text[position]) { position += 1 }
  let integerDigits = position - integerStart
  if integerDigits > 1, text[integerStart] == zero { return nil }
  if position == text.count {
    guard integerDigits > 0 else { return nil }
    // "-0" has a meaning that an int cannot keep.
    if integerDigits == 1, text[integerStart] == zero, integerStart == 1 { return .float }
    if integerDigits <= 18 { return .int }
    return Int(String(decoding: text, as: UTF8.self)) == nil ? nil : .int
  }
  var fractionDigits = 0
  if text[position] == point {
    position += 1
    let start = position
    while position < text.count, isDigit(text[position]) { position += 1 }
    fractionDigits = position - start
  }
  guard integerDigits + fractionDigits > 0 else { return nil }
  if position < text.count {
    guard text[position] | 0x20 == UInt8(ascii: "e") else { return nil }
    position += 1
    if position < text.count, text[position] == minus || text[position] == UInt8(ascii: "+") {
      position += 1
    }
    let start = position
    while position < text.count, isDigit(text[position]) { position += 1 }
    guard position > start, position == text.count else { return nil }
  }
  // A number that overflows is not what was written.
  guard let value = storedDouble(text), value.isFinite else { return nil }
  return .float
}

/// The double that a text of kind int or float stands for.
func storedDouble(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
  storedDouble(String(decoding: text, as: UTF8.self))
}

/// The double that a text written by Python's `repr` stands for.
func storedDouble(_ text: String) -> Double? {
  if let double = Double(text) { return double }
  var string = text
  // The standard library reads neither `.5` nor `5.` as Python does.
  if string.hasPrefix(".") { string = "0" + string }
  if string.hasPrefix("-.") { string = "-0" + string.dropFirst() }
  if let index = string.firstIndex(of: ".") {
    let next = string.index(after: index)
    if next == string.endIndex || !string[next].isWholeNumber {
      string.insert("0", at: next)
    }
  }
  return Double(string)
}
