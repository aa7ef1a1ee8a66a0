import PlumbColumns

/// What all values are multiples of.
extension KeySource {
  /// The most steps that a row is above the least word, more than any span where one lies between
  /// steps.
  func greatestQuotient(_ digit: KeyDigit) -> UInt64 {
    switch layout {
    case .int8(let source): greatestQuotient(source, digit)
    case .int16(let source): greatestQuotient(source, digit)
    case .int32(let source): greatestQuotient(source, digit)
    case .int64(let source): greatestQuotient(source, digit)
    case .uint8(let source): greatestQuotient(source, digit)
    case .uint16(let source): greatestQuotient(source, digit)
    case .uint32(let source): greatestQuotient(source, digit)
    }
  }

  @inline(__always)
  private func greatestQuotient<Integer: FixedWidthInteger>(
    _ source: UnsafePointer<Integer>, _ digit: KeyDigit
  ) -> UInt64 {
    let low = UInt64(bitPattern: Int64(digit.low))
    let step = digit.step
    var greatest: UInt64 = 0
    for row in 0..<count where validity?[row] ?? true {
      let quotient = step.quotient(UInt64(truncatingIfNeeded: source[row]) &- low)
      greatest = quotient > greatest ? quotient : greatest
    }
    return greatest
  }

  /// The greatest number that divides all rows' distances from a word, 0 where all are 0. Not
  /// looked for any further once it has fallen below `least`.
  func commonDivisor(from word: Int, least: UInt64) -> UInt64 {
    var divisor: UInt64 = 0
    for row in 0..<count where !isNull(row) {
      let distance = UInt64(bitPattern: Int64(self.word(row) &- word))
      if divisor == 0 || distance % divisor != 0 {
        divisor = greatestCommonDivisor(distance, divisor)
        if divisor > 0, divisor < least { return divisor }
      }
    }
    return divisor
  }
}
