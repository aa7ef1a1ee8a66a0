import PlumbColumns

/// The validity of a result, set row by row inside a loop without calls.
struct RowValidity {
  private let words: Buffer<UInt64>
  private let count: Int
  private var presentCount = 0

  /// Begins with all rows null.
  init(count: Int) {
    self.count = count
    words = Buffer(repeating: 0, count: (count + 63) / 64)
  }

  /// Begins with all rows present.
  init(allOf count: Int) {
    self.count = count
    words = Buffer(repeating: ~0, count: (count + 63) / 64)
    presentCount = count
  }

  /// Makes a present row null.
  @inline(__always)
  mutating func clear(_ row: Int) {
    words.base[row >> 6] &= ~(1 << UInt64(truncatingIfNeeded: row & 63))
    presentCount &-= 1
  }

  /// Notes whether a row has a value. Each row at most once.
  @inline(__always)
  mutating func set(_ row: Int, _ isPresent: Bool) {
    let bit: UInt64 = isPresent ? 1 : 0
    words.base[row >> 6] |= bit << UInt64(truncatingIfNeeded: row & 63)
    presentCount &+= Int(truncatingIfNeeded: bit)
  }

  /// The bitmap, or nil when every row has a value.
  func finish() -> Bitmap? {
    presentCount == count ? nil : Bitmap(words: words, count: count)
  }
}
