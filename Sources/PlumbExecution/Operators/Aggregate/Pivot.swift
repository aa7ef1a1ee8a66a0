import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbPlan

extension Executor {
  /// A row per group, a column per value of the pivoted column.
  func pivot(_ node: LogicalPlan.Pivot, _ demand: Demand) throws(ExecutionError) -> Table {
    let pivotName = "\u{0}pivot"
    let keys = node.keys + [OutputColumn(pivotName, node.column)]
    let call = node.call.renamed("\u{0}value")
    let schema = Schema(
      keys.map(\.field) + [Schema.Field(call.name, call.type)])
    let grouped = try aggregate(node.input, keys: keys, calls: [call], demand, schema: schema)
    let found = try groupRows(
      Array(grouped.columns.prefix(node.keys.count)),
      types: node.keys.map(\.expression.type), count: grouped.rowCount)
    let groups = found.groups
    let count = node.keys.isEmpty ? 1 : found.groupCount
    let firsts = Buffer<UInt32>(repeating: .max, count: count)
    for row in (0..<grouped.rowCount).reversed() {
      firsts.base[Int(groups[row])] = UInt32(truncatingIfNeeded: row)
    }
    var columns = grouped.columns.prefix(node.keys.count).map { $0.gathered(Values(firsts)) }
    // Behind the last row stands what the aggregate gives over no rows.
    let values = Column.concatenated(
      [
        grouped.columns[grouped.columns.count - 1],
        Column([try emptyAggregate(call)], type: call.type),
      ], type: call.type)
    let places = try pivotPlaces(grouped, node, groups, count)
    try reserve(places.count * count * 8)
    columns += try runWorkers(places.count, control: control) {
      (index, scope) throws(ExecutionError) -> Column in
      try scope.check()
      return values.gathered(places[index])
    }
    return Table(schema: node.schema, columns: columns, rowCount: count)
  }

  /// For each pivoted value, the row of each group's aggregate, or the one behind the last.
  private func pivotPlaces(
    _ grouped: Table, _ node: LogicalPlan.Pivot, _ groups: Values<UInt32>, _ count: Int
  ) throws(ExecutionError) -> [Values<UInt32>] {
    let pivot = grouped.columns[node.keys.count]
    var index: [Value: Int] = [:]
    for (position, value) in node.values.enumerated() { index[value.value] = position }
    try reserve(node.values.count * count * 4)
    let missing = UInt32(truncatingIfNeeded: grouped.rowCount)
    var places: [Buffer<UInt32>] = []
    for _ in node.values {
      try attempt(control.check)
      places.append(Buffer(repeating: missing, count: count))
    }
    let numbers = Buffer<UInt32>(count: grouped.rowCount)
    let keyTable = KeyTable(types: [pivot.type], expectedRows: grouped.rowCount)
    keyTable.insert([pivot], count: grouped.rowCount, into: numbers.base)
    let distinct = keyTable.count == 0 ? [] : keyTable.keyColumns()[0].values
    let positions = distinct.map { index[$0] }
    for row in 0..<grouped.rowCount {
      if row & 0xFFFF == 0 { try attempt(control.check) }
      guard let position = positions[Int(numbers.base[row])] else { continue }
      places[position].base[Int(groups[row])] = UInt32(truncatingIfNeeded: row)
    }
    return places.map { Values($0) }
  }

  /// What the aggregate gives over no rows (0 for `count` and `sum`).
  private func emptyAggregate(_ call: AggregateCall) throws(ExecutionError) -> Value {
    do throws(FunctionError) {
      let accumulator = try call.overload.make(call.setup)
      accumulator.resize(groupCount: 1)
      return try accumulator.finish(groupCount: 1).value(at: 0)
    } catch { throw ExecutionError(error, of: call, control: control) }
  }
}
