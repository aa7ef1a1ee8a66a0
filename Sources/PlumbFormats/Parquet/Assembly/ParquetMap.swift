import PlumbColumns

/// A column of maps from texts to values: an open family of columns, one for each key.
struct ParquetMap: Sendable {
  let shape: ParquetShape
  let key: ParquetShape
  let keyLeaf: Int
  let value: ParquetShape

  /// A map with keys that are text and values that are no lists or records; nil for all else.
  init?(_ shape: ParquetShape, _ leaves: [ParquetLeaf]) {
    guard case .list(let list) = shape, list.isMap, list.repetition == 1,
      case .record(let entry) = list.element, case .scalar(let keyLeaf) = entry.fields[0],
      case .scalar = entry.fields[1], leaves[keyLeaf].reading.rule == .text
    else { return nil }
    self.shape = shape
    self.keyLeaf = keyLeaf
    (key, value) = (entry.fields[0], entry.fields[1])
  }
}
