import PlumbColumns
import PlumbPlan

extension Executor {
  /// Computed columns.
  func executeProject(_ node: LogicalPlan.Project) throws(ExecutionError) -> Table {
    let table = try execute(node.input)
    return Table(
      schema: node.schema, columns: try columns(node.items.map(\.expression), of: table),
      rowCount: table.rowCount)
  }
}
