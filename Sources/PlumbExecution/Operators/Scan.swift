import PlumbColumns
import PlumbPlan

extension Executor {
  /// The columns of a source, all rows.
  func executeScan(_ node: LogicalPlan.Scan) throws(ExecutionError) -> Table {
    let request = ScanRequest(
      columns: node.columns, conditions: node.provider.usableConditions(node.conditions))
    let table: Table
    do {
      table = try node.provider.scan(request, control: control)
    } catch {
      throw ExecutionError(error)
    }
    report?.updateCurrent {
      $0.detail = node.provider.name
      $0.chunkCount = table.chunkCount
    }
    // What is scanned may be named as the plan has it, and may have lost its families.
    return Table(schema: node.schema, columns: table.columns, rowCount: table.rowCount)
  }
}
