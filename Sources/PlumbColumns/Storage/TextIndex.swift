/// Finds the codes of texts in a dictionary: an open-addressing table of half-full slots.
///
/// A slot has the upper half of the text's hash and its code plus one, so that few texts are
/// compared in vain. Of a text that repeats, the first code is found.
package struct TextIndex: Sendable {
  @usableFromInline let slots: Buffer<UInt64>
  @usableFromInline let mask: Int

  package init(_ dictionary: TextDictionary) {
    var size = 16
    while size < dictionary.count * 2 { size *= 2 }
    slots = Buffer(repeating: 0, count: size)
    mask = size - 1
    for code in 0..<dictionary.count {
      let text = dictionary.utf8(code)
      let hash = textHash(text)
      let slot = slot(of: text, hash, in: dictionary)
      guard slots.base[slot] == 0 else { continue }
      slots.base[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(truncatingIfNeeded: code + 1)
    }
  }

  /// The code of a text in the dictionary that the index was made of.
  @inlinable
  package func code(
    of text: UnsafeBufferPointer<UInt8>, in dictionary: TextDictionary
  ) -> Int? {
    let entry = slots.base[slot(of: text, textHash(text), in: dictionary)]
    return entry == 0 ? nil : Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) - 1
  }

  /// The slot that holds the text, or the empty one where it would go.
  @inlinable
  func slot(
    of text: UnsafeBufferPointer<UInt8>, _ hash: UInt64, in dictionary: TextDictionary
  ) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = slots.base[slot]
      if entry == 0 { return slot }
      if (entry ^ hash) >> 32 == 0,
        equalTexts(dictionary.utf8(Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) - 1), text)
      {
        return slot
      }
      slot = (slot &+ 1) & mask
    }
  }
}
