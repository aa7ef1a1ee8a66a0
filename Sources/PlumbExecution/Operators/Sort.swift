import PlumbColumns
import PlumbPlan

extension Executor {
  /// The rows in the order of the keys, equal rows in their old order.
  func sort(_ node: LogicalPlan.Sort, _ demand: Demand) throws(ExecutionError) -> Table {
    let table = try table(node.input, demand.adding(node.keys.map(\.expression)))
    let keys = try sortKeys(node.keys, of: table)
    let rows = try attempt { () throws(RunControl.Interruption) in
      try sortedRows(by: keys, count: table.rowCount, control: control)
    }
    if rows.isIdentity { return table }
    return try gather(table, rows, demand)
  }

  /// The columns to sort a table by.
  func sortKeys(_ keys: [OrderKey], of table: Table) throws(ExecutionError) -> [SortKey] {
    let columns = try columns(keys.map(\.expression), of: table)
    return zip(keys, columns).map { (column: $1, isDescending: $0.isDescending) }
  }
}

extension Values<UInt32> {
  /// The same positions as wide integers.
  var widened: Values<Int> {
    let result = Buffer<Int>(count: count)
    let source = pointer
    for index in 0..<count { result.base[index] = Int(source[index]) }
    return Values<Int>(result)
  }

  /// Whether each entry is its own position.
  var isIdentity: Bool {
    let source = pointer
    for index in 0..<count where source[index] != UInt32(truncatingIfNeeded: index) {
      return false
    }
    return true
  }
}
