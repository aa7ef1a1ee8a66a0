import PlumbColumns
import PlumbPlan
import Testing

@Suite struct ColumnPruningTests {
  private let optimizer = PlumbPlanTests.optimizer(rules("column-pruning"))

  private func lines(_ plan: LogicalPlan) -> [String] {
    text(optimizer.optimize(plan).plan).split(separator: "\n").map {
      String($0.drop { $0 == " " })
    }
  }

  @Test func readsWhatIsUsed() {
    let plan = metrics.filter(isLoss).project(OutputColumn("value", value))
    let result = optimizer.optimize(plan)
    #expect(result.fired == ["column-pruning"])
    #expect(lines(plan).last == "scan metrics  columns: key, value (2 of 6)")
  }

  @Test func readsAllThatIsShown() {
    #expect(optimizer.optimize(metrics.filter(isLoss)).fired == [])
  }

  @Test func countingRowsNeedsNoColumn() {
    let plan = metrics.summarize(aggregate("n", "count", type: .int))
    #expect(lines(plan).last == "scan metrics  columns: none (0 of 6)")
  }

  @Test func dropsColumnsThatNobodyReads() {
    let plan = metrics.derive(
      OutputColumn("x", product(value, value)), OutputColumn("y", product(value, literal(2.0)))
    ).project(OutputColumn("y", column("y", .float)))
    #expect(lines(plan).contains("project y = value * 2.0"))
  }

  @Test func computesWhatMayFail() {
    let plan = metrics.derive(OutputColumn("x", nextStep)).project(OutputColumn("key", key))
    #expect(lines(plan)[1] == "project key, x = step + 1")
  }

  @Test func dropsAggregatesThatNobodyReads() {
    let plan = metrics.summarize(
      aggregate("n", "count", type: .int), aggregate("best", "max", value, type: .float),
      aggregate("total", "sum", step, type: .int), by: [OutputColumn("key", key)]
    ).project(OutputColumn("n", column("n", .int)))
    #expect(lines(plan)[1] == "aggregate n = count(), total = sum(step) by key")
    #expect(lines(plan)[2] == "scan metrics  columns: key, step (2 of 6)")
  }

  @Test func anAggregateWithoutKeysKeepsAColumn() {
    let plan = metrics.summarize(aggregate("best", "max", value, type: .float))
      .summarize(aggregate("n", "count", type: .int))
    #expect(lines(plan)[1] == "aggregate best = max(value)")
  }

  @Test func dropsWindowsThatNobodyReads() {
    let plan = metrics.rank(by: key, sort: step).project(OutputColumn("value", value))
    #expect(lines(plan) == ["project value", "scan metrics  columns: value (1 of 6)"])
  }

  @Test func joinsCarryWhatIsUsed() {
    let plan = metrics.join(runs, .inner).project(
      OutputColumn("value", value), OutputColumn("s", column("right_score", .float)))
    #expect(
      lines(plan) == [
        "project value, s = right_score", "join inner on id",
        "scan metrics  columns: id, value (2 of 6)", "scan runs  columns: id, score (2 of 3)",
      ])
  }

  @Test func conditionsAreNotCarriedThroughSorts() {
    let plan = metrics.filter(isLoss).sort(step).project(OutputColumn("step", step))
    #expect(
      lines(plan) == [
        "project step", "sort step", "project step", "filter key == \"loss\"",
        "scan metrics  columns: key, step (2 of 6)",
      ])
  }

  @Test func bothSidesOfAUnionKeepTheSameColumns() {
    let plan = metrics.filter(isLoss).union(metrics).project(OutputColumn("step", step))
    #expect(
      lines(plan) == [
        "project step", "union", "project step", "filter key == \"loss\"",
        "scan metrics  columns: key, step (2 of 6)", "scan metrics  columns: step (1 of 6)",
      ])
  }

  @Test func explodeAndUnpivotKeepTheirColumns() {
    let exploded = metrics.explode("steps").project(OutputColumn("key", key))
    #expect(lines(exploded).last == "scan metrics  columns: key, steps (2 of 6)")
    let long = metrics.unpivot("id", "step").project(OutputColumn("cell", column("cell", .int)))
    #expect(lines(long).last == "scan metrics  columns: id, step (2 of 6)")
  }

  @Test func describeReadsEverything() {
    let plan = LogicalPlan.describe(LogicalPlan.Describe(input: metrics))
      .project(OutputColumn("column", column("column", .string)))
    #expect(optimizer.optimize(plan).fired == [])
  }

  /// As linear as the rules are, this takes a few hundred milliseconds; a rule that looks at
  /// each column for each column would take minutes.
  @Test(.timeLimit(.minutes(1))) func wideTables() {
    let fields = (0..<40_000).map { Schema.Field("params.some_parameter_\($0)", .float) }
    let table = Table.empty(Schema(fields))
    var plan = scan(SampleTable("wide", table))
    for round in 0..<4 {
      plan = plan.derive(OutputColumn("x\(round)", column(fields[round].name, .float)))
    }
    plan = plan.filter(.compare(.less, column("x2", .float), literal(1.0)))
      .sort(column("x1", .float)).limit(3)
    let all = PlumbPlanTests.optimizer().optimize(plan).plan
    #expect(all.schema.count == 40_004)
    let few = PlumbPlanTests.optimizer()
      .optimize(plan.project(OutputColumn("x3", column("x3", .float)))).plan
    #expect(text(few).contains("(3 of 40000)"))
  }
}
