import PlumbColumns

/// Hashes of values that are the same in every run, on every thread, and for equal values.
final class ValueHasher {
  /// The hashes of the texts of the last dictionary.
  private var dictionary: TextDictionary?
  private var textHashes: [UInt64] = []

  /// A hash for each row of a column without nulls.
  func hashes(of column: Column) -> Values<UInt64> {
    let result = Buffer<UInt64>(count: column.count)
    let target = result.base
    switch column.type {
    case .bool, .int, .timestamp, .duration, .null:
      let values = column.materialized().integers()
      for row in 0..<column.count { target[row] = Self.mix(UInt64(bitPattern: Int64(values[row]))) }
    case .float:
      let values = column.doubles()
      for row in 0..<column.count { target[row] = Self.mix(KeyCoder.key(of: values[row])) }
    case .string:
      let (codes, dictionary) = column.codes()
      hashTexts(of: dictionary)
      for row in 0..<column.count { target[row] = textHashes[Int(codes[row])] }
    case .list, .record:
      for row in 0..<column.count { target[row] = Self.hash(column.value(at: row)) }
    }
    return Values(result)
  }

  private func hashTexts(of dictionary: TextDictionary) {
    if dictionary === self.dictionary { return }
    self.dictionary = dictionary
    textHashes = (0..<dictionary.count).map { Self.mix(textHash(dictionary.utf8($0))) }
  }

  /// Spreads a key over all bits (the finisher of MurmurHash3, twice keyed).
  private static func mix(_ key: UInt64) -> UInt64 {
    var hash = key &+ 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
    return hash ^ hash >> 31
  }

  private static func hash(_ value: Value) -> UInt64 {
    switch value {
    case .null: return mix(1)
    case .bool(let value): return mix(value ? 3 : 2)
    case .int(let value), .timestamp(let value), .duration(let value):
      return mix(UInt64(bitPattern: Int64(value)))
    case .float(let value): return mix(KeyCoder.key(of: value))
    case .string(var text): return text.withUTF8 { mix(textHash($0)) }
    case .list(let values, _): return values.reduce(mix(4)) { mix($0 ^ hash($1)) }
    case .record(let fields): return fields.reduce(mix(5)) { mix($0 ^ hash($1.value)) }
    }
  }
}
