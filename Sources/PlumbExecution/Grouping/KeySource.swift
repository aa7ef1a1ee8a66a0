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
