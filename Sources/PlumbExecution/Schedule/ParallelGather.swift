import PlumbColumns

extension Executor {
  /// The rows of columns at the given positions, in that order, taken by all threads.
  ///
  /// With `optional`, the position `UInt32.max` gives nulls.
  func gather(
    _ columns: [Column], _ rows: Values<UInt32>, optional: Bool = false
  ) throws(ExecutionError) -> [Column] {
    try reserve(columns.count * rows.count * 4)
    let pieceRows = 1 << 18
    let pieceCount = max(1, (rows.count + pieceRows - 1) / pieceRows)
    let fillings =
      optional || pieceCount == 1
      ? columns.map { _ in nil } : columns.map { ColumnFilling(like: $0, count: rows.count) }
    let pieces = try runWorkers(pieceCount * columns.count, control: control) {
      (task, scope) throws(ExecutionError) -> Column? in
      try scope.check()
      let start = task % pieceCount * pieceRows
      let part = rows.slice(start, min(pieceRows, rows.count - start))
      let column = columns[task / pieceCount]
      guard let filling = fillings[task / pieceCount] else {
        return optional ? column.gatheredOptional(part) : column.gathered(part)
      }
      filling.gather(column, part, at: start)
      return nil
    }
    return try runWorkers(columns.count, control: control) {
      (index, scope) throws(ExecutionError) -> Column in
      try scope.check()
      if let filling = fillings[index] { return filling.finish() }
      let own = pieces[(index * pieceCount)..<((index + 1) * pieceCount)].compactMap(\.self)
      return Column.concatenated(own, type: columns[index].type)
    }
  }

  /// The wanted columns of a table's rows at the given positions, in that order.
  func gather(
    _ table: Table, _ rows: Values<UInt32>, _ demand: Demand
  ) throws(ExecutionError) -> Table {
    let wanted = table.schema.fields.indices.filter { demand.wants(table.schema.fields[$0].name) }
    return Table(
      schema: Schema(
        wanted.map { table.schema.fields[$0] }, families: table.schema.families),
      columns: try gather(wanted.map { table.columns[$0] }, rows), rowCount: rows.count)
  }

  /// Throws when so many more bytes would go over the memory limit.
  func reserve(_ byteCount: Int) throws(ExecutionError) {
    try attempt { () throws(RunControl.Interruption) in try control.reserve(byteCount) }
  }

  /// Cuts `count` rows into runs of whole morsels, one for each thread that is worth its start.
  func shares(of count: Int) -> [Range<Int>] {
    let morselRows = max(1, options.morselRows)
    let morsels = (count + morselRows - 1) / morselRows
    let workers = max(1, min(control.threadCount, morsels))
    return (0..<workers).map {
      let start = min(count, morsels * $0 / workers * morselRows)
      return start..<min(count, morsels * ($0 + 1) / workers * morselRows)
    }
  }
}
