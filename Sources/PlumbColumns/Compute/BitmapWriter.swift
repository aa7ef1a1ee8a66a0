/// Fills a bitmap of known length with runs of bits, from the first row on.
struct BitmapWriter: ~Copyable {
  private let words: Buffer<UInt64>
  private let count: Int
  private var position = 0

  init(count: Int) {
    self.count = count
    words = Buffer(repeating: 0, count: (count + 63) / 64)
  }

  /// Appends `more` equal bits.
  mutating func append(repeating bit: Bool, count more: Int) {
    if bit {
      var done = 0
      while done < more {
        let length = Swift.min(64, more - done)
        put(length == 64 ? ~0 : (1 << UInt64(length)) - 1, length)
        done += length
      }
    } else {
      position += more
    }
  }

  /// Appends all bits of a bitmap.
  mutating func append(_ bitmap: Bitmap) {
    var row = 0
    while row < bitmap.count {
      let length = Swift.min(64, bitmap.count - row)
      put(bitmap.word(at: row), length)
      row += length
    }
  }

  private mutating func put(_ bits: UInt64, _ length: Int) {
    let shift = UInt64(position & 63)
    words.base[position >> 6] |= bits << shift
    if Int(shift) + length > 64 { words.base[position >> 6 + 1] |= bits >> (64 - shift) }
    position += length
  }

  consuming func finish() -> Bitmap { Bitmap(words: words, count: count) }
}
