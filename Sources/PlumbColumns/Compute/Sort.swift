/// The order of rows by several keys, the first the most significant: the positions of the rows,
/// equal rows in their old order.
///
/// Null comes last in both directions, NaN before null and after every number. Keys become
/// numbers (`SortField`), as many as fit are packed into one 64-bit word, and words are sorted by
/// radix from the last to the first.
package func sortedRows(
  by keys: [SortKey], count: Int, control: RunControl
) throws(RunControl.Interruption) -> Values<UInt32> {
  var fields: [SortField] = []
  for key in keys { fields += try SortField.fields(of: key, control: control) }
  var order: Values<UInt32>?
  while let last = fields.popLast() {
    var group = [last]
    var bits = last.bitCount
    while let next = fields.last, bits + next.bitCount <= 64 {
      group.insert(fields.removeLast(), at: 0)
      bits += next.bitCount
    }
    if bits == 0 { continue }
    try control.check()
    var words = packedWords(group, count)
    if let order { words = reordered(words, order) }
    let sorted: Values<UInt32>
    if let counted = countedPositions(words, bitCount: bits) {
      sorted = counted
    } else {
      sorted = try radixSortedPositions(words, bitCount: bits, control: control)
    }
    order = order.map { composed($0, sorted) } ?? sorted
  }
  return order ?? Values(identity(count))
}

/// The positions of words in ascending order, equal words in their old order, where they are so
/// small that places are counted for each value within the cache; nil elsewhere.
private func countedPositions(_ words: Buffer<UInt64>, bitCount: Int) -> Values<UInt32>? {
  let count = words.count
  guard bitCount <= 18, count <= 1 << 18, 1 << bitCount <= count * 4 else { return nil }
  let next = Buffer<UInt32>(repeating: 0, count: 1 << bitCount)
  let (source, places) = (words.base, next.base)
  for position in 0..<count { places[Int(source[position])] &+= 1 }
  var total: UInt32 = 0
  for value in 0..<next.count {
    let length = places[value]
    places[value] = total
    total &+= length
  }
  let result = Buffer<UInt32>(count: count)
  for position in 0..<count {
    let value = Int(source[position])
    result.base[Int(places[value])] = UInt32(truncatingIfNeeded: position)
    places[value] &+= 1
  }
  withExtendedLifetime(words) {}
  return Values(result)
}

private func identity(_ count: Int) -> Buffer<UInt32> {
  let rows = Buffer<UInt32>(count: count)
  for row in 0..<count { rows.base[row] = UInt32(truncatingIfNeeded: row) }
  return rows
}

/// One word per row with the fields' bits side by side, the first field uppermost.
private func packedWords(_ fields: [SortField], _ count: Int) -> Buffer<UInt64> {
  guard fields.count > 1 else { return fields[0].values }
  let result = Buffer<UInt64>(count: count)
  result.base.update(from: fields[0].values.base, count: count)
  let target = result.base
  for field in fields.dropFirst() where field.bitCount > 0 {
    let source = field.values.base
    let shift = UInt64(field.bitCount)
    for row in 0..<count { target[row] = target[row] << shift | source[row] }
  }
  return result
}

private func reordered(_ words: Buffer<UInt64>, _ order: Values<UInt32>) -> Buffer<UInt64> {
  let result = Buffer<UInt64>(count: words.count)
  let rows = order.pointer
  for index in 0..<words.count { result.base[index] = words.base[Int(rows[index])] }
  withExtendedLifetime(order) {}
  return result
}

private func composed(_ order: Values<UInt32>, _ positions: Values<UInt32>) -> Values<UInt32> {
  let result = Buffer<UInt32>(count: positions.count)
  let (rows, places) = (order.pointer, positions.pointer)
  for index in 0..<positions.count { result.base[index] = rows[Int(places[index])] }
  withExtendedLifetime((order, positions)) {}
  return Values(result)
}
