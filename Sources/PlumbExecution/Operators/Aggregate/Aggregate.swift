import PlumbColumns
import PlumbFunctions
import PlumbPlan

extension Executor {
  /// A row per group, in order of first appearance.
  func aggregate(
    _ node: LogicalPlan.Aggregate, _ demand: Demand
  ) throws(ExecutionError) -> Table {
    let calls = node.calls.filter { demand.wants($0.name) || $0.mustRun }
    return try aggregate(
      node.input, keys: node.keys, calls: calls, demand,
      schema: Schema(node.keys.map(\.field) + calls.map { Schema.Field($0.name, $0.type) }))
  }

  /// Groups and aggregates the rows of a plan: each thread folds a contiguous share of them, then
  /// the states are merged in the order of the rows.
  func aggregate(
    _ input: LogicalPlan, keys: [OutputColumn], calls: [AggregateCall], _ demand: Demand,
    schema: Schema
  ) throws(ExecutionError) -> Table {
    let pipeline = try pipeline(
      input, demand.only(keys.map(\.expression) + calls.flatMap(\.expressions)))
    let work = try AggregateWork(keys: keys, calls: calls, schema: pipeline.schema, executor: self)
    let states = try run(pipeline) { () throws(ExecutionError) in
      try AggregateState(work, expectedRows: pipeline.sourceRowCount)
    }
    for later in states.dropFirst() {
      try attempt(control.check)
      try states[0].merge(later)
    }
    try attempt(control.check)
    let result = try states[0].finish()
    return Table(schema: schema, columns: result.columns, rowCount: result.count)
  }
}

extension AggregateCall {
  /// What the call reads.
  var expressions: [ResolvedExpression] { arguments + (condition.map { [$0] } ?? []) }
}
