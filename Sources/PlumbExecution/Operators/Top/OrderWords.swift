import PlumbColumns

/// The order of a key of numbers or times as integers: the better a row, the greater its word.
struct OrderWords: Sendable {
  /// Whether greater values are better.
  let isDescending: Bool

  /// Whether the words of a type follow from each value alone.
  static func isStreamed(_ type: DataType) -> Bool {
    switch type {
    case .null, .bool, .int, .float, .timestamp, .duration: true
    case .string, .list, .record: false
    }
  }

  /// Writes the words of a batch of the key.
  ///
  /// Rows with a null or NaN have the least word, but not they alone.
  func write(_ key: Column, to words: UnsafeMutablePointer<Int>) {
    let key = key.materialized()
    switch key.storage {
    case .int8(let values): copy(values, words)
    case .int16(let values): copy(values, words)
    case .int32(let values): copy(values, words)
    case .int64(let values): copy(values, words)
    case .bool(let values): copy(values, words)
    case .float(let values): copyFloats(values, words)
    case .text8, .text16, .text32, .list, .record, .constant:
      words.update(repeating: .min, count: key.count)
    }
    key.validity?.forEachClear { words[$0] = .min }
  }

  private func copy<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ values: Values<Integer>, _ words: UnsafeMutablePointer<Int>
  ) {
    let source = values.pointer
    let flip = isDescending ? 0 : -1
    for row in 0..<values.count { words[row] = Int(truncatingIfNeeded: source[row]) ^ flip }
    withExtendedLifetime(values) {}
  }

  private func copyFloats(_ values: Values<Double>, _ words: UnsafeMutablePointer<Int>) {
    let source = values.pointer
    let flip = isDescending ? 0 : -1
    for row in 0..<values.count {
      let value = source[row]
      // Negative numbers are ordered by their bits the wrong way round.
      let bits = Int(Int64(bitPattern: (value + 0).bitPattern))
      let ordered = bits ^ Int(bitPattern: UInt(bitPattern: bits >> 63) >> 1)
      words[row] = value.isNaN ? .min : ordered ^ flip
    }
    withExtendedLifetime(values) {}
  }
}

/// The place of each row in an order, equal values sharing one; nulls stay null.
func placesInOrder(_ column: Column, _ order: Values<UInt32>) -> Column {
  let places = Buffer<Int>(count: order.count)
  var place = 0
  for index in 0..<order.count {
    let row = Int(order[index])
    if index > 0, !valuesEqual(column, Int(order[index - 1]), column, row, nanEqual: true) {
      place += 1
    }
    places.base[row] = place
  }
  return Column(
    type: .int, count: order.count, storage: .int64(Values(places)), validity: column.presence)
}
