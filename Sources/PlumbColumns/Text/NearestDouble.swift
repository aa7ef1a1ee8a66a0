/// The double nearest to `mantissa` × 10^`exponent`, or nil where the fast ways cannot tell.
///
/// First W. D. Clinger, "How to Read Floating Point Numbers Accurately" (1990): both factors
/// exact. Then D. Lemire, "Number Parsing at a Gigabyte per Second" (2021): one 128-bit product.
@inline(__always)
func nearestDouble(_ mantissa: UInt64, _ exponent: Int) -> Double? {
  if mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
    if exponent < 0 { return Double(mantissa) / PowerTables.exactPowers[-exponent] }
    return Double(mantissa) * PowerTables.exactPowers[exponent]
  }
  if mantissa == 0 { return 0 }
  return nearestByProduct(mantissa, exponent)
}

private func nearestByProduct(_ mantissa: UInt64, _ exponent: Int) -> Double? {
  guard exponent >= -PowerTables.range, exponent <= PowerTables.range else { return nil }
  let leadingZeros = mantissa.leadingZeroBitCount
  let normalized = mantissa << UInt64(leadingZeros)
  let power = PowerTables.powersOfFive + (exponent + PowerTables.range) * 2
  var product = normalized.multipliedFullWidth(by: power[0])
  if product.high & 0x1FF == 0x1FF {
    let second = normalized.multipliedFullWidth(by: power[1])
    let (low, carry) = product.low.addingReportingOverflow(second.high)
    product.low = low
    if carry { product.high &+= 1 }
  }
  let upperBit = Int(product.high >> 63)
  let shift = UInt64(upperBit + 64 - 52 - 3)
  var significand = product.high >> shift
  let binaryExponent = ((217_706 &* exponent) >> 16) + 63 + upperBit - leadingZeros + 1023
  guard binaryExponent > 0, binaryExponent < 0x7FE else { return nil }
  if product.low <= 1, exponent >= -4, exponent <= 23, significand & 3 == 1,
    significand << shift == product.high
  {
    // Exactly half way: round to even.
    significand &= ~1
  }
  significand = (significand + (significand & 1)) >> 1
  var biased = UInt64(binaryExponent)
  if significand >= 2 << 52 {
    significand = 1 << 52
    biased += 1
  }
  return Double(bitPattern: (significand & ~(1 << 52)) | biased << 52)
}

/// Powers for reading numbers; made once, kept for the life of the process.
enum PowerTables {
  /// 10^0 to 10^22, all exact.
  nonisolated(unsafe) static let exactPowers: UnsafePointer<Double> = {
    let table = UnsafeMutablePointer<Double>.allocate(capacity: 23)
    var power = 1.0
    for index in 0..<23 {
      table[index] = power
      power *= 10
    }
    return UnsafePointer(table)
  }()

  /// The greatest exponent of the table: 5^55 is the last power that fits 128 bits.
  static let range = 55

  /// The first 128 bits of 5^-55 to 5^55, the upper half first; reciprocals rounded up.
  nonisolated(unsafe) static let powersOfFive: UnsafePointer<UInt64> = {
    let table = UnsafeMutablePointer<UInt64>.allocate(capacity: (range * 2 + 1) * 2)
    var power: UInt128 = 1
    for exponent in 0...range {
      let normalized = power << UInt128(power.leadingZeroBitCount)
      let upper = (range + exponent) * 2
      table[upper] = UInt64(truncatingIfNeeded: normalized >> 64)
      table[upper + 1] = UInt64(truncatingIfNeeded: normalized)
      if exponent > 0 {
        // 2^(127 + bits) / 5^exponent, where 2^bits is the first power above 5^exponent.
        let half = UInt128(1) << 127
        let (quotient, _) = normalized.dividingFullWidth((half, 0))
        let reciprocal = quotient + 1
        let lower = (range - exponent) * 2
        table[lower] = UInt64(truncatingIfNeeded: reciprocal >> 64)
        table[lower + 1] = UInt64(truncatingIfNeeded: reciprocal)
      }
      if exponent < range { power *= 5 }
    }
    return UnsafePointer(table)
  }()
}
