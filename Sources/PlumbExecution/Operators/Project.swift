import PlumbColumns
import PlumbPlan

extension Executor {
  /// Adds the computing of columns to the pipeline of its input.
  func project(_ node: LogicalPlan.Project, _ demand: Demand) throws(ExecutionError) -> Pipeline {
    let items = node.items.filter { demand.wants($0.name) }
    let unread = node.items.filter { !demand.wants($0.name) && $0.expression.mustRun }
    let schema = Schema(items.map(\.field), families: node.schema.families)
    let expressions = (items + unread).map(\.expression)
    let entry = report?.begin("project", depth: demand.depth)
    var pipeline = try pipeline(node.input, demand.only(expressions))
    let bound = try evaluators(expressions, schema: pipeline.schema)
    let columns = bound.compactMap(\.columnIndex)
    if pipeline.steps.isEmpty, columns.count == bound.count, unread.isEmpty {
      // Nothing to compute: the source itself under other names.
      pipeline.select(columns, schema: schema)
      if let entry { report?.add(entry, rowCount: pipeline.sourceRowCount, seconds: 0) }
      return pipeline
    }
    pipeline.append(
      ProjectOperator(items: Array(bound[..<items.count]), unread: Array(bound[items.count...])),
      entry: entry, schema: schema, keepsRows: true,
      canFail: expressions.contains(where: \.canFail))
    return pipeline
  }
}

private struct ProjectOperator: BatchOperator {
  let items: [ExpressionEvaluator]
  /// What is computed only because it may fail.
  let unread: [ExpressionEvaluator]

  func apply(
    _ batch: Batch, _ emit: (Batch) throws(ExecutionError) -> Void
  ) throws(ExecutionError) {
    var columns: [Column] = []
    columns.reserveCapacity(items.count)
    for item in items { columns.append(try item.evaluate(batch)) }
    for item in unread { _ = try item.evaluate(batch) }
    try emit(Batch(columns: columns, count: batch.count))
  }
}
