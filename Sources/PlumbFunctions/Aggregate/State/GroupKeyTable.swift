import PlumbColumns

/// A hash table of (group, key) pairs, numbered in the order of their first appearance.
///
/// Open addressing with linear probing, at most half full, 16 bytes a slot.
struct GroupKeyTable {
  private struct Slot: BitwiseCopyable {
    var key: UInt64
    var group: UInt32
    /// The pair's number plus one; 0 for an empty slot.
    var entry: UInt32
  }

  /// The number of pairs.
  private(set) var count = 0
  private var slots: Buffer<Slot>
  private var mask: Int

  init(capacity: Int = 64) {
    var size = 64
    while size < capacity * 2 { size *= 2 }
    slots = Buffer(repeating: Slot(key: 0, group: 0, entry: 0), count: size)
    mask = size - 1
  }

  /// The number of a pair, a new one if it was not seen.
  @inline(__always)
  mutating func number(of key: UInt64, in group: UInt32) -> Int {
    let base = slots.base
    var position = Int(truncatingIfNeeded: Self.hash(key, group)) & mask
    while true {
      let slot = base[position]
      if slot.entry == 0 { break }
      if slot.key == key, slot.group == group { return Int(slot.entry) &- 1 }
      position = (position &+ 1) & mask
    }
    base[position] = Slot(
      key: key, group: group, entry: UInt32(truncatingIfNeeded: count &+ 1))
    count &+= 1
    if count &* 2 > mask { grow() }
    return count &- 1
  }

  @inline(__always)
  static func hash(_ key: UInt64, _ group: UInt32) -> UInt64 {
    foldMultiply(key ^ UInt64(group) &* 0x9E37_79B9_7F4A_7C15 ^ 0xD6E8_FEB8_6659_FD93)
  }

  @inline(never)
  private mutating func grow() {
    let old = slots
    let factor = old.count < 1 << 20 ? 4 : 2
    slots = Buffer(repeating: Slot(key: 0, group: 0, entry: 0), count: old.count * factor)
    mask = slots.count - 1
    for index in 0..<old.count where old.base[index].entry != 0 {
      let slot = old.base[index]
      var position = Int(truncatingIfNeeded: Self.hash(slot.key, slot.group)) & mask
      while slots.base[position].entry != 0 { position = (position &+ 1) & mask }
      slots.base[position] = slot
    }
  }

  /// All pairs in the order of their numbers.
  func entries() -> (groups: [UInt32], keys: [UInt64]) {
    var groups = [UInt32](repeating: 0, count: count)
    var keys = [UInt64](repeating: 0, count: count)
    for index in 0..<slots.count where slots.base[index].entry != 0 {
      let slot = slots.base[index]
      groups[Int(slot.entry) - 1] = slot.group
      keys[Int(slot.entry) - 1] = slot.key
    }
    return (groups, keys)
  }
}
