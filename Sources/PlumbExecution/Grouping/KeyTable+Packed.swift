import PlumbColumns

/// Keys whose digits fit one word, which is looked up by its hash.
extension KeyTable {
  func insertPacked(
    _ sources: [KeySource], _ rows: Int, _ groups: UnsafeMutablePointer<UInt32>
  ) {
    let packed = scratch.words(rows)
    for index in sources.indices {
      sources[index].addPacked(
        encoders[index].digit, isFirst: index == 0, isClamped: false, to: packed)
    }
    guard case .packed(var index) = mode else { return }
    var lastWord = ~packed[0]
    var lastGroup: UInt32 = 0
    for row in 0..<rows {
      let word = packed[row]
      if word == lastWord {
        groups[row] = lastGroup
        continue
      }
      let hash = wordHash(word)
      let keys = packedKeys.base
      let found = index.find(hash) { UInt64(bitPattern: Int64(keys[$0])) == word }
      lastWord = word
      if found >= 0 {
        lastGroup = UInt32(truncatingIfNeeded: found)
      } else {
        lastGroup = UInt32(truncatingIfNeeded: count)
        appendGroup(packed: word)
        if count > index.capacity {
          index = WordIndex(capacity: count * 2)
          for group in 0..<count {
            index.insertNew(
              group, hash: wordHash(UInt64(bitPattern: Int64(packedKeys[group]))))
          }
          mode = .packed(index)
        } else {
          index.fill(found, count - 1, hash: hash)
        }
      }
      groups[row] = lastGroup
    }
  }

  @inline(never)
  private func appendGroup(packed: UInt64) {
    packedKeys.append(Int(truncatingIfNeeded: packed), isNull: false)
    for encoder in encoders {
      let bits = UInt64(64 - encoder.digit.span.leadingZeroBitCount)
      let mask = bits == 64 ? ~0 : (1 as UInt64) << bits - 1
      let digit = packed >> encoder.digit.shift & mask
      encoder.appendWord(encoder.digit.word(digit), isNull: digit == 0)
    }
    count += 1
  }
}
