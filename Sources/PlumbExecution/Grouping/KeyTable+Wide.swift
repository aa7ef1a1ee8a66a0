import PlumbColumns

/// Keys of which all the integers are hashed.
extension KeyTable {
  func insertWide(
    _ sources: [KeySource], _ rows: Int, _ groups: UnsafeMutablePointer<UInt32>
  ) {
    guard case .wide(var index) = mode else { return }
    let hashes = scratch.words(rows)
    wideHashes(sources, rows, hashes)
    var known = wideWords
    for row in 0..<rows {
      let found = index.find(hashes[row]) { isGroup($0, sources, row, known) }
      if found >= 0 {
        groups[row] = UInt32(truncatingIfNeeded: found)
        continue
      }
      groups[row] = UInt32(truncatingIfNeeded: count)
      for (encoder, source) in zip(encoders, sources) {
        encoder.appendWord(source.word(row), isNull: source.isNull(row))
      }
      for place in encoders.indices { known[place] = WideWords(encoders[place].words) }
      count += 1
      if count > index.capacity {
        index = WordIndex(capacity: count * 2)
        for group in 0..<count { index.insertNew(group, hash: wideHash(of: group)) }
        mode = .wide(index)
      } else {
        index.fill(found, count - 1, hash: hashes[row])
      }
    }
  }

  /// Where the integers of all groups lie, for each key, until a group is added.
  var wideWords: [WideWords] {
    encoders.map { WideWords($0.words) }
  }

  struct WideWords {
    let base: UnsafeMutablePointer<Int>
    let hasNulls: Bool

    init(_ words: borrowing WordList) {
      base = words.base
      hasNulls = words.hasNulls
    }
  }

  func isGroup(
    _ group: Int, _ sources: [KeySource], _ row: Int, _ known: [WideWords]
  ) -> Bool {
    for index in sources.indices {
      let words = known[index]
      let isNull = words.hasNulls && encoders[index].words.isNull(group)
      if sources[index].isNull(row) {
        if !isNull { return false }
      } else if words.base[group] != sources[index].word(row) || isNull {
        return false
      }
    }
    return true
  }

  private static let nullWord: UInt64 = 0x1B87_3593_CC9E_2D51

  func wideHashes(
    _ sources: [KeySource], _ rows: Int, _ hashes: UnsafeMutablePointer<UInt64>
  ) {
    hashes.update(repeating: 0, count: rows)
    for source in sources {
      for row in 0..<rows {
        let word =
          source.isNull(row) ? Self.nullWord : UInt64(bitPattern: Int64(source.word(row)))
        hashes[row] = wordHash(hashes[row] &* 3 ^ word)
      }
    }
  }

  func wideHash(of group: Int) -> UInt64 {
    encoders.reduce(0) { hash, encoder in
      let word =
        encoder.words.isNull(group)
        ? Self.nullWord : UInt64(bitPattern: Int64(encoder.words[group]))
      return wordHash(hash &* 3 ^ word)
    }
  }
}
