import PlumbColumns
import PlumbColumnsTesting
import PlumbExecution
import PlumbFunctions
import PlumbPlan
import Testing

/// Different values of groups, so many that they are counted in parts.
@Suite struct CountDistinctTests {
  private static let rowCount = 400_000

  private func counts(
    _ values: [Value], type: DataType, _ groups: [Int], _ configuration: (Int, Int, Int)
  ) throws -> [[Value]] {
    let table = Table(
      schema: Schema([Schema.Field("g", .int), Schema.Field("x", type)]),
      columns: [Column(groups), Column(values, type: type)], rowCount: values.count)
    let function = try #require(FunctionCatalog.builtin.aggregates["count_distinct"])
    let call = AggregateCall(
      name: "n", function: function, overload: function.overloads[0],
      arguments: [.column("x", type)], condition: nil, type: .int)
    let plan = LogicalPlan.aggregate(
      LogicalPlan.Aggregate(
        input: PlanComparison.scan(table),
        keys: [OutputColumn("g", .column("g", .int))], calls: [call]))
    let result = try PlanComparison.run(plan, configuration)
    return (0..<result.rowCount).map { result.row($0) }
  }

  @Test(arguments: [DataType.float, .int, .string])
  func ofManyValues(type: DataType) throws {
    var random = SeededGenerator(seed: propertySeed())
    let groups = (0..<Self.rowCount).map { _ in Int.random(in: 0..<7, using: &random) }
    let values = (0..<Self.rowCount).map { row -> Value in
      if random.once(in: 50) { return .null }
      // Mostly different, some again and again.
      let number = random.once(in: 5) ? row % 1_000 : Int.random(in: 0..<(1 << 40), using: &random)
      switch type {
      case .float: return random.once(in: 50) ? .float(.nan) : .float(Double(number) / 8)
      case .int: return .int(number)
      default: return .string("v\(number)")
      }
    }
    var different: [Int: Set<String>] = [:]
    var order: [Int] = []
    for (group, value) in zip(groups, values) {
      if different[group] == nil { order.append(group) }
      different[group, default: []].formUnion(value == .null ? [] : ["\(value)"])
    }
    let expected = order.map { [Value.int($0), .int(different[$0]?.count ?? 0)] }
    #expect(try counts(values, type: type, groups, (65_536, 65_536, 1)) == expected)
    #expect(try counts(values, type: type, groups, (20_000, 20_000, 3)) == expected)
  }
}
