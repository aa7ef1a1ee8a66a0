import PlumbColumns

/// A list argument, row by row.
struct ListRows {
  let elements: Column
  private let offsets: Values<Int>?
  private let constantCount: Int
  private let column: Column

  init(_ column: Column) {
    self.column = column
    switch column.storage {
    case .list(let offsets, let elements):
      (self.offsets, self.elements, constantCount) = (offsets, elements, 0)
    case .constant(.list(let values, _)):
      // One copy of the elements serves all rows.
      var type = DataType.null
      if case .list(let element) = column.type { type = element }
      (offsets, elements, constantCount) = (nil, Column(values, type: type), values.count)
    default:
      (offsets, elements, constantCount) = (nil, Column([Value](), type: .null), 0)
    }
  }

  /// Where a row's elements are.
  func range(_ row: Int) -> Range<Int> {
    guard let offsets else { return 0..<constantCount }
    return column.isNull(row) ? 0..<0 : offsets[row]..<offsets[row + 1]
  }

  /// The elements of a row as values.
  func values(_ row: Int) -> [Value] { range(row).map { elements.value(at: $0) } }
}
