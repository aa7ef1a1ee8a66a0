/// Decimal numbers as files store them: an unscaled whole number and a scale.
enum DecimalBytes {
  /// A whole number in two's complement, most significant byte first; nil beyond 64 bits.
  static func integer(_ bytes: UnsafeRawBufferPointer) -> Int? {
    var value = (bytes.first ?? 0) >= 0x80 ? -1 : 0
    for (index, byte) in bytes.enumerated() {
      // Bytes of the sign alone may stand before the eight that count.
      if index + 8 < bytes.count, byte != (value < 0 ? 0xFF : 0) { return nil }
      if index + 8 == bytes.count, (byte >= 0x80) != (value < 0) { return nil }
      value = value << 8 | Int(byte)
    }
    return value
  }

  /// The double nearest to `unscaled` · 10^(−`scale`).
  static func double(_ unscaled: Int, scale: Int) -> Double {
    // Both are exact, so that the quotient is rounded once.
    if unscaled.magnitude < 1 << 53, scale < powersOfTen.count {
      return Double(unscaled) / powersOfTen[scale]
    }
    return Double("\(unscaled)e-\(scale)") ?? .nan
  }

  /// The double nearest to a number of any length; above 128 bits it may be the next but one.
  static func double(_ bytes: UnsafeRawBufferPointer, scale: Int) -> Double {
    if let integer = integer(bytes) { return double(integer, scale: scale) }
    let isNegative = (bytes.first ?? 0) >= 0x80
    if bytes.count <= 16 {
      var value: Int128 = isNegative ? -1 : 0
      for byte in bytes { value = value << 8 | Int128(byte) }
      return Double("\(value)e-\(scale)") ?? .nan
    }
    var value = 0.0
    for byte in bytes { value = value * 256 + Double(isNegative ? ~byte : byte) }
    value = isNegative ? -(value + 1) : value
    return scale < powersOfTen.count ? value / powersOfTen[scale] : value / tenTo(scale)
  }

  private static func tenTo(_ scale: Int) -> Double { Double("1e\(scale)") ?? .infinity }

  /// The powers of ten that are doubles.
  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}

/// Times as Spark and Impala store them: nanoseconds of the day, then the Julian day.
enum Int96Time {
  /// The Julian day that began at noon of 1970-01-01.
  private static let epochDay = 2_440_588

  private static let dayMicroseconds = 86_400_000_000

  /// Microseconds since 1970, rounded down; nil beyond 64 bits.
  ///
  /// Spark counts from the Julian epoch in 64 bits, which wrap around for the last 6,700 years
  /// that microseconds since 1970 have; wrapping again gives these times back.
  static func microseconds(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard bytes.count == 12 else { return nil }
    let nanoseconds = Int(littleEndian: bytes.loadUnaligned(as: Int.self))
    let day = Int(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: Int32.self)))
    let start = (day - epochDay).multipliedReportingOverflow(by: dayMicroseconds)
    let within = nanoseconds / 1000 - (nanoseconds % 1000 < 0 ? 1 : 0)
    let sum = start.partialValue.addingReportingOverflow(within)
    if start.overflow || sum.overflow {
      let isWrapped = day < 0 && sum.partialValue > Int.max - epochDay * dayMicroseconds
      return isWrapped ? sum.partialValue : nil
    }
    return sum.partialValue
  }
}

/// Floats of 16 bits (IEEE 754 binary16).
enum HalfFloat {
  static func double(_ bits: UInt16) -> Double {
    let sign: Double = bits & 0x8000 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Double(bits & 0x3FF)
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default:
      return sign * (1024 + fraction)
        * Double(sign: .plus, exponent: exponent - 25, significand: 1)
    }
  }
}
