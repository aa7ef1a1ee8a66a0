import PlumbColumns

/// Keys whose digits form the index into an array.
extension KeyTable {
  func insertDirect(
    _ sources: [KeySource], _ rows: Int, _ table: UnsafeMutablePointer<UInt32>,
    _ groups: UnsafeMutablePointer<UInt32>
  ) {
    if sources.count == 1, sources[0].validity == nil, encoders[0].digit.step.value == 1 {
      return insertLoneKey(sources[0], table, groups)
    }
    // The slots are written where the groups will be.
    for index in sources.indices {
      sources[index].addSlots(encoders[index].digit, isFirst: index == 0, to: groups)
    }
    for row in 0..<rows {
      groups[row] = group(at: Int(groups[row]), table)
    }
  }

  private func insertLoneKey(
    _ source: KeySource, _ table: UnsafeMutablePointer<UInt32>,
    _ groups: UnsafeMutablePointer<UInt32>
  ) {
    switch source.layout {
    case .int8(let values): insertLoneKey(values, source.count, table, groups)
    case .int16(let values): insertLoneKey(values, source.count, table, groups)
    case .int32(let values): insertLoneKey(values, source.count, table, groups)
    case .int64(let values): insertLoneKey(values, source.count, table, groups)
    case .uint8(let values): insertLoneKey(values, source.count, table, groups)
    case .uint16(let values): insertLoneKey(values, source.count, table, groups)
    case .uint32(let values): insertLoneKey(values, source.count, table, groups)
    }
  }

  @inline(__always)
  private func insertLoneKey<Integer: FixedWidthInteger>(
    _ values: UnsafePointer<Integer>, _ rows: Int, _ table: UnsafeMutablePointer<UInt32>,
    _ groups: UnsafeMutablePointer<UInt32>
  ) {
    let base = encoders[0].digit.low &- 1
    var row = 0
    while row < rows {
      // Rows of known groups in blocks: a comparison for each block, not for each row.
      while row &+ 8 <= rows {
        var newest: UInt32 = 0
        for lane in 0..<8 {
          let group = table[Int(truncatingIfNeeded: values[row &+ lane]) &- base]
          newest = group > newest ? group : newest
          groups[row &+ lane] = group
        }
        guard newest != .max else { break }
        row &+= 8
      }
      let end = min(rows, row &+ 8)
      while row < end {
        groups[row] = group(at: Int(truncatingIfNeeded: values[row]) &- base, table)
        row &+= 1
      }
    }
  }

  /// Numbers rows of a lone key that counts in steps, such as the bucket of a time, in one pass.
  ///
  /// - Returns: How many rows were numbered: those before the first that the layout does not cover;
  ///   none where the keys are not of this kind.
  func insertLoneSteps(_ keys: [Column], _ groups: UnsafeMutablePointer<UInt32>) -> Int {
    guard case .direct(let table) = mode, encoders.count == 1, encoders[0].digit.step.value != 1,
      case .int64(let values) = keys[0].storage, keys[0].validity == nil
    else { return 0 }
    defer { withExtendedLifetime((values, table)) {} }
    let (source, slots) = (values.pointer, table.base)
    let (step, span) = (encoders[0].digit.step, encoders[0].digit.span)
    let low = UInt64(bitPattern: Int64(encoders[0].digit.low))
    for row in 0..<values.count {
      let quotient = step.quotient(UInt64(bitPattern: Int64(source[row])) &- low)
      guard quotient < span else { return row }
      groups[row] = group(at: Int(truncatingIfNeeded: quotient &+ 1), slots)
    }
    return values.count
  }

  /// The group of a slot; a slot that has none gets the next number.
  @inline(__always)
  private func group(at slot: Int, _ table: UnsafeMutablePointer<UInt32>) -> UInt32 {
    let known = table[slot]
    if known != .max { return known }
    let group = UInt32(truncatingIfNeeded: count)
    table[slot] = group
    appendGroup(slot: UInt64(truncatingIfNeeded: slot))
    return group
  }

  /// Notes the keys of a new group, which its slot tells.
  @inline(never)
  private func appendGroup(slot: UInt64) {
    var rest = slot
    for encoder in encoders {
      let digit = rest / encoder.digit.stride
      rest %= encoder.digit.stride
      encoder.appendWord(encoder.digit.word(digit), isNull: digit == 0)
    }
    count += 1
  }
}
