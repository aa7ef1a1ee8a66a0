import PlumbColumns
import PlumbColumnsTesting
import PlumbExecution
import PlumbFunctions
import PlumbPlan
import Testing

/// Operators on random tables give what the row-at-a-time reference gives, whatever the size of
/// batches and the number of threads.
@Suite struct OperatorTests {
  @Test(arguments: propertySeeds(4))
  func sortsTailsAndLimits(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<60 {
      let table = RandomTable(&random)
      let keys = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        OrderKey(table.anyColumn(&random), isDescending: Bool.random(using: &random))
      }
      let sorted = LogicalPlan.sort(LogicalPlan.Sort(input: table.plan, keys: keys))
      let plan: LogicalPlan =
        switch round % 3 {
        case 0: sorted
        case 1: .tail(LogicalPlan.Tail(input: sorted, count: Int.random(in: 0...9, using: &random)))
        default:
          .limit(
            LogicalPlan.Limit(
              input: sorted, skip: Int.random(in: 0...9, using: &random),
              count: Int.random(in: 0...9, using: &random)))
        }
      try PlanComparison.check(plan, "seed \(seed), round \(round), \(keys)")
    }
  }

  @Test(arguments: propertySeeds(4))
  func findsParetoRows(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<40 {
      let table = RandomTable(&random)
      let keys = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        OrderKey(table.anyColumn(&random), isDescending: Bool.random(using: &random))
      }
      try PlanComparison.check(
        .pareto(LogicalPlan.Pareto(input: table.plan, objectives: keys)),
        "seed \(seed), round \(round), \(keys)")
    }
  }

  @Test(arguments: propertySeeds(4))
  func changesShapes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<40 {
      let table = RandomTable(&random)
      let comment: Comment = "seed \(seed), round \(round)"
      let lists = table.schema.fields.filter { if case .list = $0.type { true } else { false } }
      if let list = lists.first, case .list(let element) = list.type {
        let schema = Schema(
          table.schema.fields.map { $0 == list ? Schema.Field($0.name, element) : $0 })
        try PlanComparison.check(
          .explode(LogicalPlan.Explode(input: table.plan, column: list.name, schema: schema)),
          comment)
      }
      let numbers = table.schema.fields.filter(\.type.isNumeric)
      guard !numbers.isEmpty else { continue }
      let type: DataType = numbers.allSatisfy { $0.type == .int } ? .int : .float
      let rest = table.schema.fields.filter { !numbers.contains($0) }
      try PlanComparison.check(
        .unpivot(
          LogicalPlan.Unpivot(
            input: table.plan, columns: numbers.map(\.name), keyName: "key", valueName: "value",
            valueType: type,
            schema: Schema(rest + [Schema.Field("key", .string), Schema.Field("value", type)]))),
        comment)
    }
  }

  @Test(arguments: propertySeeds(4))
  func fillsTimeGrids(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<40 {
      let count = [0, 1, 10, 60].randomElement(using: &random) ?? 0
      let times = (0..<count).map { _ in
        random.once(in: 6) ? Value.null : .timestamp(Int.random(in: -50...50, using: &random) * 7)
      }
      let fields = [
        Schema.Field("g", .string), Schema.Field("t", .timestamp), Schema.Field("x", .float),
      ]
      let table = Table(
        schema: Schema(fields),
        columns: [
          random.column(.string, count: count), Column(times, type: .timestamp),
          random.column(.float, count: count),
        ], rowCount: count)
      let node = LogicalPlan.Fill(
        input: PlanComparison.scan(table), timeColumn: "t",
        stepMicroseconds: [1, 7, 60, 1_000].randomElement(using: &random) ?? 1,
        groups: random.once(in: 3) ? [] : ["g"])
      try PlanComparison.check(
        .fill(node), "seed \(seed), round \(round), step \(node.stepMicroseconds)")
    }
  }

  @Test(arguments: propertySeeds(6))
  func matchesTimes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<60 {
      let time: DataType = [.timestamp, .int, .float].randomElement(using: &random) ?? .int
      let left = timed("l", time, &random)
      let right = timed("r", time, &random)
      let directions: [LogicalPlan.AsofJoin.Direction] = [.backward, .forward, .nearest]
      let direction = directions.randomElement(using: &random) ?? .backward
      var tolerance: Value?
      if random.once(in: 2) { tolerance = time == .float ? .float(2.5) : .int(3) }
      try PlanComparison.check(
        .asof(
          LogicalPlan.AsofJoin(
            left: PlanComparison.scan(left), right: PlanComparison.scan(right),
            leftTime: .column("t", time), rightTime: .column("t", time),
            keys: random.once(in: 3)
              ? [] : [KeyPair(left: .column("g", .string), right: .column("g", .string))],
            direction: direction, tolerance: tolerance,
            rightColumns: [
              RightColumn(name: "t", outputName: "t_right"),
              RightColumn(name: "rx", outputName: "rx"),
            ],
            schema: Schema(
              left.schema.fields + [Schema.Field("t_right", time), Schema.Field("rx", .int)]))),
        "seed \(seed), round \(round), \(direction), \(time), \(String(describing: tolerance))")
    }
  }

  private func timed(
    _ side: String, _ time: DataType, _ random: inout SeededGenerator
  ) -> Table {
    let count = [0, 1, 10, 60].randomElement(using: &random) ?? 0
    let times = (0..<count).map { _ -> Value in
      if random.once(in: 8) { return .null }
      let number = Int.random(in: -20...20, using: &random)
      switch time {
      case .timestamp: return .timestamp(number)
      case .float: return random.once(in: 8) ? .float(.nan) : .float(Double(number) / 2)
      default: return .int(number)
      }
    }
    let groups = (0..<count).map { _ -> Value in
      random.once(in: 8) ? .null : .string(["a", "b", "c"].randomElement(using: &random) ?? "a")
    }
    return Table(
      schema: Schema([
        Schema.Field("g", .string), Schema.Field("t", time), Schema.Field("\(side)x", .int),
      ]),
      columns: [
        Column(groups, type: .string), Column(times, type: time), Column(Array(0..<count)),
      ], rowCount: count)
  }

  @Test func samplesAreSeededAndInOrder() throws {
    let table = Table(
      schema: Schema([Schema.Field("x", .int)]), columns: [Column(Array(0..<1_000))],
      rowCount: 1_000)
    func sample(_ count: Int, _ seed: Int?) throws -> [Int] {
      let node = LogicalPlan.Sample(input: PlanComparison.scan(table), count: count, seed: seed)
      let result = try PlanComparison.run(.sample(node), (64, 64, 2))
      return result.columns[0].values.compactMap { if case .int(let x) = $0 { x } else { nil } }
    }
    let drawn = try sample(100, 7)
    #expect(drawn.count == 100)
    #expect(Set(drawn).count == 100)
    #expect(drawn == drawn.sorted())
    #expect(try sample(100, 7) == drawn)
    #expect(try sample(100, 8) != drawn)
    #expect(try sample(2_000, nil) == Array(0..<1_000))
    #expect(try sample(0, 1) == [])
    // Each row is drawn in about a tenth of many samples.
    var hits = [Int](repeating: 0, count: 1_000)
    for seed in 0..<300 { for row in try sample(100, seed) { hits[row] += 1 } }
    #expect(hits.allSatisfy { (5...65).contains($0) })
  }

  @Test func describesColumns() throws {
    let table = Table(
      schema: Schema([
        Schema.Field("n", .int), Schema.Field("f", .float), Schema.Field("s", .string),
        Schema.Field("l", .list(.int)),
      ]),
      columns: [
        Column([1, 2, 3, 4]),
        Column([.float(1.5), .null, .float(.nan), .float(-2)], type: .float),
        Column(["b", "a", "b", "c"]),
        Column([.null, .list([.int(1)], element: .int), .null, .null], type: .list(.int)),
      ], rowCount: 4)
    for configuration in PlanComparison.configurations {
      let result = try PlanComparison.run(
        .describe(LogicalPlan.Describe(input: PlanComparison.scan(table))), configuration)
      #expect(
        result.row(0) == [
          .string("n"), .string("int"), .int(4), .int(0), .int(4), .float(2.5),
          .float(1.2909944487358056), .string("1"), .float(1.75), .float(2.5), .float(3.25),
          .string("4"),
        ])
      #expect(
        result.row(1) == [
          .string("f"), .string("float"), .int(3), .int(1), .int(3), .float(.nan), .float(.nan),
          .string("-2.0"), .float(-1.125), .float(-0.25), .float(0.625), .string("1.5"),
        ])
      #expect(
        result.row(2) == [
          .string("s"), .string("string"), .int(4), .int(0), .int(3), .null, .null, .string("a"),
          .null, .null, .null, .string("c"),
        ])
      #expect(
        result.row(3).prefix(5) == [.string("l"), .string("list<int>"), .int(1), .int(3), .int(1)])
    }
  }
}

/// A table with columns of random types, layouts and values.
struct RandomTable {
  let table: Table

  var schema: Schema { table.schema }
  var plan: LogicalPlan { PlanComparison.scan(table) }

  init(_ random: inout SeededGenerator) {
    let count = [0, 1, 5, 40, 130].randomElement(using: &random) ?? 0
    let types = (0..<Int.random(in: 1...5, using: &random)).map { _ in
      SeededGenerator.types.randomElement(using: &random) ?? .int
    }
    table = Table(
      schema: Schema(types.enumerated().map { Schema.Field("c\($0.offset)", $0.element) }),
      columns: types.map { random.column($0, count: count) }, rowCount: count)
  }

  func anyColumn(_ random: inout SeededGenerator) -> ResolvedExpression {
    let field = schema.fields.randomElement(using: &random) ?? Schema.Field("c0", .int)
    return .column(field.name, field.type)
  }
}
