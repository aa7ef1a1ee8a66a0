/// What is known of a column within one chunk without looking at its rows.
package struct ChunkSummary: Sendable {
  package let rowCount: Int
  package let nullCount: Int
  /// The least and greatest values, NaN left out; absent when there is none or no order is kept.
  package let range: ValueRange?
  package let hasNaN: Bool

  /// The least and the greatest value of a chunk.
  package enum ValueRange: Sendable {
    /// Ints, timestamps, durations and bools.
    case integers(Int, Int)
    case floats(Double, Double)
    /// The codes of the dictionary that occur, as the least and greatest code.
    case codes(Int, Int)
  }

  package init(of column: Column) {
    rowCount = column.count
    nullCount = column.nullCount
    switch column.storage {
    case .int8(let values): (range, hasNaN) = (integerRange(values, column.validity), false)
    case .int16(let values): (range, hasNaN) = (integerRange(values, column.validity), false)
    case .int32(let values): (range, hasNaN) = (integerRange(values, column.validity), false)
    case .int64(let values): (range, hasNaN) = (integerRange(values, column.validity), false)
    case .bool(let values): (range, hasNaN) = (integerRange(values, column.validity), false)
    case .float(let values): (range, hasNaN) = floatRange(values, column.validity)
    case .text8(let codes, _): (range, hasNaN) = (codeRange(codes, column.validity), false)
    case .text16(let codes, _): (range, hasNaN) = (codeRange(codes, column.validity), false)
    case .text32(let codes, _): (range, hasNaN) = (codeRange(codes, column.validity), false)
    case .list, .record, .constant: (range, hasNaN) = (nil, column.type == .float)
    }
  }
}

private func leastAndGreatest<Integer: FixedWidthInteger & BitwiseCopyable>(
  _ values: Values<Integer>, _ validity: Bitmap?
) -> (Int, Int)? {
  var low = Integer.max
  var high = Integer.min
  let source = values.pointer
  if let validity {
    var seen = false
    for row in 0..<values.count where validity[row] {
      seen = true
      low = min(low, source[row])
      high = max(high, source[row])
    }
    guard seen else { return nil }
  } else {
    guard values.count > 0 else { return nil }
    for row in 0..<values.count {
      low = min(low, source[row])
      high = max(high, source[row])
    }
  }
  return (Int(truncatingIfNeeded: low), Int(truncatingIfNeeded: high))
}

private func integerRange<Integer: FixedWidthInteger & BitwiseCopyable>(
  _ values: Values<Integer>, _ validity: Bitmap?
) -> ChunkSummary.ValueRange? {
  leastAndGreatest(values, validity).map { .integers($0.0, $0.1) }
}

private func codeRange<Integer: FixedWidthInteger & BitwiseCopyable>(
  _ values: Values<Integer>, _ validity: Bitmap?
) -> ChunkSummary.ValueRange? {
  leastAndGreatest(values, validity).map { .codes($0.0, $0.1) }
}

private func floatRange(
  _ values: Values<Double>, _ validity: Bitmap?
) -> (ChunkSummary.ValueRange?, Bool) {
  var low = Double.infinity
  var high = -Double.infinity
  var hasNaN = false
  var seen = false
  let source = values.pointer
  for row in 0..<values.count {
    if let validity, !validity[row] { continue }
    let value = source[row]
    if value.isNaN {
      hasNaN = true
    } else {
      seen = true
      if value < low { low = value }
      if value > high { high = value }
    }
  }
  return (seen ? .floats(low, high) : nil, hasNaN)
}
