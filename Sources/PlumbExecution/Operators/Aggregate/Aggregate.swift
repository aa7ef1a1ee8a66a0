import PlumbColumns
import PlumbFunctions
import PlumbPlan

extension Executor {
  /// A row per group, in order of first appearance.
  func aggregate(
    _ node: LogicalPlan.Aggregate, _ demand: Demand
  ) throws(ExecutionError) -> Table {
    let calls = node.calls.filter { demand.wants($0.name) }
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
    var bound: [GroupedAggregation.Program.Call] = []
    for call in calls {
      let arguments = try evaluators(call.arguments, schema: pipeline.schema)
      let condition = try evaluators(call.condition.map { [$0] } ?? [], schema: pipeline.schema)
      bound.append(
        GroupedAggregation.Program.Call(
          call: call, arguments: arguments, condition: condition.first))
    }
    let program = GroupedAggregation.Program(
      keys: try evaluators(keys.map(\.expression), schema: pipeline.schema), calls: bound,
      expectedRows: pipeline.sourceRowCount)
    let states = try run(pipeline) { () throws(ExecutionError) in
      try GroupedAggregation(program)
    }
    for later in states.dropFirst() {
      try attempt(control.check)
      try states[0].merge(later)
    }
    return try states[0].finish(schema: schema)
  }
}

extension AggregateCall {
  /// What the call reads.
  var expressions: [ResolvedExpression] { arguments + (condition.map { [$0] } ?? []) }
}
