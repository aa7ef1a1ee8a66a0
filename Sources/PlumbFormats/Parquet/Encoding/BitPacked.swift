/// Integers of a few bits each, one after the other, least significant bit first ("RLE /
/// Bit-Packing Hybrid" and "Delta Encoding" in `Encodings.md` of the Apache Parquet format).
enum BitPacked {
  /// Unpacks `count` integers of up to 32 bits from a byte's beginning on.
  ///
  /// Reads up to eight bytes beyond the last integer.
  @inline(__always)
  static func unpack<Element: FixedWidthInteger & BitwiseCopyable>(
    _ source: UnsafeRawPointer, bitWidth: Int, first: Int, count: Int,
    into target: UnsafeMutablePointer<Element>
  ) {
    let mask: UInt64 = (1 << UInt64(bitWidth)) &- 1
    let width = UInt64(bitWidth)
    var index = 0
    if bitWidth <= 8, first & 7 == 0 {
      // Eight integers are as many bytes as they have bits, and one load has them.
      var group = source + first / 8 * bitWidth
      while index &+ 8 <= count {
        let word = group.loadUnaligned(as: UInt64.self)
        for member in 0..<8 {
          target[index &+ member] = Element(
            truncatingIfNeeded: word &>> (UInt64(member) &* width) & mask)
        }
        index &+= 8
        group += bitWidth
      }
    }
    while index < count {
      let bit = (first &+ index) &* bitWidth
      let word = source.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self)
      target[index] = Element(truncatingIfNeeded: word &>> UInt64(bit & 7) & mask)
      index &+= 1
    }
  }

  /// Unpacks `count` integers of up to 64 bits and hands each to `body`.
  ///
  /// Reads up to sixteen bytes beyond the last integer.
  @inline(__always)
  static func forEach(
    _ source: UnsafeRawPointer, bitWidth: Int, count: Int, _ body: (UInt64) -> Void
  ) {
    if bitWidth == 0 {
      for _ in 0..<count { body(0) }
      return
    }
    let mask: UInt64 = bitWidth == 64 ? ~0 : (1 << UInt64(bitWidth)) &- 1
    for index in 0..<count {
      let bit = index &* bitWidth
      let shift = UInt64(bit & 7)
      var word = source.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self) &>> shift
      if Int(shift) &+ bitWidth > 64 {
        let next = source.load(fromByteOffset: bit &>> 3 &+ 8, as: UInt8.self)
        word |= UInt64(next) &<< (64 &- shift)
      }
      body(word & mask)
    }
  }

  /// The bits that a number up to `value` takes.
  static func width(of value: Int) -> Int { Int.bitWidth - value.leadingZeroBitCount }
}
