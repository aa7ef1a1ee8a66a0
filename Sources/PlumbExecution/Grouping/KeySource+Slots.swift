import PlumbColumns

/// Digits for direct addressing.
extension KeySource {
  /// Adds the rows' digits, times the stride, to their slots.
  ///
  /// All words are within the span.
  func addSlots(_ digit: KeyDigit, isFirst: Bool, to slots: UnsafeMutablePointer<UInt32>) {
    // All words are within the span, so that nothing is clamped.
    guard digit.step.value == 1 else { return addClampedSlots(digit, isFirst: isFirst, to: slots) }
    let base = UInt32(truncatingIfNeeded: digit.low) &- 1
    let stride = UInt32(truncatingIfNeeded: digit.stride)
    switch layout {
    case .int8(let source): slotLoop(source, base, stride, isFirst, slots)
    case .int16(let source): slotLoop(source, base, stride, isFirst, slots)
    case .int32(let source): slotLoop(source, base, stride, isFirst, slots)
    case .int64(let source): slotLoop(source, base, stride, isFirst, slots)
    case .uint8(let source): slotLoop(source, base, stride, isFirst, slots)
    case .uint16(let source): slotLoop(source, base, stride, isFirst, slots)
    case .uint32(let source): slotLoop(source, base, stride, isFirst, slots)
    }
  }

  @inline(__always)
  private func slotLoop<Integer: FixedWidthInteger>(
    _ source: UnsafePointer<Integer>, _ base: UInt32, _ stride: UInt32, _ isFirst: Bool,
    _ slots: UnsafeMutablePointer<UInt32>
  ) {
    if let validity {
      for row in 0..<count {
        let digit = validity[row] ? UInt32(truncatingIfNeeded: source[row]) &- base : 0
        slots[row] = (isFirst ? 0 : slots[row]) &+ digit &* stride
      }
    } else if isFirst, stride == 1 {
      for row in 0..<count { slots[row] = UInt32(truncatingIfNeeded: source[row]) &- base }
    } else if isFirst {
      for row in 0..<count {
        slots[row] = (UInt32(truncatingIfNeeded: source[row]) &- base) &* stride
      }
    } else if stride == 1 {
      for row in 0..<count {
        slots[row] = slots[row] &+ (UInt32(truncatingIfNeeded: source[row]) &- base)
      }
    } else {
      for row in 0..<count {
        slots[row] =
          slots[row] &+ (UInt32(truncatingIfNeeded: source[row]) &- base) &* stride
      }
    }
  }

  /// Like `addSlots`, but words out of the span have the digit of null.
  func addClampedSlots(_ digit: KeyDigit, isFirst: Bool, to slots: UnsafeMutablePointer<UInt32>) {
    switch layout {
    case .int8(let source): clampedLoop(source, digit, isFirst, slots)
    case .int16(let source): clampedLoop(source, digit, isFirst, slots)
    case .int32(let source): clampedLoop(source, digit, isFirst, slots)
    case .int64(let source): clampedLoop(source, digit, isFirst, slots)
    case .uint8(let source): clampedLoop(source, digit, isFirst, slots)
    case .uint16(let source): clampedLoop(source, digit, isFirst, slots)
    case .uint32(let source): clampedLoop(source, digit, isFirst, slots)
    }
  }

  @inline(__always)
  private func clampedLoop<Integer: FixedWidthInteger>(
    _ source: UnsafePointer<Integer>, _ digit: KeyDigit, _ isFirst: Bool,
    _ slots: UnsafeMutablePointer<UInt32>
  ) {
    let low = UInt64(bitPattern: Int64(digit.low))
    let (stride, span) = (UInt32(truncatingIfNeeded: digit.stride), digit.span)
    let step = digit.step
    for row in 0..<count {
      let offset = step.quotient(UInt64(truncatingIfNeeded: source[row]) &- low)
      let hasDigit = offset < span && (validity?[row] ?? true)
      let value = hasDigit ? (UInt32(truncatingIfNeeded: offset) &+ 1) &* stride : 0
      slots[row] = isFirst ? value : slots[row] &+ value
    }
  }
}
