import PlumbColumns

/// The distinct texts of stored values.
final class StoredTexts {
  /// How values are written as text.
  enum Kind {
    /// As they are; they must be UTF-8.
    case text
    /// As they are, if all of the column is UTF-8.
    case bytes
    case hexadecimal, uuid, interval
  }

  private let interner = UnsafeMutablePointer<TextInterner>.allocate(capacity: 1)
  private var known = 0
  /// Whether a value that need not be text is none.
  private(set) var hasInvalid = false

  init() { interner.initialize(to: TextInterner()) }

  deinit {
    interner.deinitialize(count: 1)
    interner.deallocate()
  }

  /// The code of a stored value; nil where it should be UTF-8 and is not.
  @inline(__always)
  func code(of value: UnsafeRawBufferPointer, _ kind: Kind) -> UInt32? {
    switch kind {
    case .text, .bytes:
      let text = value.assumingMemoryBound(to: UInt8.self)
      let code = interner.pointee.intern(text)
      guard interner.pointee.count > known else { return code }
      known = interner.pointee.count
      if UTF8Text.firstInvalid(text) != nil {
        if kind == .text { return nil }
        hasInvalid = true
      }
      return code
    case .uuid: return intern(Self.uuid(value))
    case .interval: return intern(Self.interval(value))
    case .hexadecimal: return intern(hexadecimal(value))
    }
  }

  private func intern(_ text: String) -> UInt32 { interner.pointee.intern(text) }

  /// The texts by their codes, which the object then forgets.
  func finish() -> TextDictionary {
    // Code 0 must stand for a text even where every row is null.
    if interner.pointee.count == 0 { _ = interner.pointee.intern("") }
    let dictionary = interner.move().finish()
    interner.initialize(to: TextInterner())
    return dictionary
  }

  private static func uuid(_ value: UnsafeRawBufferPointer) -> String {
    let digits = hexadecimal(value)
    var text = ""
    for (position, digit) in digits.enumerated() {
      if position == 8 || position == 12 || position == 16 || position == 20 { text += "-" }
      text.append(digit)
    }
    return text
  }

  /// Months, days and milliseconds as an ISO 8601 duration.
  private static func interval(_ value: UnsafeRawBufferPointer) -> String {
    func part(_ index: Int) -> Int {
      Int(UInt32(littleEndian: value.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
    }
    let fraction = String(part(2) % 1000 + 1000).dropFirst()
    return "P\(part(0))M\(part(1))DT\(part(2) / 1000).\(fraction)S"
  }
}

/// The bytes as hexadecimal digits.
func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  text.reserveCapacity(bytes.count * 2)
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}

extension TextDictionary {
  /// The hexadecimal digits of all texts, under the same codes.
  func hexadecimals() -> TextDictionary {
    var builder = TextDictionaryBuilder()
    for code in 0..<count { builder.append(hexadecimal(utf8(code))) }
    return builder.finish(isUnique: isUnique)
  }
}
