import PlumbColumns

/// `+` of texts: each pair of texts joined.
func joinedTexts(
  _ a: Column, _ b: Column, _ dictionaries: FramedDictionaryCache, _ pairs: PairedDictionaryCache
) -> Column {
  if case .string(let before)? = a.constantValue {
    if let framed = framedTexts(b, before: before, after: "", dictionaries) { return framed }
  }
  if case .string(let after)? = b.constantValue {
    if let framed = framedTexts(a, before: "", after: after, dictionaries) { return framed }
  }
  let (x, left) = a.codes()
  let (y, right) = b.codes()
  defer { withExtendedLifetime((x, y)) {} }
  let presence = intersection(a.presence, b.presence)
  if let paired = pairs.paired(left, right, rows: a.count) {
    let codes = Buffer<UInt32>(count: a.count)
    let (from, to, width) = (x.pointer, y.pointer, UInt32(truncatingIfNeeded: right.count))
    for row in 0..<a.count { codes.base[row] = from[row] &* width &+ to[row] }
    return Column(
      type: .string, count: a.count, storage: .text(Values(codes), paired), validity: presence)
  }
  var builder = TextColumnBuilder(capacity: a.count)
  var buffer = TextBuffer()
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

/// The same codes over a dictionary of longer texts, where there are no more texts than rows.
private func framedTexts(
  _ column: Column, before: String, after: String, _ dictionaries: FramedDictionaryCache
) -> Column? {
  func framed(_ base: TextDictionary) -> TextDictionary? {
    guard base.count <= max(256, column.count * 2) else { return nil }
    return dictionaries.framed(base, before: before, after: after)
  }
  let storage: Column.Storage
  switch column.storage {
  case .text8(let codes, let base):
    guard let result = framed(base) else { return nil }
    storage = .text8(codes, result)
  case .text16(let codes, let base):
    guard let result = framed(base) else { return nil }
    storage = .text16(codes, result)
  case .text32(let codes, let base):
    guard let result = framed(base) else { return nil }
    storage = .text32(codes, result)
  case .constant, .int8, .int16, .int32, .int64, .float, .bool, .list, .record: return nil
  }
  return Column(type: .string, count: column.count, storage: storage, validity: column.validity)
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
