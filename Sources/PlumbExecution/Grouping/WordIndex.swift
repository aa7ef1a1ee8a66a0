import PlumbColumns

/// An open-addressing table from hashes to numbers: what is hashed lies elsewhere.
///
/// A slot has the upper half of the hash and the number plus one, so that most probes need no
/// look at the key.
struct WordIndex {
  private(set) var slots: UnsafeMutablePointer<UInt64>
  private(set) var mask: Int
  private var storage: Buffer<UInt64>

  init(capacity: Int) {
    var size = 64
    while size < capacity * 2 { size *= 2 }
    storage = Buffer(repeating: 0, count: size)
    slots = storage.base
    mask = size - 1
  }

  /// The keys that fit before the table is half full.
  var capacity: Int { (mask + 1) / 2 }

  /// Enters a number that is not in the table yet.
  @inline(__always)
  func insertNew(_ number: Int, hash: UInt64) {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 { slot = (slot &+ 1) & mask }
    slots[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(truncatingIfNeeded: number &+ 1)
  }

  /// The number whose key `isEqual` says is the one, or the empty slot where it would go as
  /// `-1 - slot`.
  @inline(__always)
  func find(_ hash: UInt64, _ isEqual: (Int) -> Bool) -> Int {
    let tag = hash & 0xFFFF_FFFF_0000_0000
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { return -1 &- slot }
      if entry & 0xFFFF_FFFF_0000_0000 == tag {
        let number = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) &- 1
        if isEqual(number) { return number }
      }
      slot = (slot &+ 1) & mask
    }
  }

  /// Fills the empty slot that `find` gave.
  @inline(__always)
  func fill(_ missing: Int, _ number: Int, hash: UInt64) {
    slots[-1 &- missing] =
      hash & 0xFFFF_FFFF_0000_0000 | UInt64(truncatingIfNeeded: number &+ 1)
  }
}

/// A hash of a packed key.
@inline(__always)
func wordHash(_ word: UInt64) -> UInt64 { foldMultiply(word ^ 0x9E37_79B9_7F4A_7C15) }
