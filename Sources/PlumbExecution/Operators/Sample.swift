import PlumbColumns
import PlumbPlan
import PlumbStatistics

extension Executor {
  /// Rows drawn without replacement, each set of rows as likely as any other, in their old order.
  func sample(_ node: LogicalPlan.Sample, _ demand: Demand) throws(ExecutionError) -> Table {
    let table = try table(
      node.input, Demand(columns: demand.columns, depth: demand.depth + 1))
    let count = min(max(0, node.count), table.rowCount)
    if count == table.rowCount { return table }
    var random = SplitMix(
      seed: node.seed.map { UInt64(bitPattern: Int64($0)) } ?? .random(in: 0 ... .max))
    let rows = Buffer<UInt32>(count: count)
    var taken = 0
    // Selection sampling (Knuth 1969, TAOCP 2, 3.4.2, algorithm S): one pass, rows in order.
    for row in 0..<table.rowCount where taken < count {
      if row & 0xFFFF == 0 { try attempt(control.check) }
      let left = UInt64(table.rowCount - row)
      if random.next().multipliedFullWidth(by: left).high < UInt64(count - taken) {
        rows.base[taken] = UInt32(truncatingIfNeeded: row)
        taken += 1
      }
    }
    return try gather(table, Values(rows), demand)
  }
}
