import PlumbColumns
import PlumbDiagnostics
import PlumbPlan

extension Executor {
  /// For each row a row per column named, with the column's name and its value.
  func unpivot(_ node: LogicalPlan.Unpivot, _ demand: Demand) throws(ExecutionError) -> Table {
    let table = try table(node.input, demand.all)
    let width = node.columns.count
    let count = table.rowCount
    let total = count * width
    try checkRowCount(total)
    try reserve(total * 9)
    let parents = Buffer<UInt32>(count: total)
    let places = Buffer<UInt32>(count: total)
    let codes = Buffer<UInt32>(count: total)
    var position = 0
    for row in 0..<count {
      if row & 0xFFFF == 0 { try attempt(control.check) }
      for column in 0..<width {
        parents.base[position] = UInt32(truncatingIfNeeded: row)
        places.base[position] = UInt32(truncatingIfNeeded: column * count + row)
        codes.base[position] = UInt32(truncatingIfNeeded: column)
        position += 1
      }
    }
    let sources = node.columns.compactMap { table[$0]?.converted(to: node.valueType) }
    let values = Column.concatenated(sources, type: node.valueType)
    var columns: [String: Column] = [
      node.keyName: Column(
        type: .string, count: total,
        storage: .text(Values(codes), TextDictionary(node.columns, isUnique: true))),
      node.valueName: try gather([values], Values(places))[0],
    ]
    let kept = node.schema.fields.map(\.name).filter { columns[$0] == nil }
    let repeated = try gather(kept.compactMap { table[$0] }, Values(parents))
    for (name, column) in zip(kept, repeated) { columns[name] = column }
    return Table(
      schema: node.schema,
      columns: node.schema.fields.map { columns[$0.name] ?? .nulls($0.type, count: total) },
      rowCount: total)
  }
}

extension Column {
  /// The column as the type that all values have; an int becomes a float where one is due.
  fileprivate func converted(to type: DataType) -> Column {
    if self.type == type { return self }
    if let constantValue { return Column(constant: constantValue, type: type, count: count) }
    if self.type == .int, type == .float {
      return Column(type: .float, count: count, storage: .float(doubles()), validity: validity)
    }
    return Column(values, type: type)
  }
}
