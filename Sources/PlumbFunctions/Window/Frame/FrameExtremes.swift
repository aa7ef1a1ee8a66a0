import PlumbColumns

extension FrameRows {
  /// The least or greatest value of each frame, NaN passed over.
  func extremes(isMax: Bool) throws(FunctionError) -> Column {
    if frame.lower == nil, frame.upper == 0, case .float(let values) = call.arguments[0].storage {
      return try runningExtremes(values, isMax: isMax)
    }
    return try values(at: extremePlaces(of: 0, isMax: isMax), argument: 0)
  }

  /// Argument 0 on the row where argument 1 is extreme in each frame, the first such row.
  func argExtremes(isMax: Bool) throws(FunctionError) -> Column {
    try values(at: extremePlaces(of: 1, isMax: isMax), argument: 0)
  }

  /// The first or last present row of each frame.
  func firstOrLast(isLast: Bool) throws(FunctionError) -> Column {
    // A queue in which no row displaces another: its front is the first row of the frame.
    guard isLast else {
      let keys = Values(Buffer<UInt8>(repeating: 0, count: call.count))
      let places = try extremePlaces(keys, isMax: false) { _ in true }
      return values(at: places, argument: 0)
    }
    let places = Buffer<UInt64>(count: call.count)
    var last = -1
    try slide(reset: { last = -1 }, add: { last = $0 }, remove: { _ in }) { row, inside in
      places.base[row] = inside > 0 ? UInt64(last) : .max
    }
    return values(at: places, argument: 0)
  }

  private func values(at places: Buffer<UInt64>, argument: Int) -> Column {
    gatherRows(
      [call.arguments[argument].materialized()], type: type, Values(places), segmentShift: 40)
  }

  /// Doubles from the group's start to the row: one comparison a row.
  private func runningExtremes(
    _ values: Values<Double>, isMax: Bool
  ) throws(FunctionError) -> Column {
    let result = Buffer<Double>(count: call.count)
    var validity = RowValidity(allOf: call.count)
    for group in 0..<call.groupCount {
      var row = call.groupOffsets[group]
      let end = call.groupOffsets[group + 1]
      var best = Double.nan
      while row < end, best.isNaN {
        if present?[row] ?? true { best = values.pointer[row] }
        result.base[row] = best
        if best.isNaN { validity.clear(row) }
        row &+= 1
      }
      while row < end {
        try call.environment.control.checkFunction()
        let stop = min(end, row &+ Self.rowsBetweenChecks)
        runExtremes(values.pointer, row..<stop, isMax: isMax, &best, into: result.base)
        row = stop
      }
    }
    withExtendedLifetime(values) {}
    return Column(
      type: .float, count: call.count, storage: .float(Values(result)),
      validity: validity.finish())
  }

  private static let rowsBetweenChecks = 1 << 16

  /// Goes on with `best`, a number, over rows of one group.
  private func runExtremes(
    _ source: UnsafePointer<Double>, _ rows: Range<Int>, isMax: Bool, _ best: inout Double,
    into target: UnsafeMutablePointer<Double>
  ) {
    var row = rows.lowerBound
    while row < rows.upperBound {
      var end = rows.upperBound
      if let present {
        end = min(end, present.endOfRun(from: row))
        if !present[row] {
          target.advanced(by: row).update(repeating: best, count: end - row)
          row = end
          continue
        }
      }
      // No comparison with NaN is true.
      var local = best
      if isMax {
        while row < end {
          local = source[row] > local ? source[row] : local
          target[row] = local
          row &+= 1
        }
      } else {
        while row < end {
          local = source[row] < local ? source[row] : local
          target[row] = local
          row &+= 1
        }
      }
      best = local
    }
  }

  /// The row of each frame at which argument `index` is extreme.
  private func extremePlaces(of index: Int, isMax: Bool) throws(FunctionError) -> Buffer<UInt64> {
    let column = call.arguments[index].materialized()
    switch column.storage {
    case .int8(let values): return try extremePlaces(values, isMax: isMax) { _ in true }
    case .int16(let values): return try extremePlaces(values, isMax: isMax) { _ in true }
    case .int32(let values): return try extremePlaces(values, isMax: isMax) { _ in true }
    case .int64(let values): return try extremePlaces(values, isMax: isMax) { _ in true }
    case .bool(let values): return try extremePlaces(values, isMax: isMax) { _ in true }
    case .float(let values):
      return try extremePlaces(values, isMax: isMax) { $0 == $0 }
    case .text8, .text16, .text32:
      let (codes, dictionary) = column.codes()
      let ranks = dictionary.ranks
      let keys = Buffer<UInt32>(count: call.count)
      for row in 0..<call.count { keys.base[row] = ranks[Int(codes[row])] }
      return try extremePlaces(Values(keys), isMax: isMax) { _ in true }
    case .list, .record, .constant:
      let order = valueRanks(column)
      return try extremePlaces(Values(order), isMax: isMax) { _ in true }
    }
  }

  /// The position of each row in the order of a column of lists or records.
  private func valueRanks(_ column: Column) -> Buffer<Int> {
    let values = column.values
    let order = values.indices.sorted { compareValues(values[$0], values[$1]) < 0 }
    let ranks = Buffer<Int>(count: values.count)
    var rank = 0
    for (position, row) in order.enumerated() {
      if position > 0, compareValues(values[order[position - 1]], values[row]) != 0 { rank += 1 }
      ranks.base[row] = rank
    }
    return ranks
  }

  /// A queue of rows that may yet become the extreme: each better than all that entered later.
  ///
  /// A row enters and leaves once, so the frame's length does not matter.
  @inline(__always)
  private func extremePlaces<Key: Comparable & BitwiseCopyable>(
    _ values: Values<Key>, isMax: Bool, _ isCandidate: (Key) -> Bool
  ) throws(FunctionError) -> Buffer<UInt64> {
    let keys = values.pointer
    let places = Buffer<UInt64>(count: call.count)
    let queue = Buffer<Int>(count: call.count)
    let rows = queue.base
    var (front, back) = (0, 0)
    try slide(
      reset: { (front, back) = (0, 0) },
      add: { row in
        let key = keys[row]
        guard isCandidate(key) else { return }
        if isMax {
          while back > front, keys[rows[back &- 1]] < key { back &-= 1 }
        } else {
          while back > front, key < keys[rows[back &- 1]] { back &-= 1 }
        }
        rows[back] = row
        back &+= 1
      },
      remove: { row in if front < back, rows[front] == row { front &+= 1 } }
    ) { row, _ in
      places.base[row] = front < back ? UInt64(truncatingIfNeeded: rows[front]) : .max
    }
    withExtendedLifetime((queue, values)) {}
    return places
  }
}
