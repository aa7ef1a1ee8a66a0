import PlumbColumns
import PlumbPlan

extension Executor {
  /// The last rows, sharing memory.
  func tail(_ node: LogicalPlan.Tail, _ demand: Demand) throws(ExecutionError) -> Table {
    var pipeline = try pipeline(
      node.input, Demand(columns: demand.columns, depth: demand.depth + 1))
    let wanted = max(0, node.count)
    if pipeline.keepsRows, !pipeline.canFail {
      let skip = max(0, pipeline.sourceRowCount - wanted)
      pipeline.ranges = pipeline.ranges.trimmed(skip: skip, limit: nil)
      return try collect(pipeline)
    }
    let table = try collect(pipeline)
    let count = min(wanted, table.rowCount)
    return table.rows(table.rowCount - count, count)
  }
}
