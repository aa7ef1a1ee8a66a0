import PlumbColumns
import PlumbPlan

extension Executor {
  /// A run of the rows, sharing their memory.
  func executeLimit(_ node: LogicalPlan.Limit) throws(ExecutionError) -> Table {
    let table = try execute(node.input)
    let start = min(max(0, node.skip), table.rowCount)
    let count = min(max(0, node.count ?? .max), table.rowCount - start)
    return table.rows(start, count)
  }
}

extension Table {
  /// The rows from `start`, `count` of them, sharing memory.
  func rows(_ start: Int, _ count: Int) -> Table {
    if start == 0, count == rowCount { return self }
    return Table(
      schema: schema, columns: columns.map { $0.slice(start, count) }, rowCount: count)
  }

  /// The rows at the given positions, in that order.
  func gathered(_ rows: Values<UInt32>) -> Table {
    Table(schema: schema, columns: columns.map { $0.gathered(rows) }, rowCount: rows.count)
  }
}
