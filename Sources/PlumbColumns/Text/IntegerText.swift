/// Integers as decimal text.
package enum IntegerText {
  /// The integer of a text such as `42`, `-7`, `+3`; nil when it is none or leaves 64 bits.
  package static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = text.baseAddress else { return nil }
    var position = 0
    let count = text.count
    var isNegative = false
    if count > 0, base[0] == 0x2D || base[0] == 0x2B {
      isNegative = base[0] == 0x2D
      position = 1
    }
    guard position < count else { return nil }
    while position < count &- 1, base[position] == 0x30 { position &+= 1 }
    guard count &- position <= 19 else { return nil }
    var magnitude: UInt = 0
    while position < count {
      let digit = base[position] &- 0x30
      guard digit < 10 else { return nil }
      // 19 digits stay below 2^64.
      magnitude = magnitude &* 10 &+ UInt(digit)
      position &+= 1
    }
    if isNegative {
      return magnitude <= UInt(Int.max) + 1 ? Int(truncatingIfNeeded: 0 &- magnitude) : nil
    }
    return Int(exactly: magnitude)
  }

  /// The integer that a text is; nil when it is none or too large.
  package static func parse(_ text: String) -> Int? {
    var text = text
    return text.withUTF8 { parse($0) }
  }
}
