import PlumbColumns

/// The statistics of a column chunk, as bytes of its physical type.
struct ParquetStatistics {
  let minimum: [UInt8]?
  let maximum: [UInt8]?

  /// Longer texts are left out: a reader compares them rather than looks at them.
  private static let maximumTextBytes = 256

  /// The extremes of values without nulls; absent where there are none, and for NaN.
  init(_ column: Column) {
    switch column.type {
    case .float: (minimum, maximum) = Self.floats(column.doubles())
    case .string: (minimum, maximum) = Self.texts(column)
    case .bool:
      let values = column.bools()
      var (low, high): (UInt8, UInt8) = (1, 0)
      for index in 0..<values.count {
        low = min(low, values[index])
        high = max(high, values[index])
      }
      (minimum, maximum) = values.count > 0 ? ([low], [high]) : (nil, nil)
    case .int, .timestamp, .duration:
      let values = column.integers()
      var (low, high) = (Int.max, Int.min)
      for index in 0..<values.count {
        low = min(low, values[index])
        high = max(high, values[index])
      }
      (minimum, maximum) = values.count > 0 ? (Self.bytes(low), Self.bytes(high)) : (nil, nil)
    case .null, .list, .record: (minimum, maximum) = (nil, nil)
    }
  }

  private static func bytes<Number: BitwiseCopyable>(_ value: Number) -> [UInt8] {
    withUnsafeBytes(of: value) { Array($0) }
  }

  private static func floats(_ values: Values<Double>) -> ([UInt8]?, [UInt8]?) {
    var (low, high) = (Double.infinity, -Double.infinity)
    var isEmpty = true
    for index in 0..<values.count where !values[index].isNaN {
      isEmpty = false
      low = min(low, values[index])
      high = max(high, values[index])
    }
    if isEmpty { return (nil, nil) }
    // A reader may take -0.0 and 0.0 for different values.
    return (bytes(low == 0 ? -0.0 : low), bytes(high == 0 ? 0.0 : high))
  }

  private static func texts(_ column: Column) -> ([UInt8]?, [UInt8]?) {
    let (codes, dictionary) = column.codes()
    guard codes.count > 0 else { return (nil, nil) }
    var isUsed = [Bool](repeating: false, count: dictionary.count)
    for index in 0..<codes.count { isUsed[Int(codes[index])] = true }
    var extremes: (low: Int, high: Int)?
    for code in isUsed.indices where isUsed[code] {
      guard let known = extremes else {
        extremes = (code, code)
        continue
      }
      if lessText(dictionary.utf8(code), dictionary.utf8(known.low)) { extremes?.low = code }
      if lessText(dictionary.utf8(known.high), dictionary.utf8(code)) { extremes?.high = code }
    }
    guard let extremes else { return (nil, nil) }
    let ends = [extremes.low, extremes.high].map { code -> [UInt8]? in
      let text = dictionary.utf8(code)
      return text.count <= maximumTextBytes ? Array(text) : nil
    }
    return (ends[0], ends[1])
  }
}
