/// One bit for each row: the validity of a column (1: a value, 0: null).
@usableFromInline
package struct Bitmap: Sendable {
  @usableFromInline package let words: Buffer<UInt64>
  /// The position of the first row's bit.
  @usableFromInline package let offset: Int
  @usableFromInline package let count: Int

  package init(words: Buffer<UInt64>, offset: Int = 0, count: Int) {
    self.words = words
    self.offset = offset
    self.count = count
  }

  /// A bitmap of `count` equal bits.
  package init(repeating bit: Bool, count: Int) {
    self.init(
      words: Buffer(repeating: bit ? ~0 : 0, count: (count + 63) / 64), count: count)
  }

  package init(_ bits: [Bool]) {
    let builder = Bitmap(repeating: false, count: bits.count)
    for (index, bit) in bits.enumerated() where bit {
      builder.words.base[index >> 6] |= 1 << UInt64(index & 63)
    }
    self = builder
  }

  /// Packs bytes (0 or not 0) into bits.
  package init(bytes: UnsafePointer<UInt8>, count: Int) {
    let words = Buffer<UInt64>(count: (count + 63) / 64)
    var row = 0
    for index in 0..<words.count {
      words.base[index] = packedBits(bytes + row, count - row)
      row += 64
    }
    self.init(words: words, count: count)
  }

  /// A byte per bit, 1 where it is set.
  package var bytes: Values<UInt8> {
    let result = Buffer<UInt8>(count: count)
    for row in 0..<count { result.base[row] = self[row] ? 1 : 0 }
    return Values(result)
  }

  @inlinable package subscript(row: Int) -> Bool {
    let position = offset &+ row
    return words.base[position >> 6] >> UInt64(position & 63) & 1 != 0
  }

  /// A copy of some of the bits.
  package func slice(_ start: Int, _ count: Int) -> Bitmap {
    Bitmap(words: words, offset: offset + start, count: count)
  }

  /// The 64 bits from `row`; bits past the end are 0.
  @inlinable @inline(__always) package func word(at row: Int) -> UInt64 {
    let position = offset &+ row
    let index = position >> 6
    let shift = UInt64(position & 63)
    var word = words.base[index] >> shift
    if shift != 0, index &+ 1 < words.count { word |= words.base[index &+ 1] << (64 &- shift) }
    let left = count &- row
    return left >= 64 ? word : word & ((1 << UInt64(left)) &- 1)
  }

  /// Where the run of equal bits that begins at `row` ends.
  @inlinable package func endOfRun(from row: Int) -> Int {
    var row = row
    let flip: UInt64 = self[row] ? ~0 : 0
    while row < count {
      let others = word(at: row) ^ flip
      if others != 0 { return Swift.min(count, row &+ others.trailingZeroBitCount) }
      row &+= 64
    }
    return count
  }

  /// Calls `body` with each row whose bit is clear, in their order; 64 set bits are passed over at
  /// once.
  @inlinable @inline(__always)
  package func forEachClear(_ body: (_ row: Int) -> Void) {
    var row = 0
    while row < count {
      let left = count &- row
      var clear = ~word(at: row)
      if left < 64 { clear &= (1 << UInt64(left)) &- 1 }
      while clear != 0 {
        body(row &+ clear.trailingZeroBitCount)
        clear &= clear &- 1
      }
      row &+= 64
    }
  }

  /// The number of set bits.
  package var setCount: Int {
    var total = 0
    var row = 0
    while row < count {
      total += word(at: row).nonzeroBitCount
      row += 64
    }
    return total
  }

  /// The bits set in both.
  package func intersection(_ other: Bitmap) -> Bitmap {
    combine(other) { $0 & $1 }
  }

  /// The bits set in either.
  package func union(_ other: Bitmap) -> Bitmap {
    combine(other) { $0 | $1 }
  }

  private func combine(_ other: Bitmap, _ operation: (UInt64, UInt64) -> UInt64) -> Bitmap {
    let result = Buffer<UInt64>(count: (count + 63) / 64)
    for index in 0..<result.count {
      result.base[index] = operation(word(at: index * 64), other.word(at: index * 64))
    }
    return Bitmap(words: result, count: count)
  }
}
