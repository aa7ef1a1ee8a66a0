import PlumbColumns
import PlumbPlan
import Testing

@Suite struct ConstantFoldingTests {
  private let optimizer = PlumbPlanTests.optimizer(rules("constant-folding"))

  @Test func foldsWhatReadsNoColumns() {
    let condition = ResolvedExpression.compare(.greater, step, sum(literal(1), literal(2)))
    let result = optimizer.optimize(metrics.filter(condition))
    #expect(text(result.plan).hasPrefix("filter step > 3\n"))
    #expect(result.fired == ["constant-folding"])
  }

  @Test func foldsInsideLargerExpressions() {
    let plan = metrics.derive(
      OutputColumn("x", sum(step, product(literal(2), sum(literal(1), literal(2))))))
    #expect(text(optimizer.optimize(plan).plan).contains("x = step + 6"))
  }

  @Test func leavesErrorsToTheRun() {
    let plan = metrics.derive(OutputColumn("x", sum(literal(.max), literal(1))))
    #expect(optimizer.optimize(plan).fired == [])
  }

  @Test func leavesColumnsAlone() {
    #expect(optimizer.optimize(metrics.filter(isNextStepLow)).fired == [])
  }

  @Test func makesSetsOfListsThatAreKnown() {
    let list = ResolvedExpression.list([literal(1), literal(2)], element: .int)
    let plan = optimizer.optimize(metrics.filter(.isInList(step, list))).plan
    guard case .filter(let filter) = plan, case .isInSet = filter.condition else {
      Issue.record("no set: \(text(plan))")
      return
    }
  }
}

@Suite struct BooleanSimplificationTests {
  private let optimizer = PlumbPlanTests.optimizer(rules("boolean-simplification"))

  private func condition(_ expression: ResolvedExpression) -> String {
    text(optimizer.optimize(metrics.filter(expression)).plan)
      .split(separator: "\n").first.map(String.init) ?? ""
  }

  @Test func dropsTrueFromAndFalseFromOr() {
    #expect(condition(.and([literal(true), done])) == "filter done")
    #expect(condition(.or([done, literal(false), isLoss])) == "filter done or key == \"loss\"")
  }

  @Test func dropsDoubleNegation() {
    #expect(condition(.not(.not(done))) == "filter done")
    #expect(condition(.not(isLoss)) == "filter key != \"loss\"")
  }

  @Test func keepsNegationsOfOrders() {
    // NaN is neither less nor not less.
    #expect(condition(.not(isHigh)) == "filter not value > 0.5")
  }

  @Test func aFilterThatIsAlwaysTrueGoes() {
    #expect(text(optimizer.optimize(metrics.filter(literal(true))).plan) == text(metrics))
  }

  @Test func aFilterThatIsNeverTrueKeepsNoRow() {
    #expect(condition(.and([done, literal(false)])) == "limit 0")
  }

  @Test func aNullConditionStaysForItsCountIsShown() {
    #expect(condition(.literal(.null, .bool)) == "filter null")
  }

  @Test func whatCanFailIsComputedBeforeFalse() {
    let plan = metrics.filter(.and([isNextStepLow, literal(false)]))
    #expect(optimizer.optimize(plan).fired == [])
  }

  @Test func whatComesAfterFalseIsNeverComputed() {
    #expect(condition(.and([literal(false), isNextStepLow])) == "limit 0")
  }

  @Test func dropsBranchesThatAreNeverTaken() {
    let choice = ResolvedExpression.conditional(
      [
        ResolvedExpression.Branch(literal(false), literal(1)),
        ResolvedExpression.Branch(done, literal(2)),
        ResolvedExpression.Branch(literal(true), literal(3)),
      ], otherwise: nextStep, .int)
    let plan = optimizer.optimize(metrics.derive(OutputColumn("x", choice))).plan
    #expect(text(plan).contains("x = if done then 2 else 3"))
  }

  @Test func dropsWhatStandsAfterAValueThatIsNeverNull() {
    let value = ResolvedExpression.coalesce(
      [.literal(.null, .int), step, literal(0), nextStep], .int)
    let plan = optimizer.optimize(metrics.derive(OutputColumn("x", value))).plan
    #expect(text(plan).contains("x = step ?? 0\n"))
  }
}

@Suite struct MergingRuleTests {
  @Test func mergesFiltersInTheirOrder() {
    let plan = metrics.filter(isLoss).filter(isNextStepLow)
    let result = optimizer(rules("filter-merging")).optimize(plan)
    #expect(text(result.plan).hasPrefix("filter key == \"loss\" and step + 1 < 9\n  scan"))
  }

  @Test func keepsAFilterThatMayBeNullApart() {
    // `and` computes its second operand where the first is null.
    let plan = metrics.filter(isHigh).filter(isNextStepLow)
    #expect(optimizer(rules("filter-merging")).optimize(plan).fired == [])
  }

  @Test func mergesProjections() {
    let plan = metrics.project(OutputColumn("a", step), OutputColumn("b", value))
      .project(OutputColumn("c", sum(column("a", .int), literal(1))))
    let result = optimizer(rules("projection-merging")).optimize(plan)
    #expect(text(result.plan).hasPrefix("project c = step + 1\n  scan"))
  }

  @Test func computesNothingTwice() {
    let x = column("x", .float)
    let plan = metrics.project(OutputColumn("x", call("sqrt", value, type: .float)))
      .project(OutputColumn("y", product(x, x)))
    #expect(optimizer(rules("projection-merging")).optimize(plan).fired == [])
  }

  @Test func keepsTheOrderOfErrors() {
    let optimizer = optimizer(rules("projection-merging"))
    let (x, y) = (column("x", .int), column("y", .int))
    let plan = metrics.project(
      OutputColumn("x", nextStep), OutputColumn("y", sum(nextStep, id)), OutputColumn("id", id))
    let handedOn = plan.project(OutputColumn("a", x), OutputColumn("id", id), OutputColumn("b", y))
    #expect(
      text(optimizer.optimize(handedOn).plan)
        .hasPrefix("project a = step + 1, id, b = step + 1 + id\n  scan"))
    let dropped = plan.project(OutputColumn("x", x))
    #expect(optimizer.optimize(dropped).fired == [])
    let swapped = plan.project(OutputColumn("y", y), OutputColumn("x", x))
    #expect(optimizer.optimize(swapped).fired == [])
    let computed = plan.project(OutputColumn("x", x), OutputColumn("y", sum(y, literal(1))))
    #expect(optimizer.optimize(computed).fired == [])
  }

  @Test func dropsProjectionsThatChangeNothing() {
    let optimizer = optimizer(rules("identity-projection-removal"))
    #expect(text(optimizer.optimize(metrics.derive()).plan) == text(metrics))
    #expect(optimizer.optimize(runs.project(OutputColumn("id", id))).fired == [])
    let swapped = runs.project(
      OutputColumn("name", column("name", .string)), OutputColumn("id", id),
      OutputColumn("score", column("score", .float)))
    #expect(optimizer.optimize(swapped).fired == [])
  }

  @Test func takesRowsBeforeComputingColumns() {
    let plan = metrics.derive(OutputColumn("x", product(value, value))).limit(3, skip: 1)
    let result = optimizer(rules("limit-pushdown")).optimize(plan)
    #expect(text(result.plan).contains("\n  limit 3 from row 2\n    scan"))
    let failing = metrics.derive(OutputColumn("x", nextStep)).limit(3)
    #expect(optimizer(rules("limit-pushdown")).optimize(failing).fired == [])
  }

  @Test func mergesLimits() {
    let optimizer = optimizer(rules("limit-pushdown"))
    func merged(_ plan: LogicalPlan) -> String {
      text(optimizer.optimize(plan).plan).split(separator: "\n").first.map(String.init) ?? ""
    }
    #expect(merged(metrics.limit(10, skip: 2).limit(5, skip: 7)) == "limit 3 from row 10")
    #expect(merged(metrics.limit(10).limit(50)) == "limit 10")
    #expect(merged(metrics.limit(3).limit(5, skip: 7)) == "limit 0 from row 8")
    #expect(merged(metrics.limit(nil, skip: 4).limit(5)) == "limit 5 from row 5")
    #expect(text(optimizer.optimize(metrics.limit(nil)).plan) == text(metrics))
  }

  @Test func sortsOnce() {
    let optimizer = optimizer(rules("sort-removal"))
    let plan = metrics.sort(step, isDescending: true).sort(key)
    #expect(text(optimizer.optimize(plan).plan).hasPrefix("sort key, -step\n  scan"))
    let again = metrics.sort(key, step).sort(key, isDescending: true)
    #expect(text(optimizer.optimize(again).plan).hasPrefix("sort -key, step\n  scan"))
    #expect(optimizer.optimize(metrics.sort(nextStep).sort(key)).fired == [])
    #expect(optimizer.optimize(metrics.sort(key).limit(3).sort(step)).fired == [])
  }
}
