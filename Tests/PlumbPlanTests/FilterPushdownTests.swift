import PlumbColumns
import PlumbPlan
import Testing

@Suite struct FilterPushdownTests {
  private let optimizer = PlumbPlanTests.optimizer(rules("filter-pushdown"))

  /// The plan's operations, outermost first, without their arguments.
  private func shape(_ plan: LogicalPlan) -> String {
    text(optimizer.optimize(plan).plan).split(separator: "\n")
      .map { $0.drop { $0 == " " }.prefix { $0 != " " } }.joined(separator: " ")
  }

  @Test func passesProjections() {
    let plan = metrics.project(OutputColumn("a", key), OutputColumn("b", step))
      .filter(.compare(.equal, column("a", .string), literal("loss")))
    let result = optimizer.optimize(plan)
    #expect(result.fired == ["filter-pushdown"])
    #expect(text(result.plan).contains("\n  filter key == \"loss\"\n    scan"))
  }

  @Test func passesCheapColumnsOnly() {
    let x = ResolvedExpression.compare(.greater, column("x", .float), literal(1.0))
    let cheap = metrics.derive(OutputColumn("x", product(value, literal(2.0)))).filter(x)
    #expect(shape(cheap) == "project filter scan")
    let costly = metrics.derive(OutputColumn("x", call("sqrt", value, type: .float))).filter(x)
    #expect(shape(costly) == "filter project scan")
  }

  @Test func neverHidesAnErrorOfAColumn() {
    let plan = metrics.derive(OutputColumn("x", nextStep)).filter(isLoss)
    #expect(shape(plan) == "filter project scan")
  }

  @Test func passesSorts() {
    #expect(shape(metrics.sort(step).filter(isLoss)) == "sort filter scan")
    #expect(shape(metrics.sort(step).filter(isNextStepLow)) == "filter sort scan")
    #expect(shape(metrics.sort(nextStep).filter(isLoss)) == "filter sort scan")
  }

  @Test func neverPassesWhatCountsRows() {
    #expect(shape(metrics.limit(5).filter(isLoss)) == "filter limit scan")
    let tail = LogicalPlan.tail(LogicalPlan.Tail(input: metrics, count: 5))
    #expect(shape(tail.filter(isLoss)) == "filter tail scan")
    let sample = LogicalPlan.sample(LogicalPlan.Sample(input: metrics, count: 5, seed: 1))
    #expect(shape(sample.filter(isLoss)) == "filter sample scan")
    let top = LogicalPlan.top(
      LogicalPlan.Top(
        input: metrics, count: 2, key: OrderKey(value, isDescending: true), groups: [key],
        withTies: false))
    #expect(shape(top.filter(isLoss)) == "filter top scan")
  }

  @Test func passesDistinctByItsKeys() {
    #expect(shape(metrics.distinct(key, step).filter(isLoss)) == "distinct filter scan")
    #expect(shape(metrics.distinct(step).filter(isLoss)) == "filter distinct scan")
  }

  @Test func zerosOfAGroupAreOneUnlessTheConditionTellsThemApart() {
    let byValue = metrics.distinct(value)
    #expect(shape(byValue.filter(isHigh)) == "distinct filter scan")
    let inverse = ResolvedExpression.arithmetic(.divide, literal(1.0), value, Operation(.float))
    let apart = ResolvedExpression.compare(.greater, inverse, literal(0.0))
    #expect(shape(byValue.filter(apart)) == "filter distinct scan")
  }

  @Test func passesAggregatesByTheirKeys() {
    let counted = metrics.summarize(
      aggregate("n", "count", type: .int), by: [OutputColumn("k", key)])
    let isLossGroup = ResolvedExpression.compare(.equal, column("k", .string), literal("loss"))
    #expect(shape(counted.filter(isLossGroup)) == "aggregate filter scan")
    #expect(
      text(optimizer.optimize(counted.filter(isLossGroup)).plan).contains(
        "filter key == \"loss\""))
    let many = ResolvedExpression.compare(.greater, column("n", .int), literal(1))
    #expect(shape(counted.filter(many)) == "filter aggregate scan")
    #expect(shape(counted.filter(.and([isLossGroup, many]))) == "filter aggregate filter scan")
  }

  @Test func neverHidesAnErrorOfAnAggregate() {
    let summed = metrics.summarize(
      aggregate("n", "sum", step, type: .int), by: [OutputColumn("key", key)])
    #expect(shape(summed.filter(isLoss)) == "filter aggregate scan")
  }

  @Test func neverPassesAnAggregateWithoutKeys() {
    let counted = metrics.summarize(aggregate("n", "count", type: .int))
    let none = ResolvedExpression.compare(.equal, column("n", .int), literal(0))
    #expect(shape(counted.filter(none)) == "filter aggregate scan")
  }

  @Test func passesWindowsByTheirGroups() {
    let ranked = metrics.rank(by: key, sort: step)
    #expect(shape(ranked.filter(isLoss)) == "window filter scan")
    #expect(shape(ranked.filter(isHigh)) == "filter window scan")
    let first = ResolvedExpression.compare(.equal, column("rank", .int), literal(1))
    #expect(shape(ranked.filter(first)) == "filter window scan")
  }

  @Test func passesExplodeAndUnpivot() {
    #expect(shape(metrics.explode("steps").filter(isLoss)) == "explode filter scan")
    let one = ResolvedExpression.compare(.equal, column("steps", .int), literal(1))
    #expect(shape(metrics.explode("steps").filter(one)) == "filter explode scan")
    let long = metrics.unpivot("id", "step")
    #expect(shape(long.filter(isLoss)) == "unpivot filter scan")
    let cell = ResolvedExpression.compare(.equal, column("cell", .int), literal(1))
    #expect(shape(long.filter(cell)) == "filter unpivot scan")
  }

  @Test func passesUnionsToBothSides() {
    #expect(shape(metrics.union(metrics).filter(isLoss)) == "union filter scan filter scan")
    #expect(shape(metrics.union(metrics).filter(isNextStepLow)) == "filter union scan scan")
  }

  private let isNamed = ResolvedExpression.compare(
    .equal, column("right_name", .string), literal("a"))

  @Test func conditionsOnTheLeftPassJoinsThatKeepNoOtherRows() {
    for kind in [LogicalPlan.Join.Kind.inner, .left, .semi, .anti] {
      let plan = metrics.join(runs, kind).filter(isLoss)
      #expect(shape(plan) == "join filter scan scan", "\(kind)")
    }
    for kind in [LogicalPlan.Join.Kind.right, .full] {
      let plan = metrics.join(runs, kind).filter(isLoss)
      #expect(shape(plan) == "filter join scan scan", "\(kind)")
    }
  }

  @Test func conditionsOnTheRightPassJoinsThatKeepNoOtherRows() {
    for kind in [LogicalPlan.Join.Kind.inner, .right] {
      let plan = metrics.join(runs, kind).filter(isNamed)
      #expect(shape(plan) == "join scan filter scan", "\(kind)")
    }
    for kind in [LogicalPlan.Join.Kind.left, .full] {
      let plan = metrics.join(runs, kind).filter(isNamed)
      #expect(shape(plan) == "filter join scan scan", "\(kind)")
    }
  }

  @Test func conditionsAreSplitBetweenTheSides() {
    let plan = metrics.join(runs, .inner).filter(.and([isLoss, isNamed]))
    #expect(text(optimizer.optimize(plan).plan).contains("filter name == \"a\""))
    #expect(shape(plan) == "join filter scan filter scan")
  }

  @Test func neverPassesALookup() {
    let plan = metrics.join(runs, .left, isUnique: true).filter(isLoss)
    #expect(shape(plan) == "filter lookup scan scan")
  }

  @Test func whatMayFailStaysBehindItsGuards() {
    let plan = metrics.sort(step).filter(.and([isLoss, isNextStepLow, isHigh]))
    let result = text(optimizer.optimize(plan).plan)
    #expect(result.hasPrefix("filter step + 1 < 9 and value > 0.5\n  sort step\n    filter key =="))
    let nullable = metrics.sort(step).filter(.and([isHigh, isNextStepLow]))
    #expect(shape(nullable) == "filter sort scan")
  }
}

@Suite struct ScanConditionTests {
  private let optimizer = PlumbPlanTests.optimizer(rules("scan-conditions"))

  private func conditions(_ condition: ResolvedExpression) -> String {
    let line =
      text(optimizer.optimize(metrics.filter(condition)).plan)
      .split(separator: "\n").last ?? ""
    guard let range = line.firstRange(of: "conditions: ") else { return "" }
    return String(line[range.upperBound...])
  }

  @Test func takesComparisonsThatTheSourceCanUse() {
    #expect(conditions(isLoss) == "key == \"loss\"")
    #expect(conditions(.compare(.greater, literal("m"), key)) == "key < \"m\"")
    #expect(
      conditions(.isInSet(key, ValueSet([.string("a"), .string("b")]))) == "key in [\"a\", \"b\"]")
    #expect(conditions(isHigh) == "")
  }

  @Test func takesAlternativesOfOneColumn() {
    let either = ResolvedExpression.or([isLoss, .compare(.equal, key, literal("auc"))])
    #expect(conditions(either) == "key in [\"loss\", \"auc\"]")
    #expect(conditions(.or([isLoss, isHigh])) == "")
  }

  @Test func takesNoSetWithNull() {
    #expect(conditions(.isInSet(key, ValueSet([.string("a"), .null]))) == "")
  }

  @Test func keepsTheFilterAndComesToRest() {
    let once = optimizer.optimize(metrics.filter(.and([isHigh, isLoss])))
    #expect(once.fired == ["scan-conditions"])
    #expect(text(once.plan).hasPrefix("filter value > 0.5 and key == \"loss\"\n"))
    #expect(optimizer.optimize(once.plan).fired == [])
  }

  @Test func leavesRowsForWhatMayFailBeforeIt() {
    #expect(conditions(.and([isNextStepLow, isLoss])) == "")
    #expect(conditions(.and([isLoss, isNextStepLow])) == "key == \"loss\"")
  }
}
