import PlumbColumns
import PlumbDiagnostics
import PlumbPlan

extension Executor {
  /// For each row a row per element of its list; a null or empty list gives one row with null.
  func explode(_ node: LogicalPlan.Explode, _ demand: Demand) throws(ExecutionError) -> Table {
    let table = try table(node.input, demand.all)
    guard let list = table[node.column], let (elements, offsets) = list.listElements else {
      // A column of nulls alone: each row stays as it is.
      return Table(
        schema: node.schema,
        columns: zip(node.schema.fields, table.columns).map { field, column in
          field.name == node.column ? .nulls(field.type, count: table.rowCount) : column
        }, rowCount: table.rowCount)
    }
    var total = 0
    for row in 0..<table.rowCount {
      total += list.isNull(row) ? 1 : max(1, offsets.range(row).count)
    }
    try checkRowCount(total)
    try reserve(total * 8)
    let parents = Buffer<UInt32>(count: total)
    let places = Buffer<UInt32>(count: total)
    var position = 0
    for row in 0..<table.rowCount {
      if row & 0x3F == 0 { try attempt(control.check) }
      let range = list.isNull(row) ? 0..<0 : offsets.range(row)
      for index in 0..<max(1, range.count) {
        if index & 0xFFFFF == 0xFFFFF { try attempt(control.check) }
        parents.base[position] = UInt32(truncatingIfNeeded: row)
        places.base[position] =
          range.isEmpty ? .max : UInt32(truncatingIfNeeded: range.lowerBound + index)
        position += 1
      }
    }
    var columns: [Column] = []
    for field in node.schema.fields {
      if field.name == node.column {
        columns += try gather([elements], Values(places), optional: true)
      } else if let column = table[field.name] {
        columns += try gather([column], Values(parents))
      }
    }
    return Table(schema: node.schema, columns: columns, rowCount: total)
  }
}

/// Where the elements of each row's list stand.
private enum ListRanges {
  case offsets(Values<Int>)
  /// Every row has the same list.
  case constant(Int)

  func range(_ row: Int) -> Range<Int> {
    switch self {
    case .offsets(let offsets): offsets[row]..<offsets[row + 1]
    case .constant(let count): 0..<count
    }
  }
}

extension Column {
  /// The elements of all lists, and where each row's are; a list that all rows share stands once.
  fileprivate var listElements: (Column, ListRanges)? {
    if case .list(let offsets, let elements) = storage { return (elements, .offsets(offsets)) }
    guard case .list(let values, let element)? = constantValue else { return nil }
    return (Column(values, type: element), .constant(values.count))
  }
}
