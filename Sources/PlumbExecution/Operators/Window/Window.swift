import PlumbColumns
import PlumbFunctions
import PlumbPlan

extension Executor {
  /// Adds columns computed over ordered groups; the rows keep their order.
  ///
  /// Groups are brought together by a counting sort and shared among the threads. Where rows lie
  /// in the window's order already, as logged history does, nothing is moved.
  func window(_ node: LogicalPlan.Window, _ demand: Demand) throws(ExecutionError) -> Table {
    let wantedCalls = node.calls.filter { demand.wants($0.name) }
    let table = try table(
      node.input,
      demand.adding(
        node.groups + node.sort.map(\.expression) + wantedCalls.flatMap(\.expressions)))
    let schema = Schema(
      table.schema.fields.filter { demand.wants($0.name) }
        + wantedCalls.map { Schema.Field($0.name, $0.type) })
    let count = table.rowCount
    guard count > 0 else { return Table.empty(schema) }
    let sort = try sortKeys(node.sort, of: table)
    var calls: [WindowWork.Call] = []
    for call in wantedCalls { calls.append(try windowCall(call, table)) }
    let work = WindowWork(
      grouped: try windowGroups(node, table), sort: sort, calls: calls, environment: environment,
      control: control)
    let tasks = work.tasks(rowsPerTask: max(1, options.morselRows))
    let pieces = try runWorkers(tasks.count, control: control) {
      (task, scope) throws(ExecutionError) -> WindowWork.Piece in
      try scope.check()
      return try work.compute(tasks[task])
    }
    var columns = table.schema.fields.indices.filter {
      demand.wants(table.schema.fields[$0].name)
    }.map { table.columns[$0] }
    for (index, call) in wantedCalls.enumerated() {
      columns.append(try rowOrder(pieces, index, call.type, count: count))
    }
    return Table(schema: schema, columns: columns, rowCount: count)
  }

  /// The rows of the window's groups, side by side.
  private func windowGroups(
    _ node: LogicalPlan.Window, _ table: Table
  ) throws(ExecutionError) -> GroupedRows {
    guard !node.groups.isEmpty else {
      return GroupedRows(
        offsets: Buffer([0, UInt32(truncatingIfNeeded: table.rowCount)]), rows: nil)
    }
    let keys = try columns(node.groups, of: table)
    let found = try groupRows(keys, types: node.groups.map(\.type), count: table.rowCount)
    return try bringTogether(found.groups, groupCount: found.groupCount)
  }

  private func windowCall(
    _ call: WindowFunctionCall, _ table: Table
  ) throws(ExecutionError) -> WindowWork.Call {
    switch call.kind {
    case .function(_, let overload, let arguments, let type, let range):
      return WindowWork.Call(
        kind: .function(overload, type), arguments: try columns(arguments, of: table),
        included: nil, range: range)
    case .aggregate(let aggregate, let frame):
      var setup = aggregate.setup
      setup.threadCount = 1
      let bounds =
        frame.map { PlumbFunctions.RowFrame(lower: $0.lower, upper: $0.upper) } ?? .wholeGroup
      var included: Column?
      if let condition = aggregate.condition { included = try columns([condition], of: table)[0] }
      return WindowWork.Call(
        kind: .aggregate(aggregate.overload, setup, bounds, name: aggregate.function.name),
        arguments: try columns(aggregate.arguments, of: table), included: included,
        range: aggregate.range)
    }
  }
}

extension WindowFunctionCall {
  /// What the call reads.
  fileprivate var expressions: [ResolvedExpression] {
    switch kind {
    case .function(_, _, let arguments, _, _): arguments
    case .aggregate(let call, _): call.arguments + (call.condition.map { [$0] } ?? [])
    }
  }
}
