import PlumbColumns
import PlumbPlan

extension Executor {
  /// Adds a filter to the pipeline of its input; chunks whose summaries rule them out are not
  /// read at all.
  func filter(_ node: LogicalPlan.Filter, _ demand: Demand) throws(ExecutionError) -> Pipeline {
    let entry = report?.begin("filter", depth: demand.depth)
    var pipeline = try pipeline(node.input, demand.adding([node.condition]))
    let condition = try evaluators([node.condition], schema: pipeline.schema)[0]
    if pipeline.steps.isEmpty {
      try pipeline.skipChunks(node.condition, control: control, report: report)
    }
    let schema = demand.wanted(of: pipeline.schema)
    let kept = schema.fields.compactMap { pipeline.schema.index(of: $0.name) }
    let operation = FilterOperator(condition: condition, kept: kept, report: report)
    pipeline.append(
      operation, entry: entry, schema: schema, keepsRows: false,
      canFail: node.condition.canFail)
    return pipeline
  }
}

/// Keeps the rows for which a condition is true, and of their columns the wanted ones.
struct FilterOperator: BatchOperator {
  let condition: ExpressionEvaluator
  /// The positions of the columns that are handed on.
  let kept: [Int]
  let report: ExecutionReport?

  func apply(
    _ batch: Batch, _ emit: (Batch) throws(ExecutionError) -> Void
  ) throws(ExecutionError) {
    switch try condition.chosenRows(batch) {
    case .rows(let rows, let nullCount):
      report?.addNullConditionRows(nullCount)
      try emitRows(rows, of: batch, emit)
    case .mask(let mask):
      report?.addNullConditionRows(mask.nullCount)
      let count = trueCount(mask)
      guard count > 0 else { return }
      if count == batch.count || kept.isEmpty {
        try emit(Batch(columns: kept.map { batch.columns[$0] }, count: count))
      } else if kept.count == 1 || count * 4 > batch.count * 3 {
        // One column takes its rows as they are found, so that reading far apart goes on beside
        // the search; where few rows go, runs of rows are copied at once.
        let chosen = mask.trueRows
        try emit(
          Batch(
            columns: kept.map { batch.columns[$0].compacted(chosen, total: count) },
            count: count))
      } else {
        try emitRows(selectedRows(mask).rows, of: batch, emit)
      }
    }
  }

  private func emitRows(
    _ rows: Values<UInt32>, of batch: Batch, _ emit: (Batch) throws(ExecutionError) -> Void
  ) throws(ExecutionError) {
    guard rows.count > 0 else { return }
    try emit(
      Batch(columns: kept.map { batch.columns[$0].gathered(rows) }, count: rows.count))
  }
}
