import PlumbColumns
import PlumbPlan

extension Executor {
  /// All rows of the left, then all of the right.
  func executeUnion(_ node: LogicalPlan.Union) throws(ExecutionError) -> Table {
    let left = try execute(node.left)
    let right = try execute(node.right)
    try attempt { () throws(RunControl.Interruption) in
      try control.reserve(left.byteCount + right.byteCount)
    }
    var columns: [Column] = []
    for (index, field) in node.schema.fields.enumerated() {
      try attempt(control.check)
      columns.append(
        .concatenated([left.columns[index], right.columns[index]], type: field.type))
    }
    return Table(
      schema: node.schema, columns: columns, rowCount: left.rowCount + right.rowCount)
  }
}
