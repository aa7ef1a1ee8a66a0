import PlumbColumns

/// Keeps the batches that it gets until it has enough rows.
final class CollectingSink: BatchSink {
  private(set) var batches: [Batch] = []
  private var wanted: Int

  init(enough: Int = .max) { wanted = enough }

  func consume(_ batch: Batch) {
    guard wanted > 0 else { return }
    wanted -= batch.count
    batches.append(batch)
  }
}

extension Executor {
  /// All rows of a pipeline, in their order.
  func collect(_ pipeline: Pipeline) throws(ExecutionError) -> Table {
    let source = pipeline.source
    if pipeline.steps.isEmpty, pipeline.ranges.count <= 1 {
      let range = pipeline.ranges.first ?? 0..<0
      if range.count == source.rowCount { return source }
      return source.rows(range.lowerBound, range.count)
    }
    let sinks = try run(pipeline) { CollectingSink() }
    return try concatenate(sinks.flatMap(\.batches), schema: pipeline.schema)
  }

  /// Batches put one after the other, columns side by side on the threads.
  func concatenate(_ batches: [Batch], schema: Schema) throws(ExecutionError) -> Table {
    let rowCount = batches.reduce(0) { $0 + $1.count }
    if batches.count == 1 {
      return Table(schema: schema, columns: batches[0].columns, rowCount: rowCount)
    }
    try checkRowCount(rowCount)
    try reserve(batches.reduce(0) { $0 + $1.valueByteCount })
    let columns = try runWorkers(schema.count, control: control) {
      (index, scope) throws(ExecutionError) -> Column in
      try scope.check()
      return Column.concatenated(
        batches.map { $0.columns[index] }, type: schema.fields[index].type)
    }
    return Table(schema: schema, columns: columns, rowCount: rowCount)
  }

  /// Throws when a table would have more rows than row numbers reach.
  func checkRowCount(_ count: Int) throws(ExecutionError) {
    guard count >= Int(UInt32.max) else { return }
    throw ExecutionError.tooManyRows(count)
  }
}

extension Batch {
  /// The bytes of the values, dictionaries left out: about what a copy takes.
  fileprivate var valueByteCount: Int {
    columns.reduce(0) { total, column in
      switch column.storage {
      case .int8, .bool, .text8: total + count
      case .int16, .text16: total + count * 2
      case .int32, .text32: total + count * 4
      case .int64, .float, .list, .record: total + count * 8
      case .constant: total
      }
    }
  }
}
