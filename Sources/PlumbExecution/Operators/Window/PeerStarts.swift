import PlumbColumns

/// Marks each row that differs from the one before it in some key, and each group's first row.
func changes(_ keys: [Column], groupOffsets: [Int], count: Int) -> Values<UInt8> {
  let marks = Buffer<UInt8>(repeating: 0, count: count)
  for key in keys { markChanges(key, marks.base, count) }
  for start in groupOffsets where start < count { marks.base[start] = 1 }
  return Values(marks)
}

private func markChanges(_ column: Column, _ marks: UnsafeMutablePointer<UInt8>, _ count: Int) {
  // Nulls, NaN and repeated dictionary texts are told apart row by row; the rest by its layout.
  let column = column.interned()
  guard column.validity == nil else { return markByValue(column, marks, count) }
  switch column.storage {
  case .int8(let values): mark(values, marks)
  case .int16(let values): mark(values, marks)
  case .int32(let values): mark(values, marks)
  case .int64(let values): mark(values, marks)
  case .bool(let values): mark(values, marks)
  case .text8(let codes, _): mark(codes, marks)
  case .text16(let codes, _): mark(codes, marks)
  case .text32(let codes, _): mark(codes, marks)
  case .float, .list, .record: markByValue(column, marks, count)
  case .constant: break
  }
}

private func mark<Element: FixedWidthInteger & BitwiseCopyable>(
  _ values: Values<Element>, _ marks: UnsafeMutablePointer<UInt8>
) {
  guard values.count > 1 else { return }
  let source = values.pointer
  for row in 1..<values.count { marks[row] |= source[row] != source[row - 1] ? 1 : 0 }
  withExtendedLifetime(values) {}
}

private func markByValue(
  _ column: Column, _ marks: UnsafeMutablePointer<UInt8>, _ count: Int
) {
  guard count > 1 else { return }
  for row in 1..<count where !valuesEqual(column, row, column, row - 1, nanEqual: true) {
    marks[row] = 1
  }
}
