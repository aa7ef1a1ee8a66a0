import PlumbColumns

/// Digits side by side in a word.
extension KeySource {
  /// Adds the rows' digits, shifted to their place, to packed words.
  ///
  /// With `isClamped`, words out of the span have the digit of null.
  func addPacked(
    _ digit: KeyDigit, isFirst: Bool, isClamped: Bool, to packed: UnsafeMutablePointer<UInt64>
  ) {
    switch layout {
    case .int8(let source): packLoop(source, digit, isFirst, isClamped, packed)
    case .int16(let source): packLoop(source, digit, isFirst, isClamped, packed)
    case .int32(let source): packLoop(source, digit, isFirst, isClamped, packed)
    case .int64(let source): packLoop(source, digit, isFirst, isClamped, packed)
    case .uint8(let source): packLoop(source, digit, isFirst, isClamped, packed)
    case .uint16(let source): packLoop(source, digit, isFirst, isClamped, packed)
    case .uint32(let source): packLoop(source, digit, isFirst, isClamped, packed)
    }
  }

  @inline(__always)
  private func packLoop<Integer: FixedWidthInteger>(
    _ source: UnsafePointer<Integer>, _ digit: KeyDigit, _ isFirst: Bool, _ isClamped: Bool,
    _ packed: UnsafeMutablePointer<UInt64>
  ) {
    let low = UInt64(bitPattern: Int64(digit.low))
    let (shift, span) = (digit.shift, digit.span)
    if let validity {
      for row in 0..<count {
        let offset = UInt64(truncatingIfNeeded: source[row]) &- low
        let value = validity[row] && (!isClamped || offset < span) ? (offset &+ 1) &<< shift : 0
        packed[row] = isFirst ? value : packed[row] | value
      }
    } else if isClamped {
      for row in 0..<count {
        let offset = UInt64(truncatingIfNeeded: source[row]) &- low
        let value = offset < span ? (offset &+ 1) &<< shift : 0
        packed[row] = isFirst ? value : packed[row] | value
      }
    } else if isFirst {
      for row in 0..<count {
        packed[row] = (UInt64(truncatingIfNeeded: source[row]) &- low &+ 1) &<< shift
      }
    } else {
      for row in 0..<count {
        packed[row] |= (UInt64(truncatingIfNeeded: source[row]) &- low &+ 1) &<< shift
      }
    }
  }
}
