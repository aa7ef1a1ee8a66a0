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
      var type = DataType.null
      if case .list(let element) = column.type { type = element }
      (offsets, elements, constantCount) = (nil, Column([Value](), type: type), 0)
    }
  }

  /// Where a row's elements are; nowhere for null.
  func range(_ row: Int) -> Range<Int> {
    guard let offsets else { return 0..<constantCount }
    return column.isNull(row) ? 0..<0 : offsets[row]..<offsets[row + 1]
  }

  /// The elements of a row as values.
  func values(_ row: Int) -> [Value] { range(row).map { elements.value(at: $0) } }
}

/// The elements of all rows' lists, one after the other.
struct FlatLists {
  let elements: Column
  /// Where each row's elements begin; one more entry than rows.
  let offsets: Values<Int>
  /// The row that each element belongs to.
  let outerRows: Values<UInt32>

  /// Lays out the lists of the rows that have all arguments; the others count as empty.
  init(_ call: KernelCall, _ index: Int) {
    let lists = ListRows(call.arguments[index])
    let offsets = Buffer<Int>(count: call.count + 1)
    offsets.base[0] = 0
    for row in 0..<call.count {
      let count = call.isValid(row) ? lists.range(row).count : 0
      offsets.base[row + 1] = offsets.base[row] + count
    }
    let total = offsets.base[call.count]
    let positions = Buffer<UInt32>(count: total)
    let rows = Buffer<UInt32>(count: total)
    for row in 0..<call.count {
      var target = offsets.base[row]
      guard offsets.base[row + 1] > target else { continue }
      for position in lists.range(row) {
        positions.base[target] = UInt32(truncatingIfNeeded: position)
        rows.base[target] = UInt32(truncatingIfNeeded: row)
        target += 1
      }
    }
    elements = lists.elements.gathered(Values(positions))
    self.offsets = Values(offsets)
    outerRows = Values(rows)
  }
}

extension KernelCall {
  /// The result of the function argument `index` for each element of the flat lists.
  func applied(
    _ index: Int, to lists: FlatLists
  ) throws(FunctionError) -> Column {
    guard let function = functions[index] else {
      throw FunctionError("a function is missing")
    }
    return try function([lists.elements], lists.outerRows)
  }
}
