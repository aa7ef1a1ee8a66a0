import PlumbColumns
import PlumbPlan

extension Executor {
  /// The last rows, sharing memory.
  func executeTail(_ node: LogicalPlan.Tail) throws(ExecutionError) -> Table {
    let table = try execute(node.input)
    let count = min(max(0, node.count), table.rowCount)
    return table.rows(table.rowCount - count, count)
  }
}
