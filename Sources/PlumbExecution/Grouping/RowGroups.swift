import PlumbColumns

/// The group of each row of a table, groups in order of first appearance.
struct RowGroups {
  let groups: Values<UInt32>
  let keys: KeyTable

  var groupCount: Int { keys.count }
}

extension Executor {
  /// Finds the groups of rows by their keys, on all threads.
  ///
  /// Each thread numbers the groups of a contiguous run of rows; the tables are merged in the order
  /// of the rows and the later numbers translated.
  func groupRows(
    _ keys: [Column], types: [DataType], count: Int
  ) throws(ExecutionError) -> RowGroups {
    try reserve(count * 4)
    let groups = Buffer<UInt32>(count: count)
    let shares = shares(of: count)
    let batchRows = max(1, options.batchRows)
    let tables = try runWorkers(shares.count, control: control) {
      (worker, scope) throws(ExecutionError) -> KeyTable in
      let table = KeyTable(types: types, expectedRows: count)
      var start = shares[worker].lowerBound
      while start < shares[worker].upperBound {
        try scope.check()
        let rows = min(batchRows, shares[worker].upperBound - start)
        table.insert(
          keys.map { $0.slice(start, rows) }, count: rows, into: groups.base + start)
        start += rows
      }
      return table
    }
    let first = tables[0]
    var maps: [[UInt32]] = [[]]
    for other in tables.dropFirst() {
      try attempt(control.check)
      maps.append(first.merge(other))
    }
    let translations = maps
    _ = try runWorkers(shares.count, control: control) {
      (worker, scope) throws(ExecutionError) -> Void in
      try scope.check()
      translate(groups.base, shares[worker], by: translations[worker])
    }
    return RowGroups(groups: Values(groups), keys: first)
  }
}

private func translate(
  _ groups: UnsafeMutablePointer<UInt32>, _ rows: Range<Int>, by map: [UInt32]
) {
  guard !map.isEmpty else { return }
  map.withUnsafeBufferPointer { map in
    for row in rows { groups[row] = map[Int(groups[row])] }
  }
}

/// Rows side by side by their group, in their old order within it.
struct GroupedRows: Sendable {
  /// Where each group begins, and the end of the last.
  let offsets: Buffer<UInt32>
  /// The rows; absent when they lie side by side already.
  let rows: Values<UInt32>?

  var groupCount: Int { offsets.count - 1 }

  func range(of group: Int) -> Range<Int> {
    Int(offsets.base[group])..<Int(offsets.base[group + 1])
  }

  /// The row at a position.
  @inline(__always)
  func row(_ position: Int) -> UInt32 { rows?[position] ?? UInt32(truncatingIfNeeded: position) }
}

extension Executor {
  /// Brings the rows of each group together: a stable counting sort on all threads.
  func bringTogether(
    _ groups: Values<UInt32>, groupCount: Int
  ) throws(ExecutionError) -> GroupedRows {
    let count = groups.count
    let shares = shares(of: count)
    try reserve((count + groupCount * (shares.count + 1)) * 4)
    // For each share the rows of each group; afterwards where its first such row goes.
    let starts = Buffer<UInt32>(repeating: 0, count: max(1, groupCount * shares.count))
    let isOrdered = try runWorkers(shares.count, control: control) {
      (worker, scope) throws(ExecutionError) -> Bool in
      try scope.check()
      return countGroups(groups, shares[worker], into: starts.base + worker * groupCount)
    }
    let offsets = placesFromCounts(starts, groupCount: groupCount, shareCount: shares.count)
    let source = groups.pointer
    let joins = shares.dropFirst().allSatisfy {
      $0.lowerBound == 0 || $0.isEmpty || source[$0.lowerBound - 1] <= source[$0.lowerBound]
    }
    if joins, isOrdered.allSatisfy(\.self) { return GroupedRows(offsets: offsets, rows: nil) }
    let rows = Buffer<UInt32>(count: count)
    _ = try runWorkers(shares.count, control: control) {
      (worker, scope) throws(ExecutionError) -> Void in
      try scope.check()
      placeRows(groups, shares[worker], starts.base + worker * groupCount, rows.base)
    }
    return GroupedRows(offsets: offsets, rows: Values(rows))
  }
}

/// Turns how many rows of each group each share has, share after share, into where its first such
/// row goes: rows by group, within a group by share.
///
/// - Returns: Where each group begins, and the end of the last.
func placesFromCounts(
  _ counts: Buffer<UInt32>, groupCount: Int, shareCount: Int
) -> Buffer<UInt32> {
  let offsets = Buffer<UInt32>(count: groupCount + 1)
  var total: UInt32 = 0
  for group in 0..<groupCount {
    offsets.base[group] = total
    for share in 0..<shareCount {
      let place = share * groupCount + group
      let length = counts.base[place]
      counts.base[place] = total
      total &+= length
    }
  }
  offsets.base[groupCount] = total
  return offsets
}

/// Counts the rows of each group; returns whether groups never fall.
private func countGroups(
  _ groups: Values<UInt32>, _ rows: Range<Int>, into counts: UnsafeMutablePointer<UInt32>
) -> Bool {
  let source = groups.pointer
  var isOrdered = true
  var last: UInt32 = 0
  for row in rows {
    let group = source[row]
    counts[Int(group)] &+= 1
    if group < last { isOrdered = false }
    last = group
  }
  withExtendedLifetime(groups) {}
  return isOrdered
}

private func placeRows(
  _ groups: Values<UInt32>, _ rows: Range<Int>, _ places: UnsafeMutablePointer<UInt32>,
  _ target: UnsafeMutablePointer<UInt32>
) {
  let source = groups.pointer
  for row in rows {
    let group = Int(source[row])
    target[Int(places[group])] = UInt32(truncatingIfNeeded: row)
    places[group] &+= 1
  }
  withExtendedLifetime(groups) {}
}
