import PlumbColumns
import PlumbPlan

extension Executor {
  /// A run of the rows; no more is computed than it takes to find them, unless it may fail.
  func limit(_ node: LogicalPlan.Limit, _ demand: Demand) throws(ExecutionError) -> Pipeline {
    let entry = report?.begin("limit", depth: demand.depth)
    let skip = max(0, node.skip)
    if case .sort(let sorting) = node.input, let count = node.count {
      let (wanted, overflow) = skip.addingReportingOverflow(max(0, count))
      let first = try measured(
        node.input, Demand(columns: demand.columns, depth: demand.depth + 1)
      ) { (demand) throws(ExecutionError) in
        try sort(sorting, first: overflow ? .max : wanted, demand)
      }
      let start = min(skip, first.rowCount)
      let table = first.rows(start, first.rowCount - start)
      if let entry { report?.add(entry, rowCount: table.rowCount, seconds: 0) }
      return Pipeline(table)
    }
    var pipeline = try pipeline(
      node.input, Demand(columns: demand.columns, depth: demand.depth + 1))
    if pipeline.keepsRows, !pipeline.canFail {
      pipeline.ranges = pipeline.ranges.trimmed(skip: skip, limit: node.count.map { max(0, $0) })
      if let entry { report?.add(entry, rowCount: pipeline.sourceRowCount, seconds: 0) }
      return pipeline
    }
    var wanted = Int.max
    if let count = node.count {
      let (sum, overflow) = skip.addingReportingOverflow(max(0, count))
      wanted = overflow ? .max : sum
    }
    let found = try firstRows(of: pipeline, count: wanted)
    let start = min(skip, found.rowCount)
    let table = found.rows(start, min(wanted, found.rowCount) - start)
    if let entry { report?.add(entry, rowCount: table.rowCount, seconds: 0) }
    return Pipeline(table)
  }

  /// At least the first rows of a pipeline, from ever larger runs of its source.
  private func firstRows(of pipeline: Pipeline, count: Int) throws(ExecutionError) -> Table {
    guard count < .max else { return try collect(pipeline) }
    if pipeline.canFail {
      let sinks = try run(pipeline) { CollectingSink(enough: count) }
      return try concatenate(sinks.flatMap(\.batches), schema: pipeline.schema)
    }
    var batches: [Batch] = []
    var found = 0
    var begun = 0
    var length = max(1, options.batchRows)
    while found < count, begun < pipeline.sourceRowCount {
      var part = pipeline
      part.ranges = pipeline.ranges.trimmed(skip: begun, limit: length)
      for sink in try run(part, { CollectingSink() }) {
        batches += sink.batches
        found += sink.batches.reduce(0) { $0 + $1.count }
      }
      begun += length
      length *= 4
    }
    return try concatenate(batches, schema: pipeline.schema)
  }
}

extension Table {
  /// The rows from `start`, `count` of them, sharing memory.
  func rows(_ start: Int, _ count: Int) -> Table {
    if start == 0, count == rowCount { return self }
    return Table(
      schema: schema, columns: columns.map { $0.slice(start, count) }, rowCount: count)
  }
}
