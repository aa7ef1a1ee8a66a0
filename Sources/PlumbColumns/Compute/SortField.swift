/// A sort key as numbers: rows compare as `values` do, and no value is above `limit`.
///
/// The direction is already in the numbers, and NaN and null are the greatest of them, so that
/// they come last in both directions.
struct SortField {
  let values: Buffer<UInt64>
  let limit: UInt64

  /// The bits that a value needs.
  var bitCount: Int { 64 - limit.leadingZeroBitCount }
}

/// A column and a direction to sort by.
package typealias SortKey = (column: Column, isDescending: Bool)

extension SortField {
  /// The fields of a key, the most significant first: one, or two where the values take up all
  /// 64 bits and nulls need another.
  static func fields(
    of key: SortKey, control: RunControl
  ) throws(RunControl.Interruption) -> [SortField] {
    let column = key.column
    try control.reserve(column.count * 8)
    switch column.storage {
    case .constant: return []
    case .int8(let values): return integers(values, column.validity, key.isDescending)
    case .int16(let values): return integers(values, column.validity, key.isDescending)
    case .int32(let values): return integers(values, column.validity, key.isDescending)
    case .int64(let values): return integers(values, column.validity, key.isDescending)
    case .bool(let values): return integers(values, column.validity, key.isDescending)
    case .float(let values): return floats(values, column.validity, key.isDescending)
    case .text8, .text16, .text32:
      return try texts(column.interned(), key.isDescending, control)
    case .list, .record: return try ranked(column, key.isDescending, control)
    }
  }

  private static func integers<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ values: Values<Integer>, _ validity: Bitmap?, _ isDescending: Bool
  ) -> [SortField] {
    let source = values.pointer
    let result = Buffer<UInt64>(count: values.count)
    let target = result.base
    let flip: UInt64 = Integer.isSigned ? 1 << 63 : 0
    var low = UInt64.max
    var high: UInt64 = 0
    for row in 0..<values.count {
      let key = UInt64(truncatingIfNeeded: source[row]) ^ flip
      target[row] = key
      low = Swift.min(low, key)
      high = Swift.max(high, key)
    }
    withExtendedLifetime(values) {}
    return finish(result, low, high, validity, isDescending, hasNaN: false)
  }

  private static func floats(
    _ values: Values<Double>, _ validity: Bitmap?, _ isDescending: Bool
  ) -> [SortField] {
    let source = values.pointer
    let result = Buffer<UInt64>(count: values.count)
    let target = result.base
    var low = UInt64.max
    var high: UInt64 = 0
    var hasNaN = false
    for row in 0..<values.count {
      let value = source[row]
      if value.isNaN {
        target[row] = nanMark
        hasNaN = true
        continue
      }
      // The sum makes -0.0 to 0.0. Negative numbers are ordered by their bits the wrong way
      // round and lie above the positive ones: turn all bits, else the sign.
      let bits = (value + 0).bitPattern
      let key = bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
      target[row] = key
      low = Swift.min(low, key)
      high = Swift.max(high, key)
    }
    withExtendedLifetime(values) {}
    return finish(result, low, high, validity, isDescending, hasNaN: hasNaN)
  }

  /// Above the key of infinity, so no number has it.
  private static let nanMark = UInt64.max

  /// Counts keys from the least, in the direction asked for, NaN and nulls at the end.
  private static func finish(
    _ keys: Buffer<UInt64>, _ low: UInt64, _ high: UInt64, _ validity: Bitmap?,
    _ isDescending: Bool, hasNaN: Bool
  ) -> [SortField] {
    let count = keys.count
    let target = keys.base
    // All NaN: no number was seen.
    let range = low <= high ? high - low : 0
    if hasNaN {
      let nan = range + 1
      for row in 0..<count {
        let key = target[row]
        target[row] = key == nanMark ? nan : isDescending ? high &- key : key &- low
      }
    } else if isDescending {
      for row in 0..<count { target[row] = high &- target[row] }
    } else {
      for row in 0..<count { target[row] = target[row] &- low }
    }
    let limit = range + (hasNaN ? 1 : 0)
    guard let validity else { return [SortField(values: keys, limit: limit)] }
    if limit == .max {
      let marks = Buffer<UInt64>(count: count)
      for row in 0..<count {
        marks.base[row] = validity[row] ? 0 : 1
        if !validity[row] { target[row] = 0 }
      }
      return [SortField(values: marks, limit: 1), SortField(values: keys, limit: limit)]
    }
    validity.forEachClear { target[$0] = limit + 1 }
    return [SortField(values: keys, limit: limit + 1)]
  }

  /// Texts by their place in the order of the dictionary's texts.
  private static func texts(
    _ column: Column, _ isDescending: Bool, _ control: RunControl
  ) throws(RunControl.Interruption) -> [SortField] {
    try control.check()
    let (codes, dictionary) = column.codes()
    let ranks = try dictionary.ranks(control: control)
    guard !ranks.isEmpty else { return [] }
    let ranked = Buffer<UInt32>(count: codes.count)
    ranks.withUnsafeBufferPointer { ranks in
      let source = codes.pointer
      for row in 0..<codes.count { ranked.base[row] = ranks[Int(source[row])] }
    }
    withExtendedLifetime(codes) {}
    return integers(Values(ranked), column.validity, isDescending)
  }

  /// Lists and records by comparing them once, then by their places.
  private static func ranked(
    _ column: Column, _ isDescending: Bool, _ control: RunControl
  ) throws(RunControl.Interruption) -> [SortField] {
    try control.check()
    let values = column.values
    var comparisons = 0
    var order = Array(0..<column.count)
    do {
      try order.sort { a, b in
        comparisons += 1
        if comparisons & 0xFFF == 0 { try control.check() }
        return compareValues(values[a], values[b]) < 0
      }
    } catch let interruption as RunControl.Interruption {
      throw interruption
    } catch {
      throw .cancelled
    }
    var places = [Int](repeating: 0, count: column.count)
    var place = 0
    for (index, row) in order.enumerated() {
      if index > 0, compareValues(values[order[index - 1]], values[row]) != 0 { place += 1 }
      places[row] = place
    }
    return integers(Values(places), column.validity, isDescending)
  }
}
