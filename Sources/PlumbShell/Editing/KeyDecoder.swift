/// Turns the bytes of a terminal into keys.
///
/// Sequences that mean nothing here are swallowed whole, so that no tail of them ends up in the
/// text. What is incomplete waits for more bytes, or for ``endSequence()``.
struct KeyDecoder {
  private var bytes: [UInt8] = []
  private var position = 0

  private static let escape: UInt8 = 0x1B
  /// No sequence is longer; more is not one.
  private static let longestSequence = 64
  private static let pasteStart = Array("\u{1B}[200~".utf8)
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  /// Takes bytes that have arrived.
  mutating func feed(_ more: some Sequence<UInt8>) {
    if position > 0 {
      bytes.removeFirst(position)
      position = 0
    }
    bytes.append(contentsOf: more)
  }

  /// Whether bytes have arrived that are not yet a key.
  var isWaiting: Bool { position < bytes.count }

  /// The next key; nil when more bytes are needed.
  mutating func next() -> Key? {
    while position < bytes.count {
      switch decode() {
      case .key(let key, let length):
        position += length
        return key
      case .nothing(let length): position += length
      case .incomplete: return nil
      }
    }
    return nil
  }

  /// The key that an incomplete sequence is when nothing follows it: escape, or Alt with a
  /// character. A paste whose end never comes ends with what is there.
  mutating func endSequence() -> Key? {
    guard position < bytes.count else { return nil }
    let rest = bytes[position...]
    guard rest.first == Self.escape else {
      // The beginning of a UTF-8 sequence without its end.
      position = bytes.count
      return nil
    }
    if rest.count == 2, let second = rest.last, second == 0x5B || second == 0x4F {
      position = bytes.count
      return .alt(Unicode.Scalar(second))
    }
    if isInPaste {
      let text = String(decoding: rest.dropFirst(Self.pasteStart.count), as: UTF8.self)
      position = bytes.count
      return .paste(Self.plain(text))
    }
    position += 1
    return .character("\u{1B}")
  }

  /// Whether a paste has begun whose end has not arrived.
  var isInPaste: Bool { bytes[position...].starts(with: Self.pasteStart) }

  private enum Step {
    case key(Key, length: Int)
    /// Bytes that are no key.
    case nothing(length: Int)
    case incomplete
  }

  private func byte(_ offset: Int) -> UInt8? {
    position + offset < bytes.count ? bytes[position + offset] : nil
  }

  private func decode() -> Step {
    guard bytes[position] == Self.escape else { return character(at: 0) { .character($0) } }
    guard let second = byte(1) else { return .incomplete }
    switch second {
    case UInt8(ascii: "["): return controlSequence()
    case UInt8(ascii: "O"): return applicationKey()
    case Self.escape: return .key(.character("\u{1B}"), length: 1)
    case 0x0A, 0x0D: return .key(.special(.altEnter), length: 2)
    default: return character(at: 1) { .alt($0) }
    }
  }

  /// One character of UTF-8.
  private func character(at offset: Int, _ make: (Unicode.Scalar) -> Key) -> Step {
    guard let first = byte(offset) else { return .incomplete }
    if first < 0x80 { return .key(make(Unicode.Scalar(first)), length: offset + 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first < 0xF5 else { return .nothing(length: offset + 1) }
    let start = position + offset
    let available = bytes[start..<min(start + length, bytes.count)]
    let valid = available.dropFirst().prefix { $0 & 0xC0 == 0x80 }
    guard valid.count == available.count - 1 else {
      return .nothing(length: offset + 1 + valid.count)
    }
    guard available.count == length else { return .incomplete }
    let text = String(decoding: available, as: UTF8.self)
    guard text.unicodeScalars.count == 1, let scalar = text.unicodeScalars.first,
      scalar != "\u{FFFD}", !(0x80...0x9F).contains(scalar.value)
    else { return .nothing(length: offset + length) }
    return .key(make(scalar), length: offset + length)
  }

  /// `ESC O x`
  private func applicationKey() -> Step {
    guard let final = byte(2) else { return .incomplete }
    guard let key = Self.letterKey(final) else { return .nothing(length: 3) }
    return .key(.special(key), length: 3)
  }

  /// `ESC [ parameters final`
  private func controlSequence() -> Step {
    var length = 2
    // The Linux console's function keys.
    if byte(2) == UInt8(ascii: "[") {
      guard let final = byte(3) else { return .incomplete }
      return final == UInt8(ascii: "A") ? .key(.special(.help), length: 4) : .nothing(length: 4)
    }
    while let byte = byte(length), (0x20...0x3F).contains(byte) {
      length += 1
      if length > Self.longestSequence { return .nothing(length: length) }
    }
    guard let final = byte(length) else { return .incomplete }
    guard (0x40...0x7E).contains(final) else { return .nothing(length: length) }
    let text = String(decoding: bytes[position + 2..<position + length], as: UTF8.self)
    length += 1
    if final == UInt8(ascii: "~"), text == "200" { return paste(length) }
    let numbers = text.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard let key = Self.key(final, numbers) else { return .nothing(length: length) }
    return .key(.special(key), length: length)
  }

  private static func key(_ final: UInt8, _ numbers: [Int]) -> SpecialKey? {
    let modifiers = numbers.count > 1 ? max(0, numbers[1] - 1) : 0
    let isWord = modifiers & 0b110 != 0
    switch final {
    case UInt8(ascii: "C") where isWord: return .wordRight
    case UInt8(ascii: "D") where isWord: return .wordLeft
    case UInt8(ascii: "u"): return numbers.first == 13 && modifiers != 0 ? .altEnter : nil
    case UInt8(ascii: "~"):
      switch numbers.first {
      case 1, 7: return .home
      case 2: return .insert
      case 3: return .delete
      case 4, 8: return .end
      case 5: return .pageUp
      case 6: return .pageDown
      case 11: return .help
      case 27: return numbers.count > 2 && numbers[2] == 13 ? .altEnter : nil
      default: return nil
      }
    default: return letterKey(final)
    }
  }

  private static func letterKey(_ final: UInt8) -> SpecialKey? {
    switch final {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "P"): .help
    case UInt8(ascii: "Z"): .backTab
    default: nil
    }
  }

  /// All up to the sequence that ends a paste.
  private func paste(_ start: Int) -> Step {
    var index = position + start
    while index < bytes.count {
      if bytes[index] == Self.escape {
        let rest = bytes[index...].prefix(Self.pasteEnd.count)
        if rest.elementsEqual(Self.pasteEnd) {
          let text = bytes[(position + start)..<index]
          return .key(
            .paste(Self.plain(String(decoding: text, as: UTF8.self))),
            length: index + Self.pasteEnd.count - position)
        }
      }
      index += 1
    }
    return .incomplete
  }

  /// Pasted text without what a terminal would obey.
  ///
  /// A line end may be either character or both, in either order: while editing, the terminal
  /// exchanges them.
  static func plain(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var lineEnd: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A, 0x0D:
        if let first = lineEnd, first != scalar {
          lineEnd = nil
          continue
        }
        result.append("\n")
        lineEnd = scalar
        continue
      case 0x09, 0x20...0x7E, 0xA0...: result.append(scalar)
      default: break
      }
      lineEnd = nil
    }
    return String(result)
  }
}
