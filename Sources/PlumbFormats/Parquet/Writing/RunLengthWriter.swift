/// Writes small integers as runs of one value and bit-packed groups of eight, the counterpart of
/// `RunLengthReader`.
struct RunLengthWriter {
  private let bitWidth: Int
  private(set) var bytes: [UInt8] = []

  /// A run shorter than this is packed with its neighbours.
  private static let leastRun = 8

  init(bitWidth: Int) { self.bitWidth = bitWidth }

  mutating func write<Element: FixedWidthInteger & BitwiseCopyable>(
    _ values: UnsafeBufferPointer<Element>
  ) {
    var position = 0
    // Where the values begin that are not written yet: whole groups of eight but for the last.
    var pending = 0
    while position < values.count {
      var end = position + 1
      while end < values.count, values[end] == values[position] { end += 1 }
      // The group that the run begins in is filled from it.
      let filler = (8 - (position - pending) & 7) & 7
      if end - position - filler >= Self.leastRun {
        position += filler
        pack(values, pending..<position)
        repeated(UInt64(truncatingIfNeeded: values[position]), end - position)
        pending = end
      }
      position = end
    }
    pack(values, pending..<values.count)
  }

  private mutating func varint(_ value: Int) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func repeated(_ value: UInt64, _ count: Int) {
    varint(count << 1)
    for byte in 0..<((bitWidth + 7) / 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(byte * 8)))
    }
  }

  private mutating func pack<Element: FixedWidthInteger & BitwiseCopyable>(
    _ values: UnsafeBufferPointer<Element>, _ range: Range<Int>
  ) {
    guard !range.isEmpty else { return }
    let groups = (range.count + 7) / 8
    varint(groups << 1 | 1)
    var word: UInt64 = 0
    var used = 0
    for index in 0..<(groups * 8) {
      let value =
        index < range.count
        ? UInt64(truncatingIfNeeded: values[range.lowerBound + index]) : 0
      word |= value << UInt64(used)
      used += bitWidth
      while used >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: word))
        word >>= 8
        used -= 8
      }
    }
  }
}
