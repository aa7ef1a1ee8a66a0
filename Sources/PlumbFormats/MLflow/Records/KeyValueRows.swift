import PlumbColumns

/// Keys and texts of the rows of a table: parameters or tags, in the order of the store.
///
/// Kept as codes, with the rows of each key found without a search, so that a column of the
/// family `params.*` or `tags.*` is made in a pass over the rows of its key alone.
final class KeyValueRows: Sendable {
  let count: Int
  /// The row of the owning table.
  let owners: Values<UInt32>
  let keyCodes: Values<UInt32>
  let valueCodes: Values<UInt32>
  /// Which rows have a value; tags may be null.
  let validity: Bitmap?
  let keyTexts: TextDictionary
  let valueTexts: TextDictionary
  /// The keys in bytewise order, with their types.
  let keys: [Key]
  /// The rows ordered by key, those of one key in the order of the store.
  private let rowsByKey: Values<UInt32>
  private let positions: [String: Int]

  /// A key and what its values can be read as.
  struct Key: Sendable {
    let name: String
    let type: DataType
    fileprivate let rows: Range<Int>
  }

  fileprivate init(
    owners: Values<UInt32>, keyCodes: Values<UInt32>, valueCodes: Values<UInt32>,
    validity: Bitmap?, keyTexts: TextDictionary, valueTexts: TextDictionary
  ) {
    count = owners.count
    self.owners = owners
    self.keyCodes = keyCodes
    self.valueCodes = valueCodes
    self.validity = validity
    self.keyTexts = keyTexts
    self.valueTexts = valueTexts

    let kinds = (0..<valueTexts.count).map { StoredTextKinds(valueTexts.utf8($0)) }
    var kindsOfKey = [StoredTextKinds](repeating: [], count: keyTexts.count)
    var starts = [Int](repeating: 0, count: keyTexts.count + 1)
    for row in 0..<owners.count {
      let key = Int(keyCodes[row])
      starts[key + 1] += 1
      if validity?[row] ?? true { kindsOfKey[key].formUnion(kinds[Int(valueCodes[row])]) }
    }
    for key in 0..<keyTexts.count { starts[key + 1] += starts[key] }
    var next = starts
    let rows = Buffer<UInt32>(count: owners.count)
    for row in 0..<owners.count {
      let key = Int(keyCodes[row])
      rows.base[next[key]] = UInt32(row)
      next[key] += 1
    }
    rowsByKey = Values(rows)

    let order = (0..<keyTexts.count).sorted { lessText(keyTexts.utf8($0), keyTexts.utf8($1)) }
    keys = order.map { code in
      Key(
        name: keyTexts[code], type: kindsOfKey[code].type, rows: starts[code]..<starts[code + 1])
    }
    positions = Dictionary(
      keys.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The values of a key for `ownerCount` rows, as the key's type or as the stored text.
  func column(_ name: String, asText: Bool, ownerCount: Int) -> Column {
    guard let position = positions[name] else { return .nulls(.string, count: ownerCount) }
    let key = keys[position]
    switch asText ? .string : key.type {
    case .int: return integers(key, ownerCount)
    case .float: return doubles(key, ownerCount)
    case .bool: return bools(key, ownerCount)
    default: return texts(key, ownerCount)
    }
  }

  /// For each row of the owning table the row of the key here, or -1.
  private func rowOfOwner(_ key: Key, _ ownerCount: Int) -> [Int32] {
    var rows = [Int32](repeating: -1, count: ownerCount)
    for position in key.rows {
      let row = Int(rowsByKey[position])
      if validity?[row] ?? true { rows[Int(owners[row])] = Int32(row) }
    }
    return rows
  }

  private func text(_ row: Int32) -> UnsafeBufferPointer<UInt8> {
    valueTexts.utf8(Int(valueCodes[Int(row)]))
  }

  private func integers(_ key: Key, _ ownerCount: Int) -> Column {
    var builder = IntegerColumnBuilder(capacity: ownerCount)
    for row in rowOfOwner(key, ownerCount) {
      if row >= 0, let value = Int(String(decoding: text(row), as: UTF8.self)) {
        builder.append(value)
      } else {
        builder.appendNull()
      }
    }
    return builder.finish()
  }

  private func doubles(_ key: Key, _ ownerCount: Int) -> Column {
    var builder = FloatColumnBuilder(capacity: ownerCount)
    for row in rowOfOwner(key, ownerCount) {
      if row >= 0, let value = storedDouble(text(row)) {
        builder.append(value)
      } else {
        builder.appendNull()
      }
    }
    return builder.finish()
  }

  private func bools(_ key: Key, _ ownerCount: Int) -> Column {
    var builder = BoolColumnBuilder(capacity: ownerCount)
    for row in rowOfOwner(key, ownerCount) {
      if row >= 0, let first = text(row).first {
        builder.append(first | 0x20 == UInt8(ascii: "t"))
      } else {
        builder.appendNull()
      }
    }
    return builder.finish()
  }

  /// With a dictionary of its own: few codes make grouping by the column cheap.
  private func texts(_ key: Key, _ ownerCount: Int) -> Column {
    var builder = TextColumnBuilder(capacity: ownerCount)
    for row in rowOfOwner(key, ownerCount) {
      if row >= 0 { builder.append(text(row)) } else { builder.appendNull() }
    }
    return builder.finish()
  }

  /// The text of a key for each row of the owning table.
  func strings(_ name: String, ownerCount: Int) -> [String?]? {
    guard let position = positions[name] else { return nil }
    return rowOfOwner(keys[position], ownerCount).map { row in
      row < 0 ? nil : String(decoding: text(row), as: UTF8.self)
    }
  }
}

/// Collects keys and texts in the order of the store.
struct KeyValueRowsBuilder: ~Copyable {
  private var owners = GrowableBuffer<UInt32>(capacity: 1024)
  private var keyCodes = GrowableBuffer<UInt32>(capacity: 1024)
  private var valueCodes = GrowableBuffer<UInt32>(capacity: 1024)
  private var validity = ValidityBuilder()
  private var keys = TextInterner()
  private var values = TextInterner()

  /// Appends a row.
  ///
  /// The texts need not be valid UTF-8.
  mutating func append(
    owner: Int, key: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>?
  ) {
    owners.append(UInt32(truncatingIfNeeded: owner))
    keyCodes.append(internRepaired(&keys, key))
    if let value {
      valueCodes.append(internRepaired(&values, value))
      validity.appendValid()
    } else {
      valueCodes.append(0)
      validity.appendNull()
    }
  }

  mutating func append(owner: Int, _ text: KeyedText) {
    owners.append(UInt32(truncatingIfNeeded: owner))
    keyCodes.append(keys.intern(text.key))
    if let value = text.value {
      valueCodes.append(values.intern(value))
      validity.appendValid()
    } else {
      valueCodes.append(0)
      validity.appendNull()
    }
  }

  consuming func finish() -> KeyValueRows {
    // A null has the code 0, which must stand for a text.
    if values.count == 0 { _ = values.intern("") }
    let validity = validity.finish()
    let keyTexts = keys.finish()
    let valueTexts = values.finish()
    return KeyValueRows(
      owners: owners.finish(), keyCodes: keyCodes.finish(), valueCodes: valueCodes.finish(),
      validity: validity, keyTexts: keyTexts, valueTexts: valueTexts)
  }
}

extension KeyValueRows {
  /// The rows of a few entities, such as registered models with their tags.
  static func collecting(_ texts: [[KeyedText]]) -> KeyValueRows {
    var builder = KeyValueRowsBuilder()
    for (owner, texts) in texts.enumerated() {
      for text in texts { builder.append(owner: owner, text) }
    }
    return builder.finish()
  }
}

/// Interns a text with U+FFFD in place of what is not UTF-8.
func internRepaired(
  _ interner: inout TextInterner, _ text: UnsafeBufferPointer<UInt8>
) -> UInt32 {
  if text.allSatisfy({ $0 < 0x80 }) { return interner.intern(text) }
  return interner.intern(String(decoding: text, as: UTF8.self))
}
