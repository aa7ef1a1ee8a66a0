import PlumbColumns

/// Makes the values of one key into integers: equal values give equal integers, for the life of
/// the encoder, in whatever layout or dictionary they come.
final class KeyEncoder {
  let type: DataType
  private var texts: TextCodes?
  private var rows: RowCodes?
  private var floats: FloatCodes?
  /// Whether the integers of all groups have become others, so that a layout must be made.
  var hasNewWords = false
  /// The integer of each group, and whether its key is null.
  private(set) var words = WordList()
  var digit = KeyDigit()

  /// Alone, a float's bits are a word as good as any.
  init(type: DataType, isAlone: Bool) {
    self.type = type
    switch type {
    case .string: texts = TextCodes()
    case .list, .record: rows = RowCodes(type: type)
    case .float: floats = isAlone ? nil : FloatCodes()
    case .null, .bool, .int, .timestamp, .duration: break
    }
  }

  /// The integers of a batch; new texts, lists and records get new ones.
  func source(_ column: Column) -> KeySource {
    switch type {
    case .null: return KeySource(.nulls(.bool, count: column.count), bounds: 0...0)
    case .bool: return KeySource(column, bounds: 0...1)
    case .int, .timestamp, .duration: return integerSource(column)
    case .float: return floatSource(floatWords(column))
    case .string:
      guard let texts else { return KeySource(.nulls(.bool, count: column.count)) }
      return texts.source(column)
    case .list, .record:
      guard let rows else { return KeySource(.nulls(.bool, count: column.count)) }
      return KeySource(rows.codes(column, adding: true))
    }
  }

  private func integerSource(_ column: Column) -> KeySource {
    digit.step.value == 1 ? KeySource(column) : KeySource(column, inStepsOf: digit)
  }

  private func floatSource(_ bits: Column) -> KeySource {
    guard let floats else { return integerSource(bits) }
    if let codes = floats.codes(bits, adding: true) {
      return KeySource(codes, bounds: 0...max(0, floats.words.count - 1))
    }
    // There are too many different ones: the groups get the bits themselves.
    var all = WordList()
    for group in 0..<words.count {
      all.append(floats.words[words[group]], isNull: words.isNull(group))
    }
    words = all
    self.floats = nil
    digit = KeyDigit()
    hasNewWords = true
    return KeySource(bits)
  }

  /// The integers of a batch for looking up; values never seen have one that no group has.
  func knownSource(_ column: Column) -> KeySource {
    switch type {
    case .string: return texts?.knownSource(column) ?? source(column)
    case .list, .record:
      return rows.map { KeySource($0.codes(column, adding: false)) } ?? source(column)
    case .float:
      let bits = floatWords(column)
      return floats?.codes(bits, adding: false).map { KeySource($0) } ?? integerSource(bits)
    case .null, .bool, .int, .timestamp, .duration: return source(column)
    }
  }

  /// One more than the greatest integer that the key can have by now, if it counts from 0.
  var codeCount: Int? {
    switch type {
    case .null, .bool: 2
    case .string: texts?.count
    case .list, .record: rows?.count
    case .float: floats?.words.count
    case .int, .timestamp, .duration: nil
    }
  }

  func appendWord(_ word: Int, isNull: Bool) { words.append(word, isNull: isNull) }

  /// The keys of all groups.
  func column(count: Int) -> Column {
    let validity = words.validity
    switch type {
    case .null: return .nulls(.null, count: count)
    case .bool:
      let bools = Buffer<UInt8>(count: count)
      for group in 0..<count { bools.base[group] = words[group] != 0 ? 1 : 0 }
      return Column(
        type: .bool, count: count, storage: .bool(Values(bools)), validity: validity)
    case .int, .timestamp, .duration:
      return Column(
        type: type, count: count, storage: .narrowed(words.values), validity: validity)
    case .float:
      let doubles = Buffer<Double>(count: count)
      for group in 0..<count {
        let bits = words.isNull(group) ? 0 : floats?.words[words[group]] ?? words[group]
        doubles.base[group] = Double(bitPattern: UInt64(bitPattern: Int64(bits)))
      }
      return Column(
        type: .float, count: count, storage: .float(Values(doubles)), validity: validity)
    case .string:
      let codes = Buffer<UInt32>(count: count)
      for group in 0..<count { codes.base[group] = UInt32(truncatingIfNeeded: words[group]) }
      let dictionary = texts?.dictionary() ?? .empty
      return Column(
        type: .string, count: count, storage: .text(Values(codes), dictionary),
        validity: validity)
    case .list, .record:
      let positions = Buffer<UInt32>(count: count)
      for group in 0..<count {
        positions.base[group] =
          words.isNull(group) ? .max : UInt32(truncatingIfNeeded: words[group])
      }
      return rows?.values(at: Values(positions)) ?? .nulls(type, count: count)
    }
  }

  /// The bits of floats, all NaN as one and -0.0 as 0.0.
  private func floatWords(_ column: Column) -> Column {
    let values = column.doubles()
    let source = values.pointer
    let words = Buffer<Int>(count: column.count)
    for row in 0..<column.count {
      let value = source[row]
      let bits = value.isNaN ? 0x7FF8_0000_0000_0000 : (value + 0).bitPattern
      words.base[row] = Int(Int64(bitPattern: bits))
    }
    withExtendedLifetime(values) {}
    return Column(
      type: .int, count: column.count, storage: .int64(Values(words)), validity: column.presence)
  }
}

/// An integer per group, growing, with marks for nulls.
struct WordList {
  private var buffer = Buffer<Int>(count: 16)
  private(set) var base: UnsafeMutablePointer<Int>
  private var nulls: [UInt32] = []
  private(set) var count = 0

  init() { base = buffer.base }

  @inline(__always)
  subscript(index: Int) -> Int { base[index] }

  mutating func append(_ word: Int, isNull: Bool) {
    if count == buffer.count {
      let larger = Buffer<Int>(count: count * 2)
      larger.base.update(from: base, count: count)
      buffer = larger
      base = larger.base
    }
    if isNull { nulls.append(UInt32(truncatingIfNeeded: count)) }
    base[count] = isNull ? 0 : word
    count &+= 1
  }

  var hasNulls: Bool { !nulls.isEmpty }

  /// Whether an entry is null: a search among the few that are.
  func isNull(_ index: Int) -> Bool {
    guard !nulls.isEmpty else { return false }
    var (low, high) = (0, nulls.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(nulls[middle]) < index { low = middle + 1 } else { high = middle }
    }
    return low < nulls.count && Int(nulls[low]) == index
  }

  var values: Values<Int> { Values(buffer, offset: 0, count: count) }

  var validity: Bitmap? {
    guard !nulls.isEmpty else { return nil }
    let bitmap = Bitmap(repeating: true, count: count)
    for index in nulls { bitmap.words.base[Int(index) >> 6] &= ~(1 << UInt64(index & 63)) }
    return bitmap
  }
}
