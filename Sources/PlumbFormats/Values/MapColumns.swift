import PlumbColumns

/// Columns of maps, which are lists of records of a key and a value.
enum MapColumns {
  /// Maps with more keys than this are no families but lists of entries.
  static let maximumKeys = 1000

  /// The values of a key: of one that a row has twice the last.
  static func member(_ key: String, of maps: Column) -> Column {
    guard case .list(let offsets, let entries) = maps.storage,
      case .record(let fields) = entries.storage, fields.count == 2
    else { return .nulls(valueType(maps.type), count: maps.count) }
    let (codes, dictionary) = fields[0].codes()
    guard let wanted = dictionary.code(of: key) else {
      return .nulls(fields[1].type, count: maps.count)
    }
    let code = UInt32(truncatingIfNeeded: wanted)
    let places = Buffer<UInt32>(repeating: .max, count: maps.count)
    for row in 0..<maps.count where !maps.isNull(row) {
      for entry in offsets[row]..<offsets[row + 1]
      where codes[entry] == code && !fields[0].isNull(entry) {
        places.base[row] = UInt32(truncatingIfNeeded: entry)
      }
    }
    return fields[1].gatheredOptional(Values(places))
  }

  /// The keys that occur, in order of their texts' first appearance; nil if there are too many.
  static func keys(of maps: Column) -> [String]? {
    guard case .list(_, let entries) = maps.storage, case .record(let fields) = entries.storage,
      let keys = fields.first
    else { return [] }
    if keys.nullCount == keys.count { return [] }
    let dictionary = keys.interned().codes().dictionary
    guard dictionary.count <= maximumKeys else { return nil }
    return (0..<dictionary.count).map { dictionary[$0] }
  }

  /// The type of the values of a map from texts to values that are no lists or records; nil for
  /// every other type.
  static func familyType(_ type: DataType) -> DataType? {
    guard case .list(.record(let fields)) = type, fields.count == 2, fields[0].type == .string
    else { return nil }
    switch fields[1].type {
    case .list, .record: return nil
    case .null, .bool, .int, .float, .string, .timestamp, .duration: return fields[1].type
    }
  }

  private static func valueType(_ type: DataType) -> DataType {
    familyType(type) ?? .string
  }
}
