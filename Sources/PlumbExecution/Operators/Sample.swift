import PlumbColumns
import PlumbPlan

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

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for a seed on every machine.
private struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
