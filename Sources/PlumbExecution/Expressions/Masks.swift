import PlumbColumns

/// Eight bits as eight bytes of 0 or 1, the lowest bit first.
@inline(__always)
func expandedBits(_ bits: UInt64) -> UInt64 {
  // Each byte keeps its own bit, and a carry into the byte's top bit says whether it was set.
  let spread = ((bits & 0xFF) &* 0x0101_0101_0101_0101) & 0x8040_2010_0804_0201
  return ((spread &+ 0x7F7F_7F7F_7F7F_7F7F) >> 7) & 0x0101_0101_0101_0101
}

/// Writes bits as bytes of 0 or 1.
func expandBits(_ bitmap: Bitmap, into target: UnsafeMutablePointer<UInt8>) {
  var row = 0
  while row < bitmap.count {
    expandWord(bitmap.word(at: row), into: target + row, min(64, bitmap.count - row))
    row += 64
  }
}

/// Writes the lowest `count` bits of a word as bytes of 0 or 1.
@inline(__always)
func expandWord(_ word: UInt64, into target: UnsafeMutablePointer<UInt8>, _ count: Int) {
  if count == 64 {
    let raw = UnsafeMutableRawPointer(target)
    for group in 0..<8 {
      raw.storeBytes(
        of: expandedBits(word >> UInt64(group &* 8)), toByteOffset: group &* 8, as: UInt64.self)
    }
  } else {
    for bit in 0..<count { target[bit] = UInt8(truncatingIfNeeded: word >> UInt64(bit) & 1) }
  }
}

/// Sets the bytes of all rows that a bitmap leaves out.
func setMask(
  _ mask: UnsafeMutablePointer<UInt8>, to byte: UInt8, whereUnset bitmap: Bitmap
) {
  var row = 0
  while row < bitmap.count {
    let length = min(64, bitmap.count - row)
    var missing = ~bitmap.word(at: row)
    if length < 64 { missing &= 1 << UInt64(length) - 1 }
    while missing != 0 {
      mask[row + missing.trailingZeroBitCount] = byte
      missing &= missing - 1
    }
    row += 64
  }
}

extension Column {
  /// A bool column of 0 and 1 bytes.
  static func mask(_ bytes: Buffer<UInt8>, validity: Bitmap? = nil) -> Column {
    Column(type: .bool, count: bytes.count, storage: .bool(Values(bytes)), validity: validity)
  }

  static func bool(_ value: Bool, count: Int) -> Column {
    Column(constant: .bool(value), type: .bool, count: count)
  }

  /// Which rows are null (or have a value), as a bool column that itself has no nulls.
  func nullMask(whenNull: Bool) -> Column {
    if constantValue != nil { return .bool(mayHaveNulls == whenNull, count: count) }
    guard let validity else { return .bool(!whenNull, count: count) }
    let bytes = Buffer<UInt8>(count: count)
    expandBits(validity, into: bytes.base)
    if whenNull {
      let base = bytes.base
      for row in 0..<count { base[row] ^= 1 }
    }
    return .mask(bytes)
  }
}

/// The rows that have a value in both.
func intersection(_ a: Bitmap?, _ b: Bitmap?) -> Bitmap? {
  guard let a else { return b }
  guard let b else { return a }
  return a.intersection(b)
}
