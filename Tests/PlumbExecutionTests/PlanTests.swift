import PlumbColumns
import PlumbColumnsTesting
import PlumbDiagnostics
import PlumbExecution
import PlumbFunctions
import PlumbPlan
import Testing

/// Random chains of operations give what the row-at-a-time reference gives: what is fused, what
/// is left out because nobody reads it, and what is skipped changes nothing.
@Suite struct PlanTests {
  @Test(arguments: propertySeeds(8))
  func chainsAgreeWithTheReference(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<120 {
      var plans = RandomPlans(random: random)
      var plan = RandomTable(&plans.random).plan
      var names: [String] = []
      for _ in 0..<Int.random(in: 1...5, using: &plans.random) {
        let (next, name) = try plans.operation(on: plan)
        plan = next
        names.append(name)
      }
      try PlanComparison.check(plan, "seed \(seed), round \(round), \(names)")
      _ = random.next()
      random = SeededGenerator(seed: random.next())
    }
  }

  /// Chunks are skipped, and counted, only where the condition can hold for no row.
  @Test func skipsChunksByTheirSummaries() throws {
    let count = Table.chunkRows * 3 + 17
    let names = (0..<count).map { "run\($0 / 50_000)" }
    let table = Table(
      schema: Schema([
        Schema.Field("i", .int), Schema.Field("f", .float), Schema.Field("s", .string),
      ]),
      columns: [
        Column(Array(0..<count)), Column((0..<count).map { Double($0) / 2 }), Column(names),
      ], rowCount: count)
    func rows(_ condition: ResolvedExpression) throws -> (rows: Int, skipped: Int, chunks: Int) {
      let report = ExecutionReport()
      let control = RunControl(threadCount: 2)
      let executor = Executor(
        control: control, environment: Environment(nowMicroseconds: 0, control: control),
        report: report)
      let plan = LogicalPlan.filter(
        LogicalPlan.Filter(input: PlanComparison.scan(table), condition: condition))
      let result = try executor.execute(plan)
      let scan = try #require(report.operators.first { $0.name == "scan" })
      return (result.rowCount, scan.skippedChunkCount, scan.chunkCount)
    }
    let i = ResolvedExpression.column("i", .int)
    let f = ResolvedExpression.column("f", .float)
    let s = ResolvedExpression.column("s", .string)
    #expect(try rows(.compare(.less, i, .literal(.int(10), .int))) == (10, 3, 4))
    #expect(try rows(.compare(.greater, .literal(.int(10), .int), i)) == (10, 3, 4))
    #expect(try rows(.compare(.greaterOrEqual, f, .literal(.float(0), .float))) == (count, 0, 4))
    #expect(try rows(.compare(.equal, s, .literal(.string("run0"), .string))) == (50_000, 3, 4))
    #expect(try rows(.compare(.equal, s, .literal(.string("none"), .string))) == (0, 4, 4))
    #expect(try rows(.isInSet(i, ValueSet([.int(5), .int(count - 1)]))) == (2, 2, 4))
    #expect(
      try rows(
        .and([
          .compare(.greater, i, .literal(.int(Table.chunkRows), .int)),
          .compare(.less, i, .literal(.int(Table.chunkRows + 5), .int)),
        ])) == (4, 3, 4))
    #expect(try rows(.compare(.notEqual, i, .literal(.int(-1), .int))) == (count, 0, 4))
  }

  @Test func countsNullConditionsInSkippedChunksToo() throws {
    let count = Table.chunkRows * 2
    let values = (0..<count).map { $0 == 70_000 ? Value.null : .int($0) }
    let table = Table(
      schema: Schema([Schema.Field("i", .int)]), columns: [Column(values, type: .int)],
      rowCount: count)
    let report = ExecutionReport()
    let control = RunControl(threadCount: 2)
    let executor = Executor(
      control: control, environment: Environment(nowMicroseconds: 0, control: control),
      report: report)
    let result = try executor.execute(
      .filter(
        LogicalPlan.Filter(
          input: PlanComparison.scan(table),
          condition: .compare(.less, .column("i", .int), .literal(.int(3), .int)))))
    #expect(result.rowCount == 3)
    #expect(report.nullConditionRows == 1)
  }

  @Test func stopsWhenCancelledOrOutOfMemory() throws {
    let count = 200_000
    let table = Table(
      schema: Schema([Schema.Field("i", .int)]), columns: [Column(Array(0..<count))],
      rowCount: count)
    let plan = LogicalPlan.sort(
      LogicalPlan.Sort(
        input: PlanComparison.scan(table),
        keys: [OrderKey(.column("i", .int), isDescending: true)]))
    let cancelled = RunControl(threadCount: 2)
    cancelled.cancel()
    let stopped = #expect(throws: ExecutionError.self) {
      try Executor(
        control: cancelled, environment: Environment(nowMicroseconds: 0, control: cancelled)
      ).execute(plan)
    }
    #expect(stopped?.code.id == "E0405")
    let limited = RunControl(threadCount: 2, memoryLimitBytes: MemoryBudget.heldBytes + 1_000_000)
    let starved = #expect(throws: ExecutionError.self) {
      try Executor(
        control: limited, environment: Environment(nowMicroseconds: 0, control: limited)
      ).execute(plan)
    }
    #expect(starved?.code.id == "E0404")
  }
}

/// Makes operations over whatever columns a plan has.
struct RandomPlans {
  var random: SeededGenerator
  private var nextName = 0

  init(random: SeededGenerator) { self.random = random }

  private mutating func name() -> String {
    nextName += 1
    return "n\(nextName)"
  }

  private mutating func column(of plan: LogicalPlan) -> ResolvedExpression {
    let field = plan.schema.fields.randomElement(using: &random) ?? Schema.Field("none", .int)
    return .column(field.name, field.type)
  }

  private mutating func columns(of plan: LogicalPlan, _ count: ClosedRange<Int>)
    -> [ResolvedExpression]
  {
    (0..<Int.random(in: count, using: &random)).map { _ in column(of: plan) }
  }

  /// A comparison of a column with a constant or another column, or a bool column.
  private mutating func condition(on plan: LogicalPlan) -> ResolvedExpression {
    let left = column(of: plan)
    if left.type == .bool, random.once(in: 2) { return left }
    let symbol = ComparisonOperator.allCases.randomElement(using: &random) ?? .equal
    return .compare(symbol, left, .literal(random.value(left.type), left.type))
  }

  private mutating func call(on plan: LogicalPlan) throws -> AggregateCall {
    let argument = column(of: plan)
    let functionName =
      ["count", "min", "max", "first", "last"].randomElement(using: &random) ?? "count"
    let function = try #require(FunctionCatalog.builtin.aggregates[functionName])
    let arguments = functionName == "count" && random.once(in: 2) ? [] : [argument]
    let overload = try #require(
      function.overloads.first { $0.parameters.count == arguments.count })
    return AggregateCall(
      name: name(), function: function, overload: overload, arguments: arguments,
      condition: random.once(in: 4) ? condition(on: plan) : nil,
      type: overload.result.type(for: arguments.map(\.type)))
  }

  private mutating func keys(on plan: LogicalPlan) -> [OutputColumn] {
    columns(of: plan, 0...2).map { OutputColumn(name(), $0) }
  }

  /// A plan over `plan`, and the operation's name.
  mutating func operation(on plan: LogicalPlan) throws -> (LogicalPlan, String) {
    switch Int.random(in: 0..<11, using: &random) {
    case 0, 1:
      return (
        .filter(LogicalPlan.Filter(input: plan, condition: condition(on: plan))), "filter"
      )
    case 2:
      let kept = plan.schema.fields.filter { _ in !random.once(in: 3) }
      var items = kept.map { OutputColumn($0, .column($0.name, $0.type)) }
      if random.once(in: 2) || items.isEmpty {
        items.append(OutputColumn(name(), condition(on: plan)))
      }
      return (.project(LogicalPlan.Project(input: plan, items: items)), "project")
    case 3:
      let keys = columns(of: plan, 1...2).map {
        OrderKey($0, isDescending: Bool.random(using: &random))
      }
      return (.sort(LogicalPlan.Sort(input: plan, keys: keys)), "sort")
    case 4:
      return (
        .limit(
          LogicalPlan.Limit(
            input: plan, skip: Int.random(in: 0...10, using: &random),
            count: random.once(in: 4) ? nil : Int.random(in: 0...30, using: &random))), "limit"
      )
    case 5:
      return (
        .distinct(LogicalPlan.Distinct(input: plan, keys: columns(of: plan, 1...2))), "distinct"
      )
    case 6:
      return (
        .top(
          LogicalPlan.Top(
            input: plan, count: Int.random(in: 0...4, using: &random),
            key: OrderKey(column(of: plan), isDescending: Bool.random(using: &random)),
            groups: columns(of: plan, 0...1), withTies: Bool.random(using: &random))), "top"
      )
    case 7, 8:
      let calls = try (0..<Int.random(in: 1...3, using: &random)).map { _ in try call(on: plan) }
      return (
        .aggregate(LogicalPlan.Aggregate(input: plan, keys: keys(on: plan), calls: calls)),
        "aggregate"
      )
    case 9:
      let column = column(of: plan)
      var values: [(value: Value, name: String)] = []
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let value = random.once(in: 4) ? Value.null : random.value(column.type)
        if !values.contains(where: { $0.value == value }) { values.append((value, name())) }
      }
      return (
        .pivot(
          LogicalPlan.Pivot(
            input: plan, call: try call(on: plan), column: column, values: values,
            keys: keys(on: plan))), "pivot"
      )
    default: return joined(plan)
    }
  }

  private mutating func joined(_ plan: LogicalPlan) -> (LogicalPlan, String) {
    let key = column(of: plan)
    let count = [0, 3, 30].randomElement(using: &random) ?? 0
    let names = (name(), name())
    let schema = Schema([Schema.Field(names.0, key.type), Schema.Field(names.1, .float)])
    let right = Table(
      schema: schema,
      columns: [random.column(key.type, count: count), random.column(.float, count: count)],
      rowCount: count)
    let kinds: [LogicalPlan.Join.Kind] = [.inner, .left, .right, .full, .semi, .anti]
    let kind = kinds.randomElement(using: &random) ?? .inner
    let isFilter = kind == .semi || kind == .anti
    return (
      .join(
        LogicalPlan.Join(
          left: plan, right: PlanComparison.scan(right), kind: kind,
          keys: [KeyPair(left: key, right: .column(names.0, key.type))],
          rightColumns: isFilter
            ? [] : schema.fields.map { RightColumn(name: $0.name, outputName: $0.name) },
          isUnique: false,
          schema: isFilter ? plan.schema : Schema(plan.schema.fields + schema.fields), range: nil)),
      "\(kind) join"
    )
  }
}
