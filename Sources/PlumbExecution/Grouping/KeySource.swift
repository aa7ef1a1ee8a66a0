import PlumbColumns

/// The key values of a batch in the layout in which they lie in memory.
struct KeySource {
  let layout: Layout
  let count: Int
  /// Which rows have a value; absent when all have.
  let validity: Bitmap?
  /// Keeps what the layout points into.
  let owner: Column
  /// The least and greatest value among the rows that have one; empty (`low > high`) if none has.
  let low: Int
  let high: Int
  /// Whether the rows were found to have a value between the steps of the encoder's digit, or
  /// beyond them.
  private(set) var isOffSteps = false

  enum Layout {
    case int8(UnsafePointer<Int8>)
    case int16(UnsafePointer<Int16>)
    case int32(UnsafePointer<Int32>)
    case int64(UnsafePointer<Int>)
    case uint8(UnsafePointer<UInt8>)
    case uint16(UnsafePointer<UInt16>)
    case uint32(UnsafePointer<UInt32>)
  }

  /// Integers, timestamps, durations and bools as they are.
  ///
  /// `bounds` are found by a pass over the rows if they are not given.
  init(_ column: Column, bounds: ClosedRange<Int>? = nil) {
    let column = column.materialized()
    owner = column
    count = column.count
    validity = column.validity
    switch column.storage {
    case .int8(let values): layout = .int8(values.pointer)
    case .int16(let values): layout = .int16(values.pointer)
    case .int32(let values): layout = .int32(values.pointer)
    case .int64(let values): layout = .int64(values.pointer)
    case .bool(let values), .text8(let values, _): layout = .uint8(values.pointer)
    case .text16(let codes, _): layout = .uint16(codes.pointer)
    case .text32(let codes, _): layout = .uint32(codes.pointer)
    case .float, .list, .record, .constant:
      // Made into integers by the encoder before.
      preconditionFailure("a key must be made of integers first")
    }
    if let bounds {
      (low, high) = (bounds.lowerBound, bounds.upperBound)
      return
    }
    switch layout {
    case .int8(let source): (low, high) = leastAndGreatest(source, count, validity)
    case .int16(let source): (low, high) = leastAndGreatest(source, count, validity)
    case .int32(let source): (low, high) = leastAndGreatest(source, count, validity)
    case .int64(let source): (low, high) = leastAndGreatest(source, count, validity)
    case .uint8(let source): (low, high) = leastAndGreatest(source, count, validity)
    case .uint16(let source): (low, high) = leastAndGreatest(source, count, validity)
    case .uint32(let source): (low, high) = leastAndGreatest(source, count, validity)
    }
  }

  /// Integers whose encoder counts in steps.
  init(_ column: Column, inStepsOf digit: KeyDigit) {
    let covered = KeySource(column, bounds: digit.low...digit.word(digit.span))
    if covered.greatestQuotient(digit) < digit.span {
      self = covered
    } else {
      self.init(column)
      isOffSteps = true
    }
  }

  /// The word of a row that has a value.
  func word(_ row: Int) -> Int {
    switch layout {
    case .int8(let source): Int(source[row])
    case .int16(let source): Int(source[row])
    case .int32(let source): Int(source[row])
    case .int64(let source): source[row]
    case .uint8(let source): Int(source[row])
    case .uint16(let source): Int(source[row])
    case .uint32(let source): Int(source[row])
    }
  }

  func isNull(_ row: Int) -> Bool { validity.map { !$0[row] } ?? false }
}

private func leastAndGreatest<Integer: FixedWidthInteger>(
  _ source: UnsafePointer<Integer>, _ count: Int, _ validity: Bitmap?
) -> (Int, Int) {
  var low = Integer.max
  var high = Integer.min
  var isEmpty = true
  if let validity {
    for row in 0..<count where validity[row] {
      isEmpty = false
      let value = source[row]
      if value < low { low = value }
      if value > high { high = value }
    }
  } else if count > 0 {
    isEmpty = false
    for row in 0..<count {
      let value = source[row]
      low = value < low ? value : low
      high = value > high ? value : high
    }
  }
  return isEmpty ? (0, -1) : (Int(truncatingIfNeeded: low), Int(truncatingIfNeeded: high))
}

/// Where the digit of a key stands in a packed key: 0 for null, else 1 + value - low.
struct KeyDigit {
  var low = 0
  /// The values that have a digit, null not counted; 0 when no layout has been made.
  var span: UInt64 = 0
  /// What lies between values that follow each other: the digit counts steps.
  var step = ExactDivisor.one
  /// What the digit is multiplied by in a slot.
  var stride: UInt64 = 1
  /// How far the digit is shifted in a packed word.
  var shift: UInt64 = 0

  func covers(_ source: KeySource) -> Bool {
    if source.isOffSteps { return false }
    if source.low > source.high { return true }
    guard span > 0, source.low >= low else { return false }
    return quotient(source.high) < span
  }

  /// How many steps a word is above the least.
  func quotient(_ word: Int) -> UInt64 { step.quotient(UInt64(bitPattern: Int64(word &- low))) }

  /// The digit of a word that is within the span.
  func digit(_ word: Int) -> UInt64 { quotient(word) &+ 1 }

  func word(_ digit: UInt64) -> Int {
    low &+ Int(truncatingIfNeeded: (digit &- 1) &* step.value)
  }
}

extension KeySource {
  /// Adds the rows' digits, times the stride, to their slots.
  ///
  /// All words are within the span.
  func addSlots(_ digit: KeyDigit, isFirst: Bool, to slots: UnsafeMutablePointer<UInt32>) {
    guard digit.step.value == 1 else { return addSteps(digit, isFirst, slots) }
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

  private func addSteps(
    _ digit: KeyDigit, _ isFirst: Bool, _ slots: UnsafeMutablePointer<UInt32>
  ) {
    switch layout {
    case .int8(let source): stepLoop(source, digit, isFirst, slots)
    case .int16(let source): stepLoop(source, digit, isFirst, slots)
    case .int32(let source): stepLoop(source, digit, isFirst, slots)
    case .int64(let source): stepLoop(source, digit, isFirst, slots)
    case .uint8(let source): stepLoop(source, digit, isFirst, slots)
    case .uint16(let source): stepLoop(source, digit, isFirst, slots)
    case .uint32(let source): stepLoop(source, digit, isFirst, slots)
    }
  }

  @inline(__always)
  private func stepLoop<Integer: FixedWidthInteger>(
    _ source: UnsafePointer<Integer>, _ digit: KeyDigit, _ isFirst: Bool,
    _ slots: UnsafeMutablePointer<UInt32>
  ) {
    let low = UInt64(bitPattern: Int64(digit.low))
    let (step, stride) = (digit.step, UInt32(truncatingIfNeeded: digit.stride))
    for row in 0..<count {
      let quotient = step.quotient(UInt64(truncatingIfNeeded: source[row]) &- low)
      let own = (UInt32(truncatingIfNeeded: quotient) &+ 1) &* stride
      let value = validity?[row] ?? true ? own : 0
      slots[row] = isFirst ? value : slots[row] &+ value
    }
  }

  /// The most steps that a row is above the least word, more than any span where one lies between
  /// steps.
  private func greatestQuotient(_ digit: KeyDigit) -> UInt64 {
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
