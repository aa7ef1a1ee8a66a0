import PlumbColumns

extension Column {
  /// A float column with a value or null for each group.
  @inline(__always)
  static func floats(_ count: Int, _ value: (Int) -> Double?) -> Column {
    let values = Buffer<Double>(count: count)
    var validity = RowValidity(count: count)
    for row in 0..<count {
      if let result = value(row) {
        values.base[row] = result
        validity.set(row, true)
      } else {
        values.base[row] = 0
      }
    }
    return Column(
      type: .float, count: count, storage: .float(Values(values)), validity: validity.finish())
  }

  /// A column of an integer-backed type, or of bools, with a value or null for each group.
  @inline(__always)
  static func integers(_ count: Int, type: DataType, _ value: (Int) -> Int?) -> Column {
    let values = Buffer<Int>(count: count)
    var validity = RowValidity(count: count)
    for row in 0..<count {
      if let result = value(row) {
        values.base[row] = result
        validity.set(row, true)
      } else {
        values.base[row] = 0
      }
    }
    return Column.integers(Values(values), type: type, validity: validity.finish())
  }

  /// Integers as a column of `type`: as they are, or as bools.
  static func integers(_ values: Values<Int>, type: DataType, validity: Bitmap?) -> Column {
    guard type == .bool else {
      return Column(
        type: type, count: values.count, storage: .int64(values), validity: validity)
    }
    let bools = Buffer<UInt8>(count: values.count)
    for row in 0..<values.count { bools.base[row] = values[row] != 0 ? 1 : 0 }
    return Column(
      type: .bool, count: values.count, storage: .bool(Values(bools)), validity: validity)
  }
}

/// The double nearest to a value, rounded to a whole number of microseconds.
func wholeMicroseconds(_ value: Double) -> Int? {
  let rounded = value.rounded()
  guard rounded >= -0x1p63, rounded < 0x1p63 else { return nil }
  return Int(rounded)
}
