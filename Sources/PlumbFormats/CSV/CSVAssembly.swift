import PlumbColumns

/// Joins a column's segments into one column in the narrowest layout.
struct CSVAssembly {
  let column: Int
  let type: DataType
  let segments: [CSVSegment]
  let rowCount: Int
  let workers: [CSVWorker]

  init(
    column: Int, type: DataType, segments: [CSVSegment], rowCount: Int, workers: [CSVWorker]
  ) {
    self.column = column
    self.type = type
    self.segments = segments
    self.rowCount = rowCount
    self.workers = workers
  }

  func assembled() -> Column {
    let storage: Column.Storage
    switch type {
    case .int, .timestamp, .duration: storage = integers()
    case .float: storage = .float(copied(zero: 0))
    case .bool: storage = .bool(copied(zero: 0))
    case .string, .null, .list, .record: storage = texts()
    }
    return Column(type: type, count: rowCount, storage: storage, validity: validity())
  }

  /// The cells of a segment, unless it has none of this column.
  private func cells(_ segment: CSVSegment) -> CSVCells? {
    guard column < segment.columnCount, segment.cells[column].plan.valueBytes > 0 else {
      return nil
    }
    return segment.cells[column]
  }

  private func validity() -> Bitmap? {
    var nullCount = 0
    for segment in segments { nullCount += cells(segment)?.nullCount ?? segment.rowCount }
    guard nullCount > 0 else { return nil }
    let words = Buffer<UInt64>(repeating: ~0, count: (rowCount + 63) / 64)
    var start = 0
    for segment in segments {
      if let cells = cells(segment) {
        if cells.nullCount > 0 {
          for row in 0..<segment.rowCount where cells.nulls[row] != 0 {
            words.base[(start + row) >> 6] &= ~(1 << UInt64((start + row) & 63))
          }
        }
      } else {
        for row in start..<(start + segment.rowCount) {
          words.base[row >> 6] &= ~(1 << UInt64(row & 63))
        }
      }
      start += segment.rowCount
    }
    return Bitmap(words: words, count: rowCount)
  }

  private func copied<Element: BitwiseCopyable>(zero: Element) -> Values<Element> {
    let result = Buffer<Element>(count: rowCount)
    var start = 0
    for segment in segments {
      if let cells = cells(segment) {
        let source = cells.values.assumingMemoryBound(to: Element.self)
        (result.base + start).update(from: source, count: segment.rowCount)
      } else {
        (result.base + start).update(repeating: zero, count: segment.rowCount)
      }
      start += segment.rowCount
    }
    return Values(result)
  }

  // MARK: Integers

  private func integers() -> Column.Storage {
    var low = 0
    var high = 0
    for segment in segments {
      guard let cells = cells(segment) else { continue }
      let source = cells.values.assumingMemoryBound(to: Int.self)
      for row in 0..<segment.rowCount {
        low = min(low, source[row])
        high = max(high, source[row])
      }
    }
    if low >= Int(Int8.min), high <= Int(Int8.max) { return .int8(narrowed()) }
    if low >= Int(Int16.min), high <= Int(Int16.max) { return .int16(narrowed()) }
    if low >= Int(Int32.min), high <= Int(Int32.max) { return .int32(narrowed()) }
    return .int64(copied(zero: 0))
  }

  private func narrowed<Narrow: FixedWidthInteger & BitwiseCopyable>() -> Values<Narrow> {
    let result = Buffer<Narrow>(count: rowCount)
    var start = 0
    for segment in segments {
      let target = result.base + start
      if let cells = cells(segment) {
        let source = cells.values.assumingMemoryBound(to: Int.self)
        for row in 0..<segment.rowCount { target[row] = Narrow(truncatingIfNeeded: source[row]) }
      } else {
        target.update(repeating: 0, count: segment.rowCount)
      }
      start += segment.rowCount
    }
    return Values(result)
  }

  // MARK: Texts

  private func texts() -> Column.Storage {
    var interner = workers[0].takeInterner(column)
    var codes: [[UInt32]?] = [nil]
    for worker in workers.dropFirst() {
      guard let dictionary = worker.takeDictionary(column) else {
        codes.append(nil)
        continue
      }
      codes.append((0..<dictionary.count).map { interner.intern(dictionary.utf8($0)) })
    }
    // Code 0 must stand for a text even where every row is null.
    if interner.count == 0 { _ = interner.intern("") }
    let dictionary = interner.finish()
    if dictionary.count <= 1 << 8 { return .text8(mapped(codes), dictionary) }
    if dictionary.count <= 1 << 16 { return .text16(mapped(codes), dictionary) }
    return .text32(mapped(codes), dictionary)
  }

  private func mapped<Narrow: FixedWidthInteger & BitwiseCopyable>(
    _ codes: [[UInt32]?]
  ) -> Values<Narrow> {
    let result = Buffer<Narrow>(count: rowCount)
    var start = 0
    for segment in segments {
      let target = result.base + start
      if let cells = cells(segment) {
        let source = cells.values.assumingMemoryBound(to: UInt32.self)
        if let map = codes[segment.worker] {
          map.withUnsafeBufferPointer { map in
            for row in 0..<segment.rowCount {
              // A null's code 0 is no code of the worker's.
              target[row] =
                cells.nulls[row] != 0 ? 0 : Narrow(truncatingIfNeeded: map[Int(source[row])])
            }
          }
        } else {
          for row in 0..<segment.rowCount {
            target[row] = Narrow(truncatingIfNeeded: source[row])
          }
        }
      } else {
        target.update(repeating: 0, count: segment.rowCount)
      }
      start += segment.rowCount
    }
    return Values(result)
  }
}
