extension Column {
  /// The rows at the given positions, in that order; layouts and dictionaries are kept.
  package func gathered(_ rows: Values<UInt32>) -> Column {
    gathered(rows.pointer, count: rows.count)
  }

  /// The rows at the given positions, in that order; layouts and dictionaries are kept.
  package func gathered(_ rows: UnsafePointer<UInt32>, count: Int) -> Column {
    if case .constant = storage {
      return Column(type: type, count: count, storage: storage)
    }
    return Column(
      type: type, count: count, storage: gatheredStorage(rows, count),
      validity: validity?.gathered(rows, count: count))
  }

  /// Like `gathered`, but the position `UInt32.max` gives a null.
  package func gatheredOptional(_ rows: Values<UInt32>) -> Column {
    gatheredOptional(rows.pointer, count: rows.count)
  }

  /// Like `gathered`, but the position `UInt32.max` gives a null.
  package func gatheredOptional(_ rows: UnsafePointer<UInt32>, count: Int) -> Column {
    guard let found = Bitmap(whereRowsPresent: rows, count: count) else {
      return gathered(rows, count: count)
    }
    if self.count == 0 || found.setCount == 0 { return .nulls(type, count: count) }
    if case .constant(let value) = storage {
      if value.isNull { return .nulls(type, count: count) }
      return Column(constant: value, type: type, count: count).withValidity(found)
    }
    // Missing rows read row 0: a branch less, and what they hold means nothing.
    let safe = Buffer<UInt32>(count: count)
    let target = safe.base
    for index in 0..<count { target[index] = rows[index] == .max ? 0 : rows[index] }
    let present = validity.map { $0.gathered(target, count: count).intersection(found) } ?? found
    return Column(
      type: type, count: count, storage: gatheredStorage(target, count), validity: present)
  }

  private func gatheredStorage(_ rows: UnsafePointer<UInt32>, _ count: Int) -> Storage {
    switch storage {
    case .int8(let values): return .int8(take(values, rows, count))
    case .int16(let values): return .int16(take(values, rows, count))
    case .int32(let values): return .int32(take(values, rows, count))
    case .int64(let values): return .int64(take(values, rows, count))
    case .float(let values): return .float(take(values, rows, count))
    case .bool(let values): return .bool(take(values, rows, count))
    case .text8(let codes, let dictionary): return .text8(take(codes, rows, count), dictionary)
    case .text16(let codes, let dictionary): return .text16(take(codes, rows, count), dictionary)
    case .text32(let codes, let dictionary): return .text32(take(codes, rows, count), dictionary)
    case .record(let columns): return .record(columns.map { $0.gathered(rows, count: count) })
    case .constant: return storage
    case .list(let offsets, let elements):
      return gatheredLists(offsets, elements, rows, count)
    }
  }

  private func gatheredLists(
    _ offsets: Values<Int>, _ elements: Column, _ rows: UnsafePointer<UInt32>, _ count: Int
  ) -> Storage {
    let newOffsets = Buffer<Int>(count: count + 1)
    let source = offsets.pointer
    var total = 0
    for index in 0..<count {
      newOffsets.base[index] = total
      let row = Int(rows[index])
      if validity?[row] ?? true { total += source[row + 1] - source[row] }
    }
    newOffsets.base[count] = total
    let positions = Buffer<UInt32>(count: total)
    var target = positions.base
    for index in 0..<count {
      let start = source[Int(rows[index])]
      for offset in 0..<(newOffsets.base[index + 1] - newOffsets.base[index]) {
        target.pointee = UInt32(truncatingIfNeeded: start + offset)
        target += 1
      }
    }
    return .list(
      offsets: Values(newOffsets), elements: elements.gathered(positions.base, count: total))
  }
}

private func take<Element: BitwiseCopyable>(
  _ values: Values<Element>, _ rows: UnsafePointer<UInt32>, _ count: Int
) -> Values<Element> {
  let result = Buffer<Element>(count: count)
  take(values, rows, count, into: result.base)
  return Values(result)
}

/// Writes the values at the given positions, in that order.
func take<Element: BitwiseCopyable>(
  _ values: Values<Element>, _ rows: UnsafePointer<UInt32>, _ count: Int,
  into target: UnsafeMutablePointer<Element>
) {
  let source = values.pointer
  for index in 0..<count { target[index] = source[Int(rows[index])] }
  withExtendedLifetime(values) {}
}

extension Bitmap {
  /// The bits at the given positions, in that order.
  package func gathered(_ rows: UnsafePointer<UInt32>, count: Int) -> Bitmap {
    let result = Buffer<UInt64>(count: (count + 63) / 64)
    gather(rows, count: count, into: result.base)
    return Bitmap(words: result, count: count)
  }

  /// Writes the bits at the given positions, in that order, as words; the last is filled with 0.
  func gather(
    _ rows: UnsafePointer<UInt32>, count: Int, into target: UnsafeMutablePointer<UInt64>
  ) {
    let source = words.base
    for index in 0..<((count + 63) / 64) {
      let start = index &* 64
      var word: UInt64 = 0
      for bit in 0..<Swift.min(64, count &- start) {
        let position = offset &+ Int(rows[start &+ bit])
        let value = source[position >> 6] >> UInt64(position & 63) & 1
        word |= value << UInt64(bit)
      }
      target[index] = word
    }
  }

  /// The positions that are not `UInt32.max`, as bits; absent when none is.
  fileprivate init?(whereRowsPresent rows: UnsafePointer<UInt32>, count: Int) {
    var missing = false
    for index in 0..<count where rows[index] == .max { missing = true }
    guard missing else { return nil }
    let result = Buffer<UInt64>(count: (count + 63) / 64)
    for index in 0..<result.count {
      let start = index * 64
      var word: UInt64 = 0
      for bit in 0..<Swift.min(64, count - start) where rows[start + bit] != .max {
        word |= 1 << UInt64(bit)
      }
      result.base[index] = word
    }
    self.init(words: result, count: count)
  }
}
