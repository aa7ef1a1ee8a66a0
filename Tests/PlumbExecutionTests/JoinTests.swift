import PlumbColumns
import PlumbColumnsTesting
import PlumbDiagnostics
import PlumbExecution
import PlumbPlan
import Testing

/// Joins of random tables give what the row-at-a-time reference gives.
@Suite struct JoinTests {
  @Test(arguments: propertySeeds(6))
  func agreesWithTheReference(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<60 {
      let types = (0..<Int.random(in: 1...2, using: &random)).map { _ in
        SeededGenerator.types.randomElement(using: &random) ?? .int
      }
      let left = table("l", types, &random)
      let right = table("r", types, &random)
      let kinds: [LogicalPlan.Join.Kind] = [.inner, .left, .right, .full, .semi, .anti]
      let kind = kinds.randomElement(using: &random) ?? .inner
      let isUnique = kind == .left && random.once(in: 3)
      try PlanComparison.check(
        .join(join(left, right, types, kind, isUnique)),
        "seed \(seed), round \(round), \(kind) on \(types)")
    }
  }

  @Test func aSecondMatchOfALookupNamesTheKey() throws {
    let left = Table(
      schema: Schema([Schema.Field("k0", .string), Schema.Field("lx", .int)]),
      columns: [Column(["b", "a"]), Column([1, 2])], rowCount: 2)
    let right = Table(
      schema: Schema([Schema.Field("k0", .string), Schema.Field("rx", .int)]),
      columns: [Column(["a", "a", "b"]), Column([1, 2, 3])], rowCount: 3)
    let error = #expect(throws: ExecutionError.self) {
      try PlanComparison.run(.join(join(left, right, [.string], .left, true)), (2, 2, 1))
    }
    #expect(error?.code == .severalMatches)
    #expect(error?.message == "the lookup finds 2 rows for `k0` = \"a\"")
  }

  private func table(
    _ side: String, _ types: [DataType], _ random: inout SeededGenerator
  ) -> Table {
    let count = [0, 1, 5, 20, 90].randomElement(using: &random) ?? 0
    let fields = types.enumerated().map { Schema.Field("k\($0.offset)", $0.element) }
    return Table(
      schema: Schema(fields + [Schema.Field("\(side)x", .float)]),
      columns: types.map { random.column($0, count: count) } + [
        random.column(.float, count: count)
      ],
      rowCount: count)
  }

  /// A join on the columns `k0`, `k1`, …, kept once.
  private func join(
    _ left: Table, _ right: Table, _ types: [DataType], _ kind: LogicalPlan.Join.Kind,
    _ isUnique: Bool
  ) -> LogicalPlan.Join {
    let keys = types.enumerated().map {
      KeyPair(
        left: .column("k\($0.offset)", $0.element), right: .column("k\($0.offset)", $0.element))
    }
    let isFilter = kind == .semi || kind == .anti
    return LogicalPlan.Join(
      left: PlanComparison.scan(left), right: PlanComparison.scan(right), kind: kind, keys: keys,
      rightColumns: isFilter ? [] : [RightColumn(name: "rx", outputName: "rx")],
      isUnique: isUnique,
      schema: isFilter
        ? left.schema : Schema(left.schema.fields + [Schema.Field("rx", .float)]), range: nil)
  }
}
