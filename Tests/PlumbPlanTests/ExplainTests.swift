import PlumbColumns
import PlumbPlan
import Testing

@Suite struct ExplainTests {
  private func condition(_ expression: ResolvedExpression) -> String {
    let line = text(metrics.filter(expression)).split(separator: "\n").first ?? ""
    return String(line.dropFirst("filter ".count))
  }

  private func computed(_ expression: ResolvedExpression) -> String {
    let line = text(metrics.project(OutputColumn("x", expression))).split(separator: "\n").first
    return String((line ?? "").dropFirst("project x = ".count))
  }

  @Test func showsATreeAndTheRules() {
    let plan = metrics.filter(isLoss).summarize(
      aggregate("n", "count", type: .int),
      aggregate("best", "max", value, type: .float, where: isHigh), by: [OutputColumn("id", id)]
    ).sort(column("best", .float), isDescending: true).limit(10)
    let (better, fired) = optimizer().optimize(plan)
    #expect(
      explainText(better, fired: fired) == """
        limit 10
          sort -best
            aggregate n = count(), best = max(value, where = value > 0.5) by id
              filter key == "loss"
                scan metrics  columns: id, key, value (3 of 6)  conditions: key == "loss"
        rules: column-pruning, scan-conditions
        """)
  }

  @Test func namesWhatIsEmpty() {
    #expect(
      text(metrics.limit(nil).project()).hasPrefix("project no columns\n  limit all\n    scan"))
  }

  @Test func annotatesOperationsInPreOrder() {
    let plan = metrics.join(runs.filter(.compare(.equal, id, literal(1))), .left)
    let annotations = [
      0: PlanAnnotation(rowCount: 24, seconds: 0.012345),
      1: PlanAnnotation(rowCount: 24, chunkCount: 10, skippedChunkCount: 3),
      3: PlanAnnotation(rowCount: 1),
    ]
    #expect(
      explainText(plan, fired: [], annotations: annotations) == """
        join left on id  [24 rows, 12.35 ms]
          scan metrics  columns: id, key, value, step, done, steps (6 of 6)  [24 rows, 3 of 10 chunks skipped]
          filter id == 1
            scan runs  columns: id, name, score (3 of 3)  [1 row]
        """)
  }

  @Test func setsParenthesesWhereTheyAreNeeded() {
    let two = literal(2)
    #expect(computed(product(sum(step, two), two)) == "(step + 2) * 2")
    #expect(computed(sum(product(step, two), two)) == "step * 2 + 2")
    let operation = Operation(.int)
    let difference = ResolvedExpression.arithmetic(
      .subtract, step, .arithmetic(.subtract, two, two, operation), operation)
    #expect(computed(difference) == "step - (2 - 2)")
    let power = ResolvedExpression.arithmetic(
      .power, .negate(step, operation), .arithmetic(.power, two, two, operation), operation)
    #expect(computed(power) == "(-step) ** 2 ** 2")
    #expect(
      condition(.and([.or([done, isLoss]), .not(isHigh)]))
        == "(done or key == \"loss\") and not value > 0.5")
    #expect(condition(.compare(.equal, done, isLoss)) == "done == (key == \"loss\")")
    #expect(
      condition(.not(.isInSet(step, ValueSet([.int(1), .null])))) == "step not in [1, null]")
  }

  @Test func writesChoicesAndCalls() {
    let branch = ResolvedExpression.Branch(done, literal(1))
    #expect(
      computed(sum(.conditional([branch], otherwise: step, .int), literal(1)))
        == "(if done then 1 else step) + 1")
    #expect(
      computed(.conditional([branch, branch], otherwise: step, .int))
        == "case { done: 1, done: 1, else: step }")
    #expect(computed(call("sqrt", value, type: .float)) == "sqrt(value)")
    let pieces: [ResolvedExpression.TextPiece] = [
      .value(value, format: ".3f"), .text(" {on} \""), .value(key, format: ""),
    ]
    #expect(
      computed(.interpolation(pieces, Operation(.string)))
        == #"f"{value:.3f} {{on}} \"{key}""#)
  }

  @Test func quotesNames() {
    func name(_ name: String) -> String { computed(.column(name, .float)) }
    #expect(name("metrics.val_auc") == "metrics.val_auc")
    #expect(name("metrics.val/auc") == "metrics.`val/auc`")
    #expect(name("2nd") == "`2nd`")
    #expect(name("in") == "`in`")
    #expect(name("a..b") == "`a..b`")
    #expect(name("params.lr\u{0}text") == "params.lr")
    #expect(name("\u{0}right.id") == "right.id")
  }

  @Test func writesLiterals() {
    func text(_ value: Value) -> String { computed(literal(value)) }
    #expect(text(.float(.nan)) == "nan")
    #expect(text(.float(-.infinity)) == "-inf")
    #expect(text(.float(2)) == "2.0")
    #expect(text(.string("a\n\"b\"\u{1B}")) == #""a\n\"b\"\u{1b}""#)
    #expect(text(.timestamp(0)) == "@1970-01-01T00:00:00Z")
    #expect(text(.duration(5_400_000_000)) == "90m")
    #expect(text(.duration(1500)) == "1500us")
    #expect(
      text(.list((0..<20).map { .int($0) }, element: .int))
        == "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … 8 more]")
  }
}
