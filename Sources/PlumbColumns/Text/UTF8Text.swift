/// Checks on UTF-8.
package enum UTF8Text {
  /// The position of the first byte that is not part of valid UTF-8 (RFC 3629), or nil.
  package static func firstInvalid(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = text.baseAddress else { return nil }
    let raw = UnsafeRawPointer(base)
    let count = text.count
    var position = 0
    while position < count {
      // Eight ASCII bytes at a time.
      if position &+ 8 <= count,
        raw.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        position &+= 8
        continue
      }
      let length = sequenceLength(base, position, count)
      if length == 0 { return position }
      position &+= length
    }
    return nil
  }

  /// The bytes of the valid sequence that begins at `position`, or 0.
  private static func sequenceLength(
    _ base: UnsafePointer<UInt8>, _ position: Int, _ count: Int
  ) -> Int {
    let first = base[position]
    if first < 0x80 { return 1 }
    func continues(_ index: Int) -> Bool {
      position &+ index < count && base[position &+ index] & 0xC0 == 0x80
    }
    switch first {
    case 0xC2...0xDF: return continues(1) ? 2 : 0
    case 0xE0...0xEF:
      guard continues(1), continues(2) else { return 0 }
      let second = base[position &+ 1]
      if first == 0xE0, second < 0xA0 { return 0 }
      if first == 0xED, second > 0x9F { return 0 }
      return 3
    case 0xF0...0xF4:
      guard continues(1), continues(2), continues(3) else { return 0 }
      let second = base[position &+ 1]
      if first == 0xF0, second < 0x90 { return 0 }
      if first == 0xF4, second > 0x8F { return 0 }
      return 4
    default: return 0
    }
  }
}
