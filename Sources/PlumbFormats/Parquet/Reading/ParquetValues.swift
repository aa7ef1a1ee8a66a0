import PlumbColumns

/// The decoded values of a stored column, or of its dictionary, in the layout of the type that
/// they become.
enum ParquetValues {
  case integers(Buffer<Int>)
  case floats(Buffer<Double>)
  case bools(Buffer<UInt8>)
  /// Codes of the decoder's texts.
  case codes(Buffer<UInt32>)

  /// Room for `count` values that are read by `rule`.
  init(_ rule: ParquetReading.Rule, count: Int) {
    switch rule {
    case .bool: self = .bools(Buffer(count: count))
    case .integer, .unsigned32, .unsigned64, .int96, .decimalInteger:
      self = .integers(Buffer(count: count))
    case .float, .float16, .decimal, .unsigned64AsFloat: self = .floats(Buffer(count: count))
    case .text, .bytes, .hexadecimal, .uuid, .interval: self = .codes(Buffer(count: count))
    }
  }

  /// Makes room between values for the slots that are null: the values from `start` on, one for
  /// each of `levels` that is `full`, move to the places of these. Null slots become 0.
  func spread(
    from start: Int, count valueCount: Int, levels: UnsafePointer<UInt8>, full: UInt8,
    slotCount: Int
  ) {
    switch self {
    case .integers(let buffer):
      spreadApart(buffer.base + start, valueCount, levels, full, slotCount, zero: 0)
    case .floats(let buffer):
      spreadApart(buffer.base + start, valueCount, levels, full, slotCount, zero: 0)
    case .bools(let buffer):
      spreadApart(buffer.base + start, valueCount, levels, full, slotCount, zero: 0)
    case .codes(let buffer):
      spreadApart(buffer.base + start, valueCount, levels, full, slotCount, zero: 0)
    }
  }

  /// Writes the values of a dictionary at the given places, each of which is in it.
  func gather(
    from dictionary: ParquetValues, _ places: UnsafePointer<UInt32>, count: Int, at start: Int
  ) {
    switch (dictionary, self) {
    case (.integers(let source), .integers(let target)):
      take(source.base, places, count, into: target.base + start)
    case (.floats(let source), .floats(let target)):
      take(source.base, places, count, into: target.base + start)
    case (.bools(let source), .bools(let target)):
      take(source.base, places, count, into: target.base + start)
    case (.codes(let source), .codes(let target)):
      take(source.base, places, count, into: target.base + start)
    default: preconditionFailure("a dictionary has the layout of its column")
    }
  }
}

private func spreadApart<Element: BitwiseCopyable>(
  _ values: UnsafeMutablePointer<Element>, _ valueCount: Int, _ levels: UnsafePointer<UInt8>,
  _ full: UInt8, _ slotCount: Int, zero: Element
) {
  var source = valueCount
  var slot = slotCount
  // From the end on, so that nothing is written over before it has moved; once as many values
  // as slots are left, all are in place.
  while slot > source {
    slot &-= 1
    if levels[slot] == full {
      source &-= 1
      values[slot] = values[source]
    } else {
      values[slot] = zero
    }
  }
}

private func take<Element: BitwiseCopyable>(
  _ source: UnsafePointer<Element>, _ places: UnsafePointer<UInt32>, _ count: Int,
  into target: UnsafeMutablePointer<Element>
) {
  for index in 0..<count { target[index] = source[Int(places[index])] }
}
