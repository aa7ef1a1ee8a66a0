/// Whether two rows hold equal values in each of their columns, as group keys are equal: null
/// equals null and all NaN are one. The columns must be of the same types, in any layouts.
package func rowsEqual(
  _ left: [Column], _ leftRow: Int, _ right: [Column], _ rightRow: Int
) -> Bool {
  for index in left.indices
  where !valuesEqual(left[index], leftRow, right[index], rightRow, nanEqual: true) {
    return false
  }
  return true
}

/// Whether row `i` of `left` and row `j` of `right` hold equal values; null equals null.
///
/// `nanEqual` says whether NaN equals NaN, as in group keys, or not, as in `==`.
package func valuesEqual(
  _ left: Column, _ i: Int, _ right: Column, _ j: Int, nanEqual: Bool
) -> Bool {
  let isNull = left.isNull(i)
  if isNull || right.isNull(j) { return isNull && right.isNull(j) }
  switch left.type {
  case .null: return true
  case .bool, .int, .timestamp, .duration: return left.integer(i) == right.integer(j)
  case .float:
    let (a, b) = (left.double(i), right.double(j))
    return a == b || (nanEqual && a.isNaN && b.isNaN)
  case .string: return left.equalText(i, right, j)
  case .list:
    let a = left.listRow(i)
    let b = right.listRow(j)
    guard a.range.count == b.range.count else { return false }
    for (x, y) in zip(a.range, b.range)
    where !valuesEqual(a.elements, x, b.elements, y, nanEqual: nanEqual) {
      return false
    }
    return true
  case .record(let fields):
    for index in fields.indices {
      let a = left.fieldRow(index, i)
      let b = right.fieldRow(index, j)
      if !valuesEqual(a.column, a.row, b.column, b.row, nanEqual: nanEqual) { return false }
    }
    return true
  }
}

extension Column {
  /// The integer (or bool as 0 or 1) at a row that is not null.
  package func integer(_ row: Int) -> Int {
    switch storage {
    case .int8(let values): Int(values[row])
    case .int16(let values): Int(values[row])
    case .int32(let values): Int(values[row])
    case .int64(let values): values[row]
    case .bool(let values): Int(values[row])
    case .constant(.int(let value)), .constant(.timestamp(let value)),
      .constant(.duration(let value)):
      value
    case .constant(.bool(let value)): value ? 1 : 0
    case .constant, .float, .text8, .text16, .text32, .list, .record: 0
    }
  }

  /// The double at a row that is not null; integers are converted.
  package func double(_ row: Int) -> Double {
    switch storage {
    case .float(let values): values[row]
    case .constant(.float(let value)): value
    case .int8, .int16, .int32, .int64, .bool, .constant, .text8, .text16, .text32, .list,
      .record:
      Double(integer(row))
    }
  }

  fileprivate func equalText(_ row: Int, _ other: Column, _ otherRow: Int) -> Bool {
    switch (textRow(row), other.textRow(otherRow)) {
    case (.coded(let a, let x), .coded(let b, let y)):
      if a === b, a.isUnique { return x == y }
      return equalTexts(a.utf8(x), b.utf8(y))
    case (.text(let a), .text(let b)): return a.utf8.elementsEqual(b.utf8)
    case (.coded(let a, let x), .text(let b)), (.text(let b), .coded(let a, let x)):
      return a.utf8(x).elementsEqual(b.utf8)
    }
  }

  private enum TextRow {
    case coded(TextDictionary, Int)
    case text(String)
  }

  private func textRow(_ row: Int) -> TextRow {
    switch storage {
    case .text8(let codes, let dictionary): .coded(dictionary, Int(codes[row]))
    case .text16(let codes, let dictionary): .coded(dictionary, Int(codes[row]))
    case .text32(let codes, let dictionary): .coded(dictionary, Int(codes[row]))
    case .constant(.string(let text)): .text(text)
    case .constant, .int8, .int16, .int32, .int64, .float, .bool, .list, .record: .text("")
    }
  }

  /// The elements of the list at a row that is not null.
  package func listRow(_ row: Int) -> (elements: Column, range: Range<Int>) {
    switch storage {
    case .list(let offsets, let elements): return (elements, offsets[row]..<offsets[row + 1])
    case .constant(.list(let values, let element)):
      return (Column(values, type: element), 0..<values.count)
    case .constant, .int8, .int16, .int32, .int64, .float, .bool, .text8, .text16, .text32,
      .record:
      return (self, 0..<0)
    }
  }

  fileprivate func fieldRow(_ index: Int, _ row: Int) -> (column: Column, row: Int) {
    switch storage {
    case .record(let columns): return (columns[index], row)
    case .constant(.record(let members)) where index < members.count:
      var type = DataType.null
      if case .record(let fields) = self.type { type = fields[index].type }
      return (Column(constant: members[index].value, type: type, count: 1), 0)
    case .constant, .int8, .int16, .int32, .int64, .float, .bool, .text8, .text16, .text32,
      .list:
      return (.nulls(.null, count: 1), 0)
    }
  }
}
