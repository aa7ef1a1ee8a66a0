import Synchronization

/// The texts that the codes of a text column stand for.
///
/// Texts lie one after the other in one block of UTF-8. A dictionary made by a builder that
/// interns has each text once (`isUnique`); one made by a text function may repeat texts.
package final class TextDictionary: @unchecked Sendable {
  /// All texts, one after the other, valid UTF-8.
  package let bytes: Buffer<UInt8>
  /// Where text `i` begins; one more entry than texts.
  package let offsets: Buffer<Int>
  package let count: Int
  /// Whether no text occurs twice.
  package let isUnique: Bool
  private let index = Mutex<TextIndex?>(nil)

  package init(bytes: Buffer<UInt8>, offsets: Buffer<Int>, count: Int, isUnique: Bool) {
    self.bytes = bytes
    self.offsets = offsets
    self.count = count
    self.isUnique = isUnique
  }

  package static let empty = TextDictionary(
    bytes: Buffer(count: 0), offsets: Buffer([0]), count: 0, isUnique: true)

  /// Copies texts as they are, without looking for repeats.
  package convenience init(_ texts: [String], isUnique: Bool = false) {
    var builder = TextDictionaryBuilder()
    for text in texts { builder.append(text) }
    self.init(
      bytes: builder.finishBytes(), offsets: builder.finishOffsets(), count: texts.count,
      isUnique: isUnique)
  }

  /// The UTF-8 of text `code`. Valid while the dictionary is.
  package func utf8(_ code: Int) -> UnsafeBufferPointer<UInt8> {
    let start = offsets.base[code]
    return UnsafeBufferPointer(start: bytes.base + start, count: offsets.base[code + 1] - start)
  }

  package subscript(code: Int) -> String { String(decoding: utf8(code), as: UTF8.self) }

  /// The code of a text, if it occurs (the first, if it repeats).
  package func code(of text: String) -> Int? {
    var text = text
    return text.withUTF8 { code(of: $0) }
  }

  /// The code of a text; nil when the dictionary has it not.
  package func code(of text: UnsafeBufferPointer<UInt8>) -> Int? {
    codeIndex().code(of: text, in: self)
  }

  /// Where each text of another dictionary is in this one; `UInt32.max` where it is not.
  package func codes(of other: TextDictionary) -> [UInt32] {
    let index = codeIndex()
    return (0..<other.count).map { code in
      index.code(of: other.utf8(code), in: self).map { UInt32(truncatingIfNeeded: $0) } ?? .max
    }
  }

  /// Made on first use.
  private func codeIndex() -> TextIndex {
    index.withLock { index in
      if let known = index { return known }
      let made = TextIndex(self)
      index = made
      return made
    }
  }

  /// The bytes that the dictionary holds.
  package var byteCount: Int { bytes.byteCount + offsets.byteCount }

  /// The position of each text in the order of texts (bytewise UTF-8), equal texts sharing one.
  ///
  /// Comparing and sorting rows by these ranks is the same as by the texts themselves.
  package var ranks: [UInt32] {
    // Nothing interrupts a control of one's own.
    (try? ranks(control: RunControl())) ?? []
  }

  /// `ranks`, on the threads of a run and stopping with it. Computed once.
  package func ranks(control: RunControl) throws(RunControl.Interruption) -> [UInt32] {
    if let known = rankCache.withLock({ $0 }) { return known }
    let ranks = try textRanks(self, control: control)
    rankCache.withLock { $0 = ranks }
    return ranks
  }

  private let rankCache = Mutex<[UInt32]?>(nil)
}

/// Collects texts for a dictionary, without looking for repeats.
package struct TextDictionaryBuilder {
  private var bytes: [UInt8] = []
  private var offsets: [Int] = [0]

  package init() {}

  package var count: Int { offsets.count - 1 }

  /// Adds a text.
  package mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    offsets.append(bytes.count)
  }

  /// Adds a text of valid UTF-8.
  package mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: text)
    offsets.append(bytes.count)
  }

  func finishBytes() -> Buffer<UInt8> { Buffer(bytes) }
  func finishOffsets() -> Buffer<Int> { Buffer(offsets) }

  /// The dictionary of what was added.
  package func finish(isUnique: Bool = false) -> TextDictionary {
    TextDictionary(
      bytes: finishBytes(), offsets: finishOffsets(), count: count, isUnique: isUnique)
  }
}

/// A hash of a text's bytes (wyhash-like multiply-and-fold over eight bytes at a time).
@inlinable
package func textHash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
  var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: text.count)
  guard let base = text.baseAddress else { return hash }
  let raw = UnsafeRawPointer(base)
  var position = 0
  while position &+ 8 <= text.count {
    let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
    hash = foldMultiply(hash ^ word)
    position &+= 8
  }
  var tail: UInt64 = 0
  var shift: UInt64 = 0
  while position < text.count {
    tail |= UInt64(base[position]) << shift
    shift &+= 8
    position &+= 1
  }
  return foldMultiply(hash ^ tail)
}

/// Mixes 64 bits: the two halves of a 128-bit product, folded.
@inlinable
package func foldMultiply(_ value: UInt64) -> UInt64 {
  let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
  return product.high ^ product.low
}

/// Whether two texts have the same bytes.
@inlinable
package func equalTexts(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
  guard a.count == b.count else { return false }
  for index in 0..<a.count where a[index] != b[index] { return false }
  return true
}

/// Whether one text comes before another, byte by byte (the order of Unicode scalars).
@inlinable
package func lessText(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
  let shared = Swift.min(a.count, b.count)
  for index in 0..<shared where a[index] != b[index] { return a[index] < b[index] }
  return a.count < b.count
}
