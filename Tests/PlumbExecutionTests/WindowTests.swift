import PlumbColumns
import PlumbColumnsTesting
import PlumbExecution
import PlumbFunctions
import PlumbPlan
import Testing

/// Windows over random tables give what the row-at-a-time reference gives.
@Suite struct WindowTests {
  @Test(arguments: propertySeeds(6))
  func agreesWithTheReference(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<60 {
      let table = RandomTable(&random)
      let groups = (0..<Int.random(in: 0...2, using: &random)).map { _ in table.anyColumn(&random) }
      let sort = (0..<Int.random(in: 0...2, using: &random)).map { _ in
        OrderKey(table.anyColumn(&random), isDescending: Bool.random(using: &random))
      }
      let calls = try (0..<Int.random(in: 1...3, using: &random)).map { index in
        try call("w\(index)", table, &random)
      }
      let schema = Schema(
        table.schema.fields + calls.map { Schema.Field($0.name, $0.type) })
      try PlanComparison.check(
        .window(
          LogicalPlan.Window(
            input: table.plan, calls: calls, groups: groups, sort: sort, schema: schema)),
        "seed \(seed), round \(round), by \(groups) sort \(sort), \(calls.map(\.kind))")
    }
  }

  /// Rows that lie in the window's order already are not moved, and give the same.
  @Test func ordersWithinGroupsThatLieTogether() throws {
    let groups = (0..<300).map { $0 / 10 }
    let steps = (0..<300).map { $0 % 10 }
    for (name, order) in [("in order", steps), ("backwards", steps.map { 9 - $0 })] {
      let table = Table(
        schema: Schema([Schema.Field("g", .int), Schema.Field("s", .int)]),
        columns: [Column(groups), Column(order)], rowCount: 300)
      let rowNumber = try #require(FunctionCatalog.builtin.windows["row_number"])
      let call = WindowFunctionCall(
        name: "n",
        kind: .function(
          rowNumber, rowNumber.overloads[0], arguments: [], type: .int, range: nil))
      try PlanComparison.check(
        .window(
          LogicalPlan.Window(
            input: PlanComparison.scan(table), calls: [call], groups: [.column("g", .int)],
            sort: [OrderKey(.column("s", .int), isDescending: false)],
            schema: Schema(table.schema.fields + [Schema.Field("n", .int)]))),
        Comment(rawValue: name))
    }
  }

  private func call(
    _ name: String, _ table: RandomTable, _ random: inout SeededGenerator
  ) throws -> WindowFunctionCall {
    if random.once(in: 2) {
      let functionName = ["row_number", "rank"].randomElement(using: &random) ?? "rank"
      let function = try #require(FunctionCatalog.builtin.windows[functionName])
      return WindowFunctionCall(
        name: name,
        kind: .function(function, function.overloads[0], arguments: [], type: .int, range: nil))
    }
    let argument = table.anyColumn(&random)
    let functionName =
      ["count", "min", "max", "first", "last"].randomElement(using: &random) ?? "count"
    let function = try #require(FunctionCatalog.builtin.aggregates[functionName])
    let overload = try #require(function.overloads.first { $0.parameters.count == 1 })
    var condition: ResolvedExpression?
    if let field = table.schema.fields.first(where: { $0.type == .bool }), random.once(in: 2) {
      condition = .column(field.name, .bool)
    }
    let frames: [RowBounds?] = [
      nil, RowBounds(lower: nil, upper: 0), RowBounds(lower: -2, upper: 0),
      RowBounds(lower: -1, upper: 1), RowBounds(lower: 1, upper: 3),
    ]
    return WindowFunctionCall(
      name: name,
      kind: .aggregate(
        AggregateCall(
          name: name, function: function, overload: overload, arguments: [argument],
          condition: condition, type: overload.result.type(for: [argument.type])),
        frame: frames.randomElement(using: &random) ?? nil))
  }
}
