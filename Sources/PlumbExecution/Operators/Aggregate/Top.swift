import PlumbColumns
import PlumbPlan

extension Executor {
  /// The rows with the greatest or least keys of each group.
  func executeTop(_ node: LogicalPlan.Top) throws(ExecutionError) -> Table {
    let table = try execute(node.input)
    let key = try columns([node.key.expression], of: table)[0]
    var candidates = Buffer<UInt32>(count: table.rowCount)
    var found = 0
    let floats: Values<Double>? = key.type == .float ? key.doubles() : nil
    for row in 0..<table.rowCount where !key.isNull(row) {
      if let floats, floats[row].isNaN { continue }
      candidates.base[found] = UInt32(truncatingIfNeeded: row)
      found += 1
    }
    let (groups, groupCount) = try groupNumbers(node.groups, of: table)
    let rows = Values(candidates, offset: 0, count: found)
    let keys = key.gathered(rows)
    let order = try attempt { () throws(RunControl.Interruption) in
      try sortedRows(
        by: [(column: keys, isDescending: node.key.isDescending)], count: found,
        control: control)
    }
    // Rows come in the order of the keys; each group takes its first ones.
    var taken = [Int](repeating: 0, count: max(1, groupCount))
    var last = [UInt32](repeating: .max, count: max(1, groupCount))
    var kept: [[UInt32]] = Array(repeating: [], count: max(1, groupCount))
    let hasGroups = !node.groups.isEmpty
    for position in 0..<found {
      let row = rows[Int(order[position])]
      let group = hasGroups ? Int(groups[Int(row)]) : 0
      if taken[group] < node.count {
        taken[group] += 1
        last[group] = row
        kept[group].append(row)
      } else if node.withTies, node.count > 0,
        valuesEqual(key, Int(last[group]), key, Int(row), nanEqual: true)
      {
        kept[group].append(row)
      }
    }
    candidates = Buffer(kept.flatMap { $0 })
    return Table(
      schema: table.schema, columns: try gather(table.columns, Values(candidates)),
      rowCount: candidates.count)
  }
}
