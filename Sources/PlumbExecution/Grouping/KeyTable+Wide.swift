import PlumbColumns

/// Keys of which all the integers are hashed.
extension KeyTable {
  func insertWide(
    _ sources: [KeySource], _ rows: Int, _ groups: UnsafeMutablePointer<UInt32>
  ) {
    guard case .wide(var index) = mode else { return }
    let hashes = scratch.words(rows)
    wideHashes(sources, rows, hashes)
    for row in 0..<rows {
      let found = index.find(hashes[row]) { isGroup($0, sources, row) }
      if found >= 0 {
        groups[row] = UInt32(truncatingIfNeeded: found)
        continue
      }
      groups[row] = UInt32(truncatingIfNeeded: count)
      for (encoder, source) in zip(encoders, sources) {
        encoder.appendWord(source.word(row), isNull: source.isNull(row))
      }
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

  func isGroup(_ group: Int, _ sources: [KeySource], _ row: Int) -> Bool {
    for index in sources.indices {
      let words = encoders[index].words
      if sources[index].isNull(row) {
        if !words.isNull(group) { return false }
      } else if words[group] != sources[index].word(row) || words.isNull(group) {
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
