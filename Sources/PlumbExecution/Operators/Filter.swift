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
    pipeline.append(operation, entry: entry, schema: schema, keepsRows: false)
    return pipeline
  }
}

/// Keeps the rows for which a condition is true, and of their columns the wanted ones.
private struct FilterOperator: BatchOperator {
  let condition: ExpressionEvaluator
  /// The positions of the columns that are handed on.
  let kept: [Int]
  let report: ExecutionReport?

  func apply(
    _ batch: Batch, _ emit: (Batch) throws(ExecutionError) -> Void
  ) throws(ExecutionError) {
    let mask = try condition.evaluate(batch)
    if let presence = mask.presence {
      let nullCount = batch.count - presence.setCount
      if nullCount > 0 { report?.addNullConditionRows(nullCount) }
    }
    let columns = kept.map { batch.columns[$0] }
    let chosen = mask.trueRows
    let count = chosen.setCount
    guard count > 0 else { return }
    if count == batch.count {
      try emit(Batch(columns: columns, count: count))
    } else if count * 4 > batch.count * 3 {
      // Few rows go: runs of rows are copied at once.
      try emit(Batch(columns: columns.map { $0.compacted(chosen, total: count) }, count: count))
    } else {
      let rows = chosen.setRows(total: count)
      try emit(Batch(columns: columns.map { $0.gathered(rows) }, count: count))
    }
  }
}
