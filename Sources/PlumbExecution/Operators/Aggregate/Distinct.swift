import PlumbColumns
import PlumbPlan

extension Executor {
  /// The first row of each combination of the keys.
  func executeDistinct(_ node: LogicalPlan.Distinct) throws(ExecutionError) -> Table {
    let table = try execute(node.input)
    let (groups, count) = try groupNumbers(node.keys, of: table)
    let first = Buffer<UInt32>(count: count)
    var found = 0
    for row in 0..<table.rowCount where Int(groups[row]) == found {
      first.base[found] = UInt32(truncatingIfNeeded: row)
      found += 1
    }
    if count == table.rowCount { return table }
    let rows = Values(first)
    return Table(
      schema: table.schema, columns: try gather(table.columns, rows), rowCount: count)
  }

  /// The group of each row, groups numbered in order of first appearance, and their count.
  func groupNumbers(
    _ keys: [ResolvedExpression], of table: Table
  ) throws(ExecutionError) -> (Values<UInt32>, Int) {
    let columns = try columns(keys, of: table)
    let groups = Buffer<UInt32>(count: table.rowCount)
    let keyTable = KeyTable(types: columns.map(\.type), expectedRows: table.rowCount)
    var start = 0
    while start < table.rowCount {
      try attempt(control.check)
      let count = min(options.batchRows, table.rowCount - start)
      keyTable.insert(
        columns.map { $0.slice(start, count) }, count: count, into: groups.base + start)
      start += count
    }
    return (Values(groups), keyTable.count)
  }
}
