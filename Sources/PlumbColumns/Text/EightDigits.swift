/// Whether all bytes of a little-endian word are digits.
@inlinable @inline(__always)
package func isEightDigits(_ word: UInt64) -> Bool {
  let low = word & 0xF0F0_F0F0_F0F0_F0F0
  let high = (word &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0
  return low == 0x3030_3030_3030_3030 && high == 0x3030_3030_3030_3030
}

/// The number of eight digits in a little-endian word, by three multiplications.
@inlinable @inline(__always)
package func eightDigits(_ word: UInt64) -> UInt64 {
  let digits = word &- 0x3030_3030_3030_3030
  let pairs = (digits &* 10) &+ (digits >> 8)
  let low = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
  let high = ((pairs >> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
  return (low &+ high) >> 32
}
