/// Gives each distinct text a code, in order of first appearance.
///
/// Open addressing with linear probing over 32-bit codes; a slot keeps the upper half of the
/// hash, so that most probes need no look at the text.
package struct TextInterner: ~Copyable {
  private var bytes = GrowableBuffer<UInt8>(capacity: 1024)
  private var offsets = GrowableBuffer<Int>(capacity: 64)
  private var slots: [UInt64]
  private var mask: Int
  package private(set) var count = 0

  package init() {
    offsets.append(0)
    slots = Array(repeating: 0, count: 64)
    mask = 63
  }

  /// The code of a text, given when it is first met.
  package mutating func intern(_ text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { intern($0) }
  }

  /// The code of `text`, new if it was not seen before. The text must be valid UTF-8.
  package mutating func intern(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let hash = textHash(text)
    let tag = hash & 0xFFFF_FFFF_0000_0000
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { break }
      if entry & 0xFFFF_FFFF_0000_0000 == tag {
        let code = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) - 1
        if equalTexts(self.text(code), text) { return UInt32(truncatingIfNeeded: code) }
      }
      slot = (slot &+ 1) & mask
    }
    let code = count
    count += 1
    if let base = text.baseAddress { bytes.append(from: base, count: text.count) }
    offsets.append(bytes.count)
    slots[slot] = tag | UInt64(code + 1)
    if count * 2 > slots.count { rehash() }
    return UInt32(truncatingIfNeeded: code)
  }

  private func text(_ code: Int) -> UnsafeBufferPointer<UInt8> {
    let start = offsets[code]
    return UnsafeBufferPointer(start: bytes.pointer + start, count: offsets[code + 1] - start)
  }

  private mutating func rehash() {
    slots = Array(repeating: 0, count: slots.count * 2)
    mask = slots.count - 1
    for code in 0..<count {
      let hash = textHash(text(code))
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot &+ 1) & mask }
      slots[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(code + 1)
    }
  }

  /// The dictionary of all texts.
  package consuming func finish() -> TextDictionary {
    let count = count
    let bytes = bytes.finish()
    let offsets = offsets.finish()
    return TextDictionary(
      bytes: bytes.buffer, offsets: offsets.buffer, count: count, isUnique: true)
  }
}
