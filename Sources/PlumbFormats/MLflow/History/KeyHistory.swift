import PlumbColumns

/// The history of one metric key, kept with where its rows lie in the store.
struct KeyHistory: Sendable {
  let key: String
  let count: Int
  let columns: [String: Column]
  /// Where each row lies, ascending, as narrow as it fits.
  private let positions: Column

  init(_ key: String, _ rows: HistoryRows) {
    self.key = key
    count = rows.count
    var columns = rows.columns
    columns["key"] = Column(constant: .string(key), type: .string, count: rows.count)
    self.columns = columns
    let positions = rows.positions ?? Values([Int](0..<rows.count))
    self.positions = Column(type: .int, count: rows.count, storage: .narrowed(positions))
  }

  /// The rows of several keys in the order of the store.
  static func merged(
    _ keys: [KeyHistory], _ wanted: HistoryColumns, runs: TextDictionary
  ) -> (count: Int, columns: [String: Column]) {
    let count = keys.reduce(0) { $0 + $1.count }
    let positions = concatenated(keys.map { $0.positions.integers() }, count)
    let order = ascendingOrder(positions)
    var columns: [String: Column] = [:]
    if wanted.contains(.run) {
      let codes = concatenated(keys.map { $0.codes("run_id") }, count)
      columns["run_id"] = Column(
        type: .string, count: count, storage: .text(permuted(codes, order), runs))
    }
    if wanted.contains(.key) {
      let codes = Buffer<UInt32>(count: count)
      var row = 0
      for (code, key) in keys.enumerated() {
        (codes.base + row).update(repeating: UInt32(code), count: key.count)
        row += key.count
      }
      let texts = TextDictionary(keys.map(\.key), isUnique: true)
      columns["key"] = Column(
        type: .string, count: count, storage: .text(permuted(Values(codes), order), texts))
    }
    if wanted.contains(.value) {
      let values = concatenated(keys.map { $0.columns["value"]?.doubles() ?? Values([]) }, count)
      columns["value"] = Column(
        type: .float, count: count, storage: .float(permuted(values, order)))
    }
    for (column, name, type) in [
      (HistoryColumns.step, "step", DataType.int), (.timestamp, "timestamp", .timestamp),
    ] where wanted.contains(column) {
      let values = concatenated(keys.map { $0.columns[name]?.integers() ?? Values([]) }, count)
      columns[name] = Column(
        type: type, count: count, storage: .narrowed(permuted(values, order)))
    }
    return (count, columns)
  }

  private func codes(_ name: String) -> Values<UInt32> {
    columns[name]?.codes().codes ?? Values([])
  }
}

private func concatenated<Element: BitwiseCopyable>(
  _ parts: [Values<Element>], _ count: Int
) -> Values<Element> {
  let whole = Buffer<Element>(count: count)
  var row = 0
  for part in parts {
    (whole.base + row).update(from: part.pointer, count: part.count)
    row += part.count
  }
  return Values(whole)
}

/// The elements in another order; the same ones if there is none.
func permuted<Element: BitwiseCopyable>(
  _ elements: Values<Element>, _ order: Buffer<UInt32>?
) -> Values<Element> {
  guard let order else { return elements }
  let result = Buffer<Element>(count: order.count)
  let source = elements.pointer
  for row in 0..<order.count { result.base[row] = source[Int(order.base[row])] }
  return Values(result)
}

/// The rows in ascending order of their positions, stable; nil if they are so already.
///
/// A radix sort of 11 bits at a time: rowids span few digits.
func ascendingOrder(_ positions: Values<Int>) -> Buffer<UInt32>? {
  let count = positions.count
  let source = positions.pointer
  guard count > 1 else { return nil }
  var least = source[0]
  var greatest = source[0]
  var isAscending = true
  for row in 1..<count {
    if source[row] < source[row - 1] { isAscending = false }
    least = min(least, source[row])
    greatest = max(greatest, source[row])
  }
  if isAscending { return nil }
  // The distance fits in 64 bits without a sign.
  let span = UInt64(bitPattern: Int64(greatest &- least))
  var order = Buffer<UInt32>(count: count)
  var next = Buffer<UInt32>(count: count)
  for row in 0..<count { order.base[row] = UInt32(truncatingIfNeeded: row) }
  var shift: UInt64 = 0
  while shift < 64, span >> shift != 0 {
    var starts = [Int](repeating: 0, count: 2049)
    for row in 0..<count {
      let distance = UInt64(bitPattern: Int64(source[row] &- least))
      starts[Int(truncatingIfNeeded: distance >> shift & 2047) + 1] += 1
    }
    for digit in 0..<2048 { starts[digit + 1] += starts[digit] }
    for position in 0..<count {
      let row = order.base[position]
      let distance = UInt64(bitPattern: Int64(source[Int(row)] &- least))
      let digit = Int(truncatingIfNeeded: distance >> shift & 2047)
      next.base[starts[digit]] = row
      starts[digit] += 1
    }
    swap(&order, &next)
    shift += 11
  }
  return order
}
