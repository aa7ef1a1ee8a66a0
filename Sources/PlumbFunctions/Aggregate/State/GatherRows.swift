import PlumbColumns

/// The values at places in several columns: the upper bits of a place give the column, the lower
/// `segmentShift` bits the row; `UInt64.max` gives null.
///
/// Fast where all columns have one layout (and texts one dictionary); value by value otherwise.
func gatherRows(
  _ columns: [Column], type: DataType, _ places: Values<UInt64>, segmentShift: UInt64
) -> Column {
  guard let first = columns.first else { return .nulls(type, count: places.count) }
  let gather = RowGather(columns: columns, places: places, segmentShift: segmentShift)
  let storage: Column.Storage?
  switch first.storage {
  case .int8:
    storage = gather.plain { if case .int8(let v) = $0.storage { v } else { nil } }
      .map { .int8($0) }
  case .int16:
    storage = gather.plain { if case .int16(let v) = $0.storage { v } else { nil } }
      .map { .int16($0) }
  case .int32:
    storage = gather.plain { if case .int32(let v) = $0.storage { v } else { nil } }
      .map { .int32($0) }
  case .int64:
    storage = gather.plain { if case .int64(let v) = $0.storage { v } else { nil } }
      .map { .int64($0) }
  case .float:
    storage = gather.plain { if case .float(let v) = $0.storage { v } else { nil } }
      .map { .float($0) }
  case .bool:
    storage = gather.plain { if case .bool(let v) = $0.storage { v } else { nil } }
      .map { .bool($0) }
  case .text8(_, let dictionary):
    storage = gather.plain {
      if case .text8(let v, dictionary) = $0.storage { v } else { nil }
    }.map { .text8($0, dictionary) }
  case .text16(_, let dictionary):
    storage = gather.plain {
      if case .text16(let v, dictionary) = $0.storage { v } else { nil }
    }.map { .text16($0, dictionary) }
  case .text32(_, let dictionary):
    storage = gather.plain {
      if case .text32(let v, dictionary) = $0.storage { v } else { nil }
    }.map { .text32($0, dictionary) }
  case .list, .record, .constant: storage = nil
  }
  guard let storage else { return gather.valueByValue(type: type) }
  return Column(
    type: type, count: places.count, storage: storage, validity: gather.validity())
}

/// So that a layout's pattern can name the dictionary that it must have.
private func ~= (pattern: TextDictionary, dictionary: TextDictionary) -> Bool {
  pattern === dictionary
}

private struct RowGather {
  let columns: [Column]
  let places: Values<UInt64>
  let segmentShift: UInt64

  /// The elements at the places, 0 where there is none; nothing when a column has another layout.
  @inline(__always)
  func plain<Element: FixedWidthInteger & BitwiseCopyable>(
    _ layout: (Column) -> Values<Element>?
  ) -> Values<Element>? {
    gathered(zero: 0, layout)
  }

  @inline(__always)
  func plain(_ layout: (Column) -> Values<Double>?) -> Values<Double>? {
    gathered(zero: 0, layout)
  }

  @inline(__always)
  private func gathered<Element: BitwiseCopyable>(
    zero: Element, _ layout: (Column) -> Values<Element>?
  ) -> Values<Element>? {
    var sources: [UnsafePointer<Element>] = []
    sources.reserveCapacity(columns.count)
    for column in columns {
      guard let values = layout(column) else { return nil }
      sources.append(values.pointer)
    }
    let result = Buffer<Element>(count: places.count)
    let target = result.base
    let from = places.pointer
    let mask: UInt64 = 1 << segmentShift &- 1
    let shift = segmentShift
    sources.withUnsafeBufferPointer { sources in
      for index in 0..<places.count {
        let place = from[index]
        if place == .max {
          target[index] = zero
        } else {
          let source = sources[Int(truncatingIfNeeded: place >> shift)]
          target[index] = source[Int(truncatingIfNeeded: place & mask)]
        }
      }
    }
    withExtendedLifetime(columns) {}
    return Values(result)
  }

  /// Which places have a row that is not null.
  func validity() -> Bitmap? {
    let from = places.pointer
    let mask: UInt64 = 1 << segmentShift &- 1
    let bitmaps = columns.map(\.validity)
    let mayHaveNulls = bitmaps.contains { $0 != nil }
    var validity = RowValidity(count: places.count)
    if let single = bitmaps.first ?? nil, bitmaps.count == 1 {
      for index in 0..<places.count {
        let place = from[index]
        validity.set(
          index, place != .max && single[Int(truncatingIfNeeded: place & mask)])
      }
    } else {
      for index in 0..<places.count {
        let place = from[index]
        var isPresent = place != .max
        if isPresent, mayHaveNulls {
          isPresent =
            bitmaps[Int(truncatingIfNeeded: place >> segmentShift)]?[
              Int(truncatingIfNeeded: place & mask)] ?? true
        }
        validity.set(index, isPresent)
      }
    }
    return validity.finish()
  }

  /// For lists, records, constants, and layouts or dictionaries that differ.
  func valueByValue(type: DataType) -> Column {
    let mask: UInt64 = 1 << segmentShift &- 1
    var builder = ColumnBuilder(type: type, capacity: places.count)
    for index in 0..<places.count {
      let place = places[index]
      if place == .max {
        builder.append(.null)
      } else {
        let column = columns[Int(truncatingIfNeeded: place >> segmentShift)]
        builder.append(column.value(at: Int(truncatingIfNeeded: place & mask)))
      }
    }
    return builder.finish()
  }
}
