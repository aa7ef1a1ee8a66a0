import PlumbColumns
import PlumbPlan

extension Executor {
  /// The rows in the order of the keys, equal rows in their old order; only the first `count` of
  /// them if it is given.
  func sort(
    _ node: LogicalPlan.Sort, first count: Int? = nil, _ demand: Demand
  ) throws(ExecutionError) -> Table {
    if let count, let first = try firstSorted(node, count: count, demand) { return first }
    let table = try table(node.input, demand.adding(node.keys.map(\.expression)))
    let keys = try sortKeys(node.keys, of: table)
    var rows = try attempt { () throws(RunControl.Interruption) in
      try sortedRows(by: keys, count: table.rowCount, control: control)
    }
    if let count, count < rows.count { rows = rows.slice(0, count) }
    if rows.count == table.rowCount, rows.isIdentity { return table }
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
