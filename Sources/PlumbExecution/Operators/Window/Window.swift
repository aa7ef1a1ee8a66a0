import PlumbColumns
import PlumbFunctions
import PlumbPlan

extension Executor {
  /// Adds columns computed over ordered groups; the rows keep their order.
  ///
  /// Groups are brought together by a counting sort and shared among the threads. Where rows lie
  /// in the window's order already, as logged history does, nothing is moved.
  func window(_ node: LogicalPlan.Window, _ demand: Demand) throws(ExecutionError) -> Table {
    let calls = node.calls.filter { demand.wants($0.name) || $0.mustRun }
    let table = try table(
      node.input,
      demand.adding(
        node.groups + node.sort.map(\.expression) + calls.flatMap(\.expressions)))
    let schema = Schema(
      table.schema.fields.filter { demand.wants($0.name) }
        + calls.map { Schema.Field($0.name, $0.type) })
    let count = table.rowCount
    guard count > 0 else { return Table.empty(schema) }
    var input = WindowInput(sort: try sortKeys(node.sort, of: table))
    for call in calls { input.calls.append(try windowCall(call, table)) }
    let results = try windowResults(
      input, groups: node.groups.isEmpty ? nil : try windowGroups(node, table), count: count,
      types: calls.map(\.type))
    let kept = table.schema.fields.indices.filter { demand.wants(table.schema.fields[$0].name) }
    return Table(
      schema: schema, columns: kept.map { table.columns[$0] } + results, rowCount: count)
  }

  /// The results of the calls, in the order of the rows.
  private func windowResults(
    _ input: WindowInput, groups: RowGroups?, count: Int, types: [DataType]
  ) throws(ExecutionError) -> [Column] {
    guard let groups else {
      let all = GroupedRows(
        offsets: Buffer([0, UInt32(truncatingIfNeeded: count)]), rows: nil)
      return try windowResults(input, all, count: count, types: types)
    }
    if let spread = try spreadRows(groups.groups, groupCount: groups.groupCount),
      let moved = try self.spread(input, spread)
    {
      let together = try bringTogether(
        try self.spread(groups.groups, spread), groupCount: groups.groupCount)
      return try unspread(
        try windowResults(moved, together, count: count, types: types), spread)
    }
    let together = try bringTogether(groups.groups, groupCount: groups.groupCount)
    return try windowResults(input, together, count: count, types: types)
  }

  private func windowResults(
    _ input: WindowInput, _ grouped: GroupedRows, count: Int, types: [DataType]
  ) throws(ExecutionError) -> [Column] {
    let work = WindowWork(
      grouped: grouped, sort: input.sort, calls: input.calls, environment: environment,
      control: control)
    let tasks = work.tasks(rowsPerTask: max(1, options.morselRows))
    let pieces = try runWorkers(tasks.count, control: control) {
      (task, scope) throws(ExecutionError) -> WindowWork.Piece in
      try scope.check()
      return try work.compute(tasks[task])
    }
    var results: [Column] = []
    for (index, type) in types.enumerated() {
      results.append(try rowOrder(pieces, index, type, count: count))
    }
    return results
  }

  /// What the calls read, moved with the rows; nil where something cannot be moved.
  private func spread(
    _ input: WindowInput, _ rows: SpreadRows
  ) throws(ExecutionError) -> WindowInput? {
    var moved = WindowInput(sort: [])
    for key in input.sort {
      guard let column = try spread(key.column, rows) else { return nil }
      moved.sort.append((column, key.isDescending))
    }
    for var call in input.calls {
      for index in call.arguments.indices {
        guard let column = try spread(call.arguments[index], rows) else { return nil }
        call.arguments[index] = column
      }
      if let included = call.included {
        guard let column = try spread(included, rows) else { return nil }
        call.included = column
      }
      moved.calls.append(call)
    }
    return moved
  }

  private func windowGroups(
    _ node: LogicalPlan.Window, _ table: Table
  ) throws(ExecutionError) -> RowGroups {
    try groupRows(
      try columns(node.groups, of: table), types: node.groups.map(\.type), count: table.rowCount)
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

/// The columns that a window's order and calls read.
private struct WindowInput {
  var sort: [SortKey]
  var calls: [WindowWork.Call] = []
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
