import PlumbColumns
import PlumbDiagnostics
import PlumbPlan

extension Executor {
  /// For each row a row per element of its list; a null or empty list gives one row with null.
  func explode(_ node: LogicalPlan.Explode, _ demand: Demand) throws(ExecutionError) -> Table {
    let table = try table(node.input, demand.all)
    guard let list = table[node.column]?.materialized(),
      case .list(let offsets, let elements) = list.storage
    else {
      // A column of nulls alone: each row stays as it is.
      return Table(
        schema: node.schema,
        columns: zip(node.schema.fields, table.columns).map { field, column in
          field.name == node.column ? .nulls(field.type, count: table.rowCount) : column
        }, rowCount: table.rowCount)
    }
    var total = 0
    for row in 0..<table.rowCount {
      total += list.isNull(row) ? 1 : max(1, offsets[row + 1] - offsets[row])
    }
    try checkRowCount(total)
    try reserve(total * 8)
    let parents = Buffer<UInt32>(count: total)
    let places = Buffer<UInt32>(count: total)
    var position = 0
    for row in 0..<table.rowCount {
      if row & 0xFFFF == 0 { try attempt(control.check) }
      let start = offsets[row]
      let length = list.isNull(row) ? 0 : offsets[row + 1] - start
      for index in 0..<max(1, length) {
        parents.base[position] = UInt32(truncatingIfNeeded: row)
        places.base[position] = length == 0 ? .max : UInt32(truncatingIfNeeded: start + index)
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
