import PlumbColumns
import PlumbDiagnostics
import PlumbPlan

extension Executor {
  /// Each left row with the right row that is nearest in time: the right side is sorted by key
  /// and time once, then searched for each left row on all threads.
  func asof(_ node: LogicalPlan.AsofJoin, _ demand: Demand) throws(ExecutionError) -> Table {
    let rightColumns = node.rightColumns.filter { demand.wants($0.outputName) }
    let left = try table(
      node.left, demand.adding(node.keys.map(\.left) + [node.leftTime]))
    let right = try table(
      node.right,
      demand.only(
        rightColumns.map(\.name), adding: node.keys.map(\.right) + [node.rightTime]))
    let leftKeys = try columns(node.keys.map(\.left), of: left)
    let leftTime = try columns([node.leftTime], of: left)[0]
    let index = try asofIndex(node, right)
    let pieceRows = max(1, options.morselRows)
    let matches = Buffer<UInt32>(count: left.rowCount)
    _ = try runWorkers((left.rowCount + pieceRows - 1) / pieceRows, control: control) {
      (piece, scope) throws(ExecutionError) -> Void in
      try scope.check()
      let first = piece * pieceRows
      let count = min(pieceRows, left.rowCount - first)
      index.search(
        leftKeys.map { $0.slice(first, count) }, leftTime.slice(first, count), count: count,
        into: matches.base + first)
    }
    let schema = demand.wanted(of: node.schema)
    let leftColumns = schema.fields.dropLast(rightColumns.count).compactMap { left[$0.name] }
    let matched = try gather(
      rightColumns.compactMap { right[$0.name] }, Values(matches), optional: true)
    return Table(schema: schema, columns: leftColumns + matched, rowCount: left.rowCount)
  }

  /// The right rows that can match, by key and in the order of time.
  private func asofIndex(
    _ node: LogicalPlan.AsofJoin, _ right: Table
  ) throws(ExecutionError) -> AsofIndex {
    var keys = try columns(node.keys.map(\.right), of: right)
    var time = try columns([node.rightTime], of: right)[0]
    let matchable = matchableRows(keys + [time], count: right.rowCount)
    let count = matchable?.count ?? right.rowCount
    if let matchable {
      let kept = try gather(keys + [time], matchable)
      keys = Array(kept.dropLast())
      time = kept[kept.count - 1]
    }
    let found = try groupRows(keys, types: node.keys.map(\.right.type), count: count)
    let grouped = try bringTogether(found.groups, groupCount: found.groupCount)
    let groupColumn = Column(
      type: .int, count: count, storage: .int64(found.groups.widened))
    let order = try attempt { () throws(RunControl.Interruption) in
      try sortedRows(
        by: [(groupColumn, false), (time, false)], count: count, control: control)
    }
    let times = try gather([time], order)[0]
    var rows = order
    if let matchable {
      rows = Values((0..<count).map { matchable[Int(order[$0])] })
    }
    return AsofIndex(
      keys: found.keys, hasKeys: !node.keys.isEmpty, offsets: grouped.offsets, rows: rows,
      times: times, direction: node.direction, tolerance: node.tolerance)
  }
}
