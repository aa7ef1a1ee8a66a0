import PlumbColumns

/// `+` of texts: each pair of texts joined.
func joinedTexts(_ a: Column, _ b: Column) -> Column {
  let (x, left) = a.codes()
  let (y, right) = b.codes()
  defer { withExtendedLifetime((x, y)) {} }
  let presence = intersection(a.presence, b.presence)
  var builder = TextColumnBuilder(capacity: a.count)
  var buffer = TextBuffer()
  // Neighbours often hold the same texts.
  for row in 0..<a.count {
    if let presence, !presence[row] {
      builder.appendNull()
      continue
    }
    buffer.removeAll()
    buffer.append(left.utf8(Int(x[row])))
    buffer.append(right.utf8(Int(y[row])))
    builder.append(buffer.bytes)
  }
  return builder.finish()
}

/// `+` of lists: the elements of the left, then of the right.
func joinedLists(_ a: Column, _ b: Column, type: DataType) -> Column {
  guard case .list(let element) = type else { return .nulls(type, count: a.count) }
  let (left, right) = (a.laidOutList(), b.laidOutList())
  let count = a.count
  let presence = intersection(a.presence, b.presence)
  let elements = Column.concatenated([left.elements, right.elements], type: element)
  let shift = left.elements.count
  let offsets = Buffer<Int>(count: count + 1)
  var rows: [UInt32] = []
  for row in 0..<count {
    offsets.base[row] = rows.count
    if let presence, !presence[row] { continue }
    for index in left.offsets[row]..<left.offsets[row + 1] { rows.append(UInt32(index)) }
    for index in right.offsets[row]..<right.offsets[row + 1] {
      rows.append(UInt32(index + shift))
    }
  }
  offsets.base[count] = rows.count
  return Column(
    type: type, count: count,
    storage: .list(offsets: Values(offsets), elements: elements.gathered(Values(rows))),
    validity: presence)
}

extension Column {
  /// The offsets and elements of a list column, row by row also for constants.
  func laidOutList() -> (offsets: Values<Int>, elements: Column) {
    if case .list(let offsets, let elements) = materialized().storage {
      return (offsets, elements)
    }
    return (Values(Buffer(repeating: 0, count: count + 1)), Column([Value](), type: .null))
  }
}
