/// The classes of bytes that the lexer tells apart.
extension UInt8 {
  /// `[A-Za-z_]`.
  @inline(__always) var startsName: Bool {
    (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z")
      || self == UInt8(ascii: "_")
  }

  /// `[0-9]`.
  @inline(__always) var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  /// `[A-Za-z0-9_]`.
  @inline(__always) var continuesName: Bool { startsName || isDigit }

  /// The value of a hexadecimal digit.
  var hexValue: UInt32? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}

/// Whether the bytes of a range spell a word.
func spells(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ word: StaticString) -> Bool
{
  guard range.count == word.utf8CodeUnitCount else { return false }
  let start = word.utf8Start
  for offset in 0..<range.count where bytes[range.lowerBound + offset] != start[offset] {
    return false
  }
  return true
}
