import PlumbColumns
import PlumbDiagnostics
import PlumbPlan

extension Executor {
  /// Adds a row for each bucket of a group's time grid that has none.
  func fill(_ node: LogicalPlan.Fill, _ demand: Demand) throws(ExecutionError) -> Table {
    let table = try table(node.input, demand.all)
    guard node.stepMicroseconds > 0 else {
      throw ExecutionError(.invalidArgument, "the step of `fill` must be above 0")
    }
    guard table.rowCount > 0, let time = table[node.timeColumn] else { return table }
    let keys = node.groups.compactMap { table[$0] }
    let found = try groupRows(keys, types: keys.map(\.type), count: table.rowCount)
    let grouped = try bringTogether(found.groups, groupCount: found.groupCount)
    let groupColumn = Column((0..<table.rowCount).map { Int(found.groups[$0]) })
    let order = try attempt { () throws(RunControl.Interruption) in
      try sortedRows(
        by: [(groupColumn, false), (time, false)], count: table.rowCount, control: control)
    }
    var grid = TimeGrid(time: time, order: order, step: node.stepMicroseconds)
    var total = 0
    for group in 0..<grouped.groupCount {
      let (more, overflow) = total.addingReportingOverflow(grid.rowCount(grouped.range(of: group)))
      total = overflow ? .max : more
    }
    try checkRowCount(total)
    try reserve(total * (8 + 8 * table.columns.count))
    for group in 0..<grouped.groupCount {
      try attempt(control.check)
      grid.append(grouped.range(of: group))
    }
    return try filled(table, grid, node)
  }

  private func filled(
    _ table: Table, _ grid: TimeGrid, _ node: LogicalPlan.Fill
  ) throws(ExecutionError) -> Table {
    let (rows, parents) = (Values(grid.rows), Values(grid.parents))
    var columns: [Column] = []
    for (index, field) in table.schema.fields.enumerated() {
      let source = [table.columns[index]]
      if field.name == node.timeColumn {
        let present = try gather(source, rows, optional: true)[0]
        columns.append(present.replacingMissing(rows, by: grid.missingTimes))
      } else if node.groups.contains(field.name) {
        columns += try gather(source, parents)
      } else {
        columns += try gather(source, rows, optional: true)
      }
    }
    return Table(schema: table.schema, columns: columns, rowCount: rows.count)
  }
}

/// The rows of a filled table, as they are put together.
private struct TimeGrid {
  private let time: Column
  private let times: Values<Int>
  /// All rows by group, then time, those without a time at the end of their group.
  private let order: Values<UInt32>
  private let step: Int
  private let buckets: Buckets
  /// The row at each place, `UInt32.max` for a bucket without one.
  private(set) var rows: [UInt32] = []
  /// A row of the same group for each place.
  private(set) var parents: [UInt32] = []
  /// The times of the places without a row, in their order.
  private(set) var missingTimes: [Int] = []

  init(time: Column, order: Values<UInt32>, step: Int) {
    self.time = time
    self.order = order
    self.step = step
    buckets = Buckets(length: step)
    times = time.integers()
  }

  private func bucket(_ position: Int) -> Int? {
    let row = Int(order[position])
    guard !time.isNull(row) else { return nil }
    // Times are far from the ends of 64 bits; at the ends a time is its own bucket.
    return buckets.start(of: times[row]) ?? times[row]
  }

  /// The rows that a group has once it is filled.
  func rowCount(_ positions: Range<Int>) -> Int {
    var missing = 0
    var last: Int?
    for position in positions {
      guard let bucket = bucket(position) else { break }
      if let last, bucket > last {
        let (width, overflow) = bucket.subtractingReportingOverflow(last)
        let (more, isOut) = missing.addingReportingOverflow(overflow ? .max : width / step - 1)
        missing = isOut ? .max : more
      }
      last = bucket
    }
    let (total, overflow) = positions.count.addingReportingOverflow(missing)
    return overflow ? .max : total
  }

  /// Adds a group's rows and those that it lacks.
  mutating func append(_ positions: Range<Int>) {
    guard !positions.isEmpty else { return }
    let parent = order[positions.lowerBound]
    var last: Int?
    for position in positions {
      if let bucket = bucket(position) {
        if let last { appendMissing(after: last, before: bucket, parent) }
        last = bucket
      }
      rows.append(order[position])
      parents.append(parent)
    }
  }

  private mutating func appendMissing(after last: Int, before bucket: Int, _ parent: UInt32) {
    var (next, isOut) = last.addingReportingOverflow(step)
    while !isOut, next < bucket {
      rows.append(.max)
      parents.append(parent)
      missingTimes.append(next)
      (next, isOut) = next.addingReportingOverflow(step)
    }
  }
}

extension Column {
  /// The column with times where rows are missing, in their order.
  fileprivate func replacingMissing(_ rows: Values<UInt32>, by times: [Int]) -> Column {
    guard !times.isEmpty else { return self }
    let present = integers()
    let result = Buffer<Int>(count: count)
    var validity = ValidityBuilder()
    var next = 0
    for row in 0..<count {
      if rows[row] == .max {
        result.base[row] = times[next]
        next += 1
        validity.appendValid()
      } else {
        result.base[row] = present[row]
        if isNull(row) { validity.appendNull() } else { validity.appendValid() }
      }
    }
    return Column(
      type: type, count: count, storage: .int64(Values(result)), validity: validity.finish())
  }
}
