import PlumbColumns
import PlumbPlan

extension Executor {
  /// All rows of the left, then all of the right.
  func union(_ node: LogicalPlan.Union, _ demand: Demand) throws(ExecutionError) -> Table {
    let schema = demand.wanted(of: node.schema)
    let below = Demand(columns: demand.columns, depth: demand.depth + 1)
    var batches: [Batch] = []
    for input in [node.left, node.right] {
      let table = try table(input, below)
      batches.append(
        Batch(
          columns: schema.fields.map { table[$0.name] ?? .nulls($0.type, count: table.rowCount) },
          count: table.rowCount))
    }
    return try concatenate(batches, schema: schema)
  }
}
