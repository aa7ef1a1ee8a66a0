import PlumbColumns

/// Rows moved so that those of groups with near numbers lie near each other.
///
/// Where the rows of each group are scattered over a large table, every look at one of them waits
/// for memory. Spread over a few hundred parts first, which is read in order and written to as
/// many places in order, the rows of a part fit into the cache together with what is done there.
struct SpreadRows {
  /// Where each row has gone.
  fileprivate let places: Values<UInt32>
}

extension Executor {
  private static let partBits: UInt32 = 8
  private static let partCount = 1 << 8

  /// Spreads the rows of a table by their groups; nil where the table is small, or where the rows
  /// of a group lie near each other already, as in logged history.
  func spreadRows(
    _ groups: Values<UInt32>, groupCount: Int
  ) throws(ExecutionError) -> SpreadRows? {
    let count = groups.count
    guard count >= 16 * options.morselRows else { return nil }
    // The uppermost bits of a group's number are its part.
    let bits = UInt32(Int.bitWidth - max(0, groupCount - 1).leadingZeroBitCount)
    let shift = bits > Self.partBits ? bits - Self.partBits : 0
    guard partsAlternate(groups, shift: shift) else { return nil }
    let shares = shares(of: count)
    try reserve(count * 4)
    // For each share the rows of each part; afterwards where its next such row goes.
    let next = Buffer<UInt32>(repeating: 0, count: shares.count * Self.partCount)
    _ = try runWorkers(shares.count, control: control) {
      (worker, scope) throws(ExecutionError) -> Void in
      for block in shares[worker].blocks {
        try scope.check()
        countParts(groups, block, shift, next.base + worker * Self.partCount)
      }
    }
    _ = placesFromCounts(next, groupCount: Self.partCount, shareCount: shares.count)
    let places = Buffer<UInt32>(count: count)
    _ = try runWorkers(shares.count, control: control) {
      (worker, scope) throws(ExecutionError) -> Void in
      for block in shares[worker].blocks {
        try scope.check()
        notePlaces(groups, block, shift, next.base + worker * Self.partCount, places.base)
      }
    }
    return SpreadRows(places: Values(places))
  }

  /// A value of each row, moved with the rows.
  func spread<Element: BitwiseCopyable & Sendable>(
    _ values: Values<Element>, _ rows: SpreadRows
  ) throws(ExecutionError) -> Values<Element> {
    let count = values.count
    try reserve(count * MemoryLayout<Element>.stride)
    let target = Buffer<Element>(count: count)
    let blocks = (0..<count).blocks
    _ = try runWorkers(blocks.count, control: control) {
      (block, scope) throws(ExecutionError) -> Void in
      try scope.check()
      move(values, rows.places, blocks[block], target.base)
    }
    return Values(target)
  }

  /// A column moved with the rows; nil for lists and records, which are not moved.
  func spread(_ column: Column, _ rows: SpreadRows) throws(ExecutionError) -> Column? {
    let storage: Column.Storage
    switch column.storage {
    case .int8(let values): storage = .int8(try spread(values, rows))
    case .int16(let values): storage = .int16(try spread(values, rows))
    case .int32(let values): storage = .int32(try spread(values, rows))
    case .int64(let values): storage = .int64(try spread(values, rows))
    case .float(let values): storage = .float(try spread(values, rows))
    case .bool(let values): storage = .bool(try spread(values, rows))
    case .text8(let codes, let texts): storage = .text8(try spread(codes, rows), texts)
    case .text16(let codes, let texts): storage = .text16(try spread(codes, rows), texts)
    case .text32(let codes, let texts): storage = .text32(try spread(codes, rows), texts)
    case .constant: return column
    case .list, .record: return nil
    }
    // Moved as bytes: threads must not write bits of one word.
    let validity = try column.validity.map { (validity) throws(ExecutionError) in
      let bytes = try spread(validity.bytes, rows)
      defer { withExtendedLifetime(bytes) {} }
      return Bitmap(bytes: bytes.pointer, count: column.count)
    }
    return Column(type: column.type, count: column.count, storage: storage, validity: validity)
  }

  /// Columns of moved rows, in the order that the rows had before.
  func unspread(_ columns: [Column], _ rows: SpreadRows) throws(ExecutionError) -> [Column] {
    try gather(columns, rows.places)
  }
}

/// Whether rows that follow each other are mostly of different parts, as seen at some 1,000
/// places.
private func partsAlternate(_ groups: Values<UInt32>, shift: UInt32) -> Bool {
  let source = groups.pointer
  defer { withExtendedLifetime(groups) {} }
  var (looked, changes) = (0, 0)
  for row in stride(from: 0, to: groups.count - 1, by: max(1, groups.count / 1024)) {
    looked += 1
    if source[row] >> shift != source[row + 1] >> shift { changes += 1 }
  }
  return changes * 4 > looked
}

private func countParts(
  _ groups: Values<UInt32>, _ rows: Range<Int>, _ shift: UInt32,
  _ counts: UnsafeMutablePointer<UInt32>
) {
  let source = groups.pointer
  for row in rows { counts[Int(source[row] &>> shift)] &+= 1 }
  withExtendedLifetime(groups) {}
}

private func notePlaces(
  _ groups: Values<UInt32>, _ rows: Range<Int>, _ shift: UInt32,
  _ next: UnsafeMutablePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>
) {
  let source = groups.pointer
  for row in rows {
    let part = Int(source[row] &>> shift)
    places[row] = next[part]
    next[part] &+= 1
  }
  withExtendedLifetime(groups) {}
}

private func move<Element: BitwiseCopyable>(
  _ values: Values<Element>, _ places: Values<UInt32>, _ rows: Range<Int>,
  _ target: UnsafeMutablePointer<Element>
) {
  let (source, goals) = (values.pointer, places.pointer)
  for row in rows { target[Int(goals[row])] = source[row] }
  withExtendedLifetime((values, places)) {}
}

extension Range<Int> {
  /// The range in pieces of rows that are gone through in a few milliseconds.
  fileprivate var blocks: [Range<Int>] {
    stride(from: lowerBound, to: upperBound, by: 1 << 18).map {
      $0..<Swift.min($0 + (1 << 18), upperBound)
    }
  }
}
