import PlumbColumns
import PlumbPlan

extension Executor {
  /// Adds the computing of columns to the pipeline of its input.
  func project(_ node: LogicalPlan.Project, _ demand: Demand) throws(ExecutionError) -> Pipeline {
    let items = node.items.filter { demand.wants($0.name) }
    let schema = Schema(items.map(\.field), families: node.schema.families)
    let expressions = items.map(\.expression)
    let entry = report?.begin("project", depth: demand.depth)
    var pipeline = try pipeline(node.input, demand.only(expressions))
    let bound = try evaluators(expressions, schema: pipeline.schema)
    let columns = bound.compactMap(\.columnIndex)
    if pipeline.steps.isEmpty, columns.count == bound.count {
      // Nothing to compute: the source itself under other names.
      pipeline.select(columns, schema: schema)
      if let entry { report?.add(entry, rowCount: pipeline.sourceRowCount, seconds: 0) }
      return pipeline
    }
    pipeline.append(
      ProjectOperator(items: bound), entry: entry, schema: schema, keepsRows: true)
    return pipeline
  }
}

private struct ProjectOperator: BatchOperator {
  let items: [ExpressionEvaluator]

  func apply(
    _ batch: Batch, _ emit: (Batch) throws(ExecutionError) -> Void
  ) throws(ExecutionError) {
    var columns: [Column] = []
    columns.reserveCapacity(items.count)
    for item in items { columns.append(try item.evaluate(batch)) }
    try emit(Batch(columns: columns, count: batch.count))
  }
}
