import PlumbColumns
import PlumbPlan

extension Executor {
  /// The rows for which the condition is true.
  func executeFilter(_ node: LogicalPlan.Filter) throws(ExecutionError) -> Table {
    let table = try execute(node.input)
    let mask = try columns([node.condition], of: table)[0]
    let (rows, nullCount) = selectedRows(mask)
    report?.addNullConditionRows(nullCount)
    return table.gathered(rows)
  }
}
