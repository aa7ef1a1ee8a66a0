import PlumbColumns

/// Rounding down to multiples of one width, without a division per row.
///
/// Divisions are not vectorized. The quotient is found instead by a multiplication with the
/// reciprocal in floating point, which may give one too many and is then put right. Adding
/// `1.5 × 2^52` to a double leaves the nearest integer in its lowest bits (a well-known trick; for
/// instance in Lua's `lua_number2int`), and unlike a checked conversion it is vectorized.
enum RoundDown {
  private static let shifter = 0x1.8p52
  /// Quotients from here on could be off by more than one.
  private static let farthest = 1 << 51

  /// `origin` plus the greatest multiple of `width` that is not above the value less `origin`.
  ///
  /// Nil when a value is too far from the origin for this way.
  static func integers(_ values: Values<Int>, width: Int, origin: Int) -> Buffer<Int>? {
    guard width > 0, width < farthest, origin.magnitude < farthest else { return nil }
    let result = Buffer<Int>(count: values.count)
    let source = values.pointer
    let target = result.base
    let reciprocal = 1 / Double(width)
    let base = Int(bitPattern: UInt(shifter.bitPattern))
    var farBits: UInt = 0
    for row in 0..<values.count {
      let distance = source[row] &- origin
      farBits |= distance.magnitude
      let shifted = (Double(distance) * reciprocal + shifter).bitPattern
      let quotient = Int(bitPattern: UInt(shifted)) &- base
      var remainder = distance &- quotient &* width
      remainder &+= remainder >> 63 & width
      target[row] = source[row] &- remainder
    }
    withExtendedLifetime(values) {}
    // A wrapped subtraction gives distances that are as far.
    return farBits < UInt(farthest) ? result : nil
  }

  /// The same from 0 for a narrow layout, which the result keeps.
  ///
  /// Nil when a result does not fit the layout.
  static func narrow<Integer: FixedWidthInteger & SignedInteger & BitwiseCopyable>(
    _ values: Values<Integer>, width: Int
  ) -> Values<Integer>? {
    guard width > 0, let width = Int32(exactly: width) else { return nil }
    let result = Buffer<Integer>(count: values.count)
    let source = values.pointer
    let target = result.base
    let reciprocal = 1 / Double(width)
    var least = Int32.max
    for row in 0..<values.count {
      let value = Int32(truncatingIfNeeded: source[row])
      least = min(least, value)
      let shifted = (Double(value) * reciprocal + shifter).bitPattern
      var remainder = value &- Int32(truncatingIfNeeded: shifted) &* width
      remainder &+= remainder >> 31 & width
      target[row] = Integer(truncatingIfNeeded: value &- remainder)
    }
    withExtendedLifetime(values) {}
    guard values.count == 0 || Int(least) - Int(width) >= Int(Integer.min) else { return nil }
    return Values(result)
  }

  /// A column of ints or durations with its values rounded down; nil as above.
  static func column(_ column: Column, width: Int) -> Column? {
    let storage: Column.Storage?
    switch column.storage {
    case .int8(let values): storage = narrow(values, width: width).map { .int8($0) }
    case .int16(let values): storage = narrow(values, width: width).map { .int16($0) }
    case .int32(let values): storage = narrow(values, width: width).map { .int32($0) }
    case .int64(let values):
      storage = integers(values, width: width, origin: 0).map { .int64(Values($0)) }
    case .float, .bool, .text8, .text16, .text32, .list, .record, .constant: storage = nil
    }
    return storage.map { Column(type: column.type, count: column.count, storage: $0) }
  }
}
