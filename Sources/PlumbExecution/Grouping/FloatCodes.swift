import PlumbColumns

/// One code for each different float, in order of first appearance, as long as there are few.
///
/// The bits of a float fill a word, so that with another key beside it they fit no other; floats
/// that were rounded or binned have few values, and their codes few bits.
final class FloatCodes {
  /// The most codes: beyond, looking floats up twice costs more than it saves.
  static let most = 1 << 16

  private var index = WordIndex(capacity: 1 << 10)
  /// The bits of each float that has a code.
  private(set) var words = WordList()

  /// The codes of a batch of bits as an integer column, without `adding` -1 for unknown ones; nil
  /// when there are too many.
  func codes(_ column: Column, adding: Bool) -> Column? {
    guard case .int64(let bits) = column.storage else { return nil }
    let source = bits.pointer
    let codes = Buffer<Int32>(count: column.count)
    let validity = column.validity
    var (lastBits, lastCode) = (0, -1 as Int32)
    for row in 0..<column.count {
      let word = source[row]
      if word == lastBits, lastCode >= 0 {
        codes.base[row] = lastCode
        continue
      }
      if let validity, !validity[row] {
        codes.base[row] = 0
        continue
      }
      let hash = wordHash(UInt64(bitPattern: Int64(word)))
      let known = words.base
      var found = index.find(hash) { known[$0] == word }
      if found < 0, adding {
        guard words.count < Self.most else { return nil }
        found = add(word, hash, found)
      }
      codes.base[row] = Int32(truncatingIfNeeded: max(found, -1))
      (lastBits, lastCode) = (word, codes.base[row])
    }
    withExtendedLifetime(bits) {}
    return Column(
      type: .int, count: column.count, storage: .int32(Values(codes)), validity: validity)
  }

  private func add(_ word: Int, _ hash: UInt64, _ missing: Int) -> Int {
    let code = words.count
    words.append(word, isNull: false)
    if words.count > index.capacity {
      index = WordIndex(capacity: words.count * 2)
      for code in 0..<words.count {
        index.insertNew(code, hash: wordHash(UInt64(bitPattern: Int64(words[code]))))
      }
    } else {
      index.fill(missing, code, hash: hash)
    }
    return code
  }
}
