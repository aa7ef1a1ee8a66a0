import PlumbColumns
import Synchronization

/// The groups of keys, for any number of threads, once nothing is added any more.
extension KeyTable {
  /// Writes the group of each row, `UInt32.max` where there is none.
  ///
  /// A null key has none.
  func find(_ keys: [Column], count rows: Int, into groups: UnsafeMutablePointer<UInt32>) {
    guard rows > 0 else { return }
    if encoders.count == 1, findTexts(keys[0], groups) { return }
    findAll(keys, count: rows, into: groups)
  }

  /// Looks a lone text key up by its code; false where the dictionary has many more texts than
  /// there are rows, so that most would be looked up in vain.
  private func findTexts(_ column: Column, _ groups: UnsafeMutablePointer<UInt32>) -> Bool {
    guard let dictionary = column.dictionary,
      dictionary.count <= max(1 << 14, column.count * 4)
    else { return false }
    let known = groupOfEachText(dictionary)
    switch column.storage {
    case .text8(let codes, _): translate(codes, known.base, groups)
    case .text16(let codes, _): translate(codes, known.base, groups)
    case .text32(let codes, _): translate(codes, known.base, groups)
    case .int8, .int16, .int32, .int64, .float, .bool, .list, .record, .constant: break
    }
    column.validity?.forEachClear { groups[$0] = .max }
    withExtendedLifetime(known) {}
    return true
  }

  private func groupOfEachText(_ dictionary: TextDictionary) -> Buffer<UInt32> {
    textGroups.withLock { known in
      if let known, known.dictionary === dictionary { return known.groups }
      let count = dictionary.count
      // Null rows have code 0, also where there is no text at all.
      let groups = Buffer<UInt32>(repeating: .max, count: max(1, count))
      let codes = Buffer<UInt32>(count: count)
      for code in 0..<count { codes.base[code] = UInt32(truncatingIfNeeded: code) }
      let texts = Column(
        type: .string, count: count, storage: .text32(Values(codes), dictionary))
      if count > 0 { findAll([texts], count: count, into: groups.base) }
      known = TextGroups(dictionary: dictionary, groups: groups)
      return groups
    }
  }

  private func findAll(
    _ keys: [Column], count rows: Int, into groups: UnsafeMutablePointer<UInt32>
  ) {
    let sources = zip(encoders, keys).map { $0.knownSource($1) }
    switch mode {
    case .none: groups.update(repeating: .max, count: rows)
    case .direct(let table):
      for index in sources.indices {
        sources[index].addClampedSlots(encoders[index].digit, isFirst: index == 0, to: groups)
      }
      let slots = table.base
      for row in 0..<rows { groups[row] = slots[Int(groups[row])] }
    case .packed(let index): findPacked(sources, rows, index, groups)
    case .wide(let index):
      let hashes = Buffer<UInt64>(count: rows)
      wideHashes(sources, rows, hashes.base)
      let known = wideWords
      for row in 0..<rows {
        let found = index.find(hashes.base[row]) { isGroup($0, sources, row, known) }
        groups[row] = found >= 0 ? UInt32(truncatingIfNeeded: found) : .max
      }
    }
    withExtendedLifetime(sources) {}
  }

  private func findPacked(
    _ sources: [KeySource], _ rows: Int, _ index: WordIndex,
    _ groups: UnsafeMutablePointer<UInt32>
  ) {
    let packed = Buffer<UInt64>(count: rows)
    for place in sources.indices {
      sources[place].addPacked(
        encoders[place].digit, isFirst: place == 0, isClamped: true, to: packed.base)
    }
    let keys = packedKeys.base
    for row in 0..<rows {
      let word = packed.base[row]
      let found = index.find(wordHash(word)) { UInt64(bitPattern: Int64(keys[$0])) == word }
      groups[row] = found >= 0 ? UInt32(truncatingIfNeeded: found) : .max
    }
    withExtendedLifetime(packed) {}
  }
}
