import PlumbColumns

extension FrameRows {
  /// One result for each group, repeated for its rows.
  func wholeGroups(
    _ overload: AggregateFunction.Overload, _ setup: AggregateSetup
  ) throws(FunctionError) -> Column {
    let groups = Buffer<UInt32>(count: call.count)
    for group in 0..<call.groupCount {
      let start = call.groupOffsets[group]
      (groups.base + start).update(
        repeating: UInt32(truncatingIfNeeded: group), count: call.groupOffsets[group + 1] - start)
    }
    let accumulator = try overload.make(setup)
    accumulator.resize(groupCount: call.groupCount)
    if let present {
      let places = GrowableRows(capacity: call.count)
      let presentGroups = GrowableRows(capacity: call.count)
      for row in 0..<call.count where present[row] {
        places.append(row)
        presentGroups.append(Int(groups.base[row]))
      }
      try withExtendedLifetime(presentGroups) { () throws(FunctionError) in
        try accumulator.update(input(places, presentGroups))
      }
    } else if call.count > 0 {
      try accumulator.update(
        AccumulatorInput(
          columns: call.arguments, groups: UnsafePointer(groups.base), count: call.count))
    }
    let results = try accumulator.finish(groupCount: call.groupCount)
    let places = Buffer<UInt64>(count: call.count)
    for row in 0..<call.count { places.base[row] = UInt64(groups.base[row]) }
    return gatherRows([results], type: type, Values(places), segmentShift: 40)
  }

  /// Runs the accumulator on the rows of each frame, for many frames at a time.
  func byAccumulator(
    _ overload: AggregateFunction.Overload, _ setup: AggregateSetup
  ) throws(FunctionError) -> Column {
    var parts: [Column] = []
    var ends: [Int] = []
    let places = GrowableRows(capacity: 1 << 16)
    let groups = GrowableRows(capacity: 1 << 16)
    var firstRow = 0

    func flush(before row: Int) throws(FunctionError) {
      guard row > firstRow else { return }
      try call.environment.control.checkFunction()
      let accumulator = try overload.make(setup)
      accumulator.resize(groupCount: row - firstRow)
      if places.count > 0 {
        try withExtendedLifetime(groups) { () throws(FunctionError) in
          try accumulator.update(input(places, groups))
        }
      }
      parts.append(try accumulator.finish(groupCount: row - firstRow))
      ends.append(row)
      firstRow = row
      places.removeAll()
      groups.removeAll()
    }

    for group in 0..<call.groupCount {
      let (start, end) = (call.groupOffsets[group], call.groupOffsets[group + 1])
      for row in start..<end {
        if row & 0xFFF == 0 { try call.environment.control.checkFunction() }
        if places.count >= 1 << 16 { try flush(before: row) }
        let bounds = frame.bounds(row, start: start, end: end)
        for inner in bounds.from..<bounds.to where present?[inner] ?? true {
          places.append(inner)
          groups.append(row - firstRow)
        }
      }
    }
    try flush(before: call.count)
    return joined(parts, ends)
  }

  /// The arguments at some rows, for groups.
  private func input(_ rows: GrowableRows, _ groups: GrowableRows) -> AccumulatorInput {
    let places = Buffer<UInt64>(count: rows.count)
    for index in 0..<rows.count { places.base[index] = UInt64(rows[index]) }
    let columns = call.arguments.map { column in
      if let constant = column.constantValue {
        return Column(constant: constant, type: column.type, count: rows.count)
      }
      return gatherRows([column], type: column.type, Values(places), segmentShift: 40)
    }
    return AccumulatorInput(columns: columns, groups: groups.groups(), count: rows.count)
  }

  private func joined(_ parts: [Column], _ ends: [Int]) -> Column {
    if parts.count == 1 { return parts[0] }
    let places = Buffer<UInt64>(count: call.count)
    var start = 0
    for (part, end) in ends.enumerated() {
      for row in start..<end { places.base[row] = UInt64(part) << 40 | UInt64(row - start) }
      start = end
    }
    return gatherRows(parts, type: type, Values(places), segmentShift: 40)
  }
}

/// Row numbers that are collected, read and thrown away again.
private final class GrowableRows {
  private var rows: [Int] = []
  private var narrow: [UInt32] = []
  private var pinned: Buffer<UInt32>?

  init(capacity: Int) { rows.reserveCapacity(capacity) }

  var count: Int { rows.count }
  subscript(index: Int) -> Int { rows[index] }
  func append(_ row: Int) { rows.append(row) }
  func removeAll() { rows.removeAll(keepingCapacity: true) }

  /// The numbers as group numbers; valid until the next change.
  func groups() -> UnsafePointer<UInt32> {
    let buffer = Buffer(rows.map { UInt32(truncatingIfNeeded: $0) })
    pinned = buffer
    return UnsafePointer(buffer.base)
  }
}
