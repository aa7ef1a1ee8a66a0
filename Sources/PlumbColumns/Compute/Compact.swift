extension Bitmap {
  /// The elements at set bits, `total` of them, in order.
  ///
  /// Whole words are copied as a block: most columns have few nulls. Elsewhere four elements are
  /// copied at a time, of which the last may be too many: how often a loop of single ones ends
  /// is what the processor cannot guess.
  package func compacted<Element: BitwiseCopyable>(
    _ source: UnsafePointer<Element>, total: Int
  ) -> Values<Element> {
    let result = Buffer<Element>(count: total &+ 3)
    var target = result.base
    var ahead = ReadAhead(from: source, to: source + count, count: total)
    var row = 0
    while row < count {
      var bits = word(at: row)
      ahead?.advance(to: source + row)
      let found = bits.nonzeroBitCount
      if found == 64 {
        target.update(from: source + row, count: 64)
      } else {
        var filled = 0
        while filled < found {
          for lane in 0..<4 {
            target[filled &+ lane] = source[row &+ bits.trailingZeroBitCount & 63]
            bits &= bits &- 1
          }
          filled &+= 4
        }
      }
      target += found
      row &+= 64
    }
    return Values(result, offset: 0, count: total)
  }

  /// The positions of set bits.
  package func setRows(total: Int) -> Values<UInt32> {
    let result = Buffer<UInt32>(count: total)
    var filled = 0
    var row = 0
    while row < count {
      var bits = word(at: row)
      while bits != 0 {
        result.base[filled] = UInt32(truncatingIfNeeded: row &+ bits.trailingZeroBitCount)
        filled &+= 1
        bits &= bits &- 1
      }
      row &+= 64
    }
    return Values(result)
  }
}

extension Column {
  /// The rows at which `present` is set, `total` of them.
  package func compacted(_ present: Bitmap, total: Int) -> Column {
    switch storage {
    case .constant: return slice(0, total)
    case .int8(let values): return with(.int8(compact(values, present, total)), present, total)
    case .int16(let values): return with(.int16(compact(values, present, total)), present, total)
    case .int32(let values): return with(.int32(compact(values, present, total)), present, total)
    case .int64(let values): return with(.int64(compact(values, present, total)), present, total)
    case .float(let values): return with(.float(compact(values, present, total)), present, total)
    case .bool(let values): return with(.bool(compact(values, present, total)), present, total)
    case .text8(let codes, let dictionary):
      return with(.text8(compact(codes, present, total), dictionary), present, total)
    case .text16(let codes, let dictionary):
      return with(.text16(compact(codes, present, total), dictionary), present, total)
    case .text32(let codes, let dictionary):
      return with(.text32(compact(codes, present, total), dictionary), present, total)
    case .list, .record: return gathered(present.setRows(total: total))
    }
  }

  private func compact<Element: BitwiseCopyable>(
    _ values: Values<Element>, _ present: Bitmap, _ total: Int
  ) -> Values<Element> {
    defer { withExtendedLifetime(values) {} }
    return present.compacted(values.pointer, total: total)
  }

  private func with(_ storage: Storage, _ present: Bitmap, _ total: Int) -> Column {
    Column(
      type: type, count: total, storage: storage,
      validity: validity?.compacted(present, total: total))
  }
}

extension Bitmap {
  /// The bits at which `present` is set, `total` of them; absent when all of them are set.
  ///
  /// Most are, so that only the clear ones cost a step each.
  func compacted(_ present: Bitmap, total: Int) -> Bitmap? {
    var result: Buffer<UInt64>?
    var filled = 0
    var row = 0
    while row < present.count {
      let bits = present.word(at: row)
      var clear = bits & ~word(at: row)
      while clear != 0 {
        let words = result ?? Buffer<UInt64>(repeating: ~0, count: (total &+ 63) / 64)
        result = words
        let position = filled &+ (bits & (clear & (0 &- clear) &- 1)).nonzeroBitCount
        words.base[position >> 6] &= ~(1 << UInt64(position & 63))
        clear &= clear &- 1
      }
      filled &+= bits.nonzeroBitCount
      row &+= 64
    }
    guard let result else { return nil }
    if total & 63 != 0 { result.base[result.count - 1] &= 1 << UInt64(total & 63) - 1 }
    return Bitmap(words: result, count: total)
  }
}
