import PlumbColumns
import PlumbFunctions
import PlumbPlan

extension Executor {
  /// A row per group, in order of first appearance.
  func executeAggregate(_ node: LogicalPlan.Aggregate) throws(ExecutionError) -> Table {
    let table = try execute(node.input)
    return try aggregate(table, keys: node.keys, calls: node.calls, schema: node.schema)
  }

  /// Groups and aggregates the rows of a table on all threads.
  func aggregate(
    _ table: Table, keys: [OutputColumn], calls: [AggregateCall], schema: Schema
  ) throws(ExecutionError) -> Table {
    var bound: [GroupedAggregation.Program.Call] = []
    for call in calls {
      let arguments = try evaluators(call.arguments, schema: table.schema)
      let condition = try evaluators(call.condition.map { [$0] } ?? [], schema: table.schema)
      bound.append(
        GroupedAggregation.Program.Call(
          call: call, arguments: arguments, condition: condition.first))
    }
    let shares = shares(of: table.rowCount)
    let program = GroupedAggregation.Program(
      keys: try evaluators(keys.map(\.expression), schema: table.schema), calls: bound,
      expectedRows: table.rowCount / max(1, shares.count))
    let states = try runWorkers(shares.count, control: control) {
      (worker, scope) throws(ExecutionError) -> GroupedAggregation in
      let state = try GroupedAggregation(program)
      let share = shares[worker]
      var start = share.lowerBound
      while start < share.upperBound {
        try scope.check()
        let count = min(options.batchRows, share.upperBound - start)
        try state.consume(table.batch.slice(start, count))
        start += count
      }
      return state
    }
    guard let first = states.first else {
      return try GroupedAggregation(program).finish(schema: schema)
    }
    for later in states.dropFirst() {
      try attempt(control.check)
      try first.merge(later)
    }
    return try first.finish(schema: schema)
  }
}
