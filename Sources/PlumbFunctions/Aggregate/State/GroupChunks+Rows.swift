import PlumbColumns

extension GroupChunks where Element == Double {
  /// Appends the rows of a batch to their groups, NaN left out.
  mutating func appendNumbers(_ column: Column, _ groups: UnsafePointer<UInt32>?, _ count: Int) {
    guard count > 0 else { return }
    switch column.storage {
    case .float(let values): appendRows(values.pointer, groups, count) { $0 }
    case .int8(let values): appendRows(values.pointer, groups, count) { Double($0) }
    case .int16(let values): appendRows(values.pointer, groups, count) { Double($0) }
    case .int32(let values): appendRows(values.pointer, groups, count) { Double($0) }
    case .int64(let values): appendRows(values.pointer, groups, count) { Double($0) }
    case .bool, .constant, .text8, .text16, .text32, .list, .record:
      let values = column.doubles()
      appendRows(values.pointer, groups, count) { $0 }
      withExtendedLifetime(values) {}
    }
    withExtendedLifetime(column) {}
  }

  @inline(__always)
  private mutating func appendRows<Source: BitwiseCopyable>(
    _ values: UnsafePointer<Source>, _ groups: UnsafePointer<UInt32>?, _ count: Int,
    _ converted: (Source) -> Double
  ) {
    if let groups {
      for row in 0..<count {
        let value = converted(values[row])
        if value == value { append(value, to: Int(groups[row])) }
      }
    } else {
      for row in 0..<count {
        let value = converted(values[row])
        if value == value { append(value, to: 0) }
      }
    }
  }
}
