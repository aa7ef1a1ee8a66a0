import PlumbColumns

/// Finds a run by its id: the hot path of reading parameters, tags and metrics.
///
/// Immutable after it is made, so that several readers may share it.
final class RunDirectory: @unchecked Sendable {
  /// The ids of all runs, in the order of the table `runs`.
  let ids: TextDictionary
  private let codes: CodeTable

  init(_ runs: [RunRecord]) {
    ids = TextDictionary(runs.map(\.id), isUnique: true)
    codes = CodeTable(ids)
  }

  var count: Int { ids.count }

  /// The position of the run with this id, or -1.
  func position(_ id: UnsafeBufferPointer<UInt8>) -> Int { codes.code(of: id) }

  func position(_ id: String) -> Int {
    var id = id
    return id.withUTF8 { codes.code(of: $0) }
  }
}

/// A read-only hash table from the texts of a dictionary to their codes.
///
/// `TextDictionary.code(of:)` takes a lock; this does not.
struct CodeTable: @unchecked Sendable {
  private let dictionary: TextDictionary
  /// Code + 1 in the low half, the upper half of the hash in the high half; 0 is free.
  private let slots: Buffer<UInt64>
  private let mask: Int

  init(_ dictionary: TextDictionary) {
    self.dictionary = dictionary
    var capacity = 64
    while capacity < dictionary.count * 2 { capacity *= 2 }
    slots = Buffer(repeating: 0, count: capacity)
    mask = capacity - 1
    for code in 0..<dictionary.count {
      let hash = textHash(dictionary.utf8(code))
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots.base[slot] != 0 { slot = (slot + 1) & mask }
      slots.base[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(code + 1)
    }
  }

  /// The code of a text (the first, should it repeat), or -1.
  func code(of text: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = textHash(text)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = slots.base[slot]
      if entry == 0 { return -1 }
      if (entry ^ hash) >> 32 == 0 {
        let code = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) - 1
        if equalTexts(dictionary.utf8(code), text) { return code }
      }
      slot = (slot &+ 1) & mask
    }
  }
}
