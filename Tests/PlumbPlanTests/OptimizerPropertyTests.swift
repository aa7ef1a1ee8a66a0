import PlumbColumns
import PlumbDiagnostics
import PlumbColumnsTesting
import PlumbExecution
import PlumbFunctions
@testable import PlumbPlan
import Testing

/// Laws that hold for every plan; a failure names the seed of its plan.
@Suite struct OptimizerPropertyTests {
  private static let seeds = propertySeeds(2500)

  private func plan(_ seed: UInt64) -> LogicalPlan {
    var generator = PlanGenerator(seed: seed)
    return generator.plan(stages: 1 + Int(seed % 7))
  }

  @Test func keepsTheSchema() {
    for seed in Self.seeds {
      let plan = plan(seed)
      let better = optimizer().optimize(plan).plan
      #expect(better.schema.fields == plan.schema.fields, "seed \(seed)")
      #expect(better.schema.families == plan.schema.families, "seed \(seed)")
    }
  }

  @Test func comesToRest() {
    for seed in Self.seeds {
      let once = optimizer().optimize(plan(seed))
      let twice = optimizer().optimize(once.plan)
      #expect(twice.fired == [], "seed \(seed):\n\(text(once.plan))\n->\n\(text(twice.plan))")
    }
  }

  @Test func keepsRowsAndErrors() {
    for seed in Self.seeds {
      let plan = plan(seed)
      let better = optimizer().optimize(plan).plan
      #expect(
        outcome(better) == outcome(plan), "seed \(seed):\n\(text(plan))\n->\n\(text(better))")
    }
  }

  @Test func eachRuleAloneKeepsRowsAndErrors() {
    for rule in Optimizer.rules {
      for seed in Self.seeds.prefix(1000) {
        let plan = plan(seed)
        let (better, fired) = optimizer([rule]).optimize(plan)
        guard !fired.isEmpty else { continue }
        #expect(
          outcome(better) == outcome(plan),
          "\(rule.name), seed \(seed):\n\(text(plan))\n->\n\(text(better))")
      }
    }
  }

  /// The rows, or the error, as text.
  private func outcome(_ plan: LogicalPlan) -> String {
    do throws(ExecutionError) {
      let table = try executor().execute(plan)
      let rows = (0..<table.rowCount).map { row in
        // Two zeros, and an int and a float, are equal as values.
        table.row(row).map { "\($0)" }.joined(separator: ", ")
      }
      return rows.joined(separator: "\n") + "\n\(table.rowCount) rows"
    } catch {
      return "\(error.code): \(error.message)"
    }
  }
}

@Suite struct OptimizerTests {
  @Test func optimizesPlansInsideExpressionsOnce() {
    let query = QueryReference(
      runs.filter(literal(true)).project(OutputColumn("id", id)))
    let plan = metrics.filter(
      .or([.isInQuery(step, query), .isInQuery(id, query)]))
    let result = optimizer().optimize(plan)
    #expect(
      result.fired == [
        "boolean-simplification", "identity-projection-removal", "column-pruning",
      ])
    #expect(
      text(result.plan) == """
        filter step in (query 1) or id in (query 1)
          scan metrics  columns: id, key, value, step, done, steps (6 of 6)
        query 1:
          scan runs  columns: id (1 of 3)
        """)
  }

  @Test func failureFreeFunctionsExist() {
    let catalog = FunctionCatalog.builtin
    for name in FailureFreeFunctions.scalars { #expect(catalog.scalars[name] != nil, "\(name)") }
    for name in FailureFreeFunctions.aggregates {
      #expect(catalog.aggregates[name] != nil, "\(name)")
    }
  }

  @Test func rulesHaveDifferentNames() {
    #expect(Set(Optimizer.rules.map(\.name)).count == Optimizer.rules.count)
    #expect(Optimizer.rules.allSatisfy { !$0.summary.isEmpty })
  }

  @Test func joinsThePiecesOfARealQuestion() {
    let plan = metrics.join(runs, .inner)
      .derive(OutputColumn("better", product(value, literal(2.0))))
      .filter(isLoss)
      .filter(.compare(.equal, column("right_name", .string), literal("a")))
      .summarize(
        aggregate("best", "max", column("better", .float), type: .float),
        by: [OutputColumn("id", id)])
    #expect(
      text(optimizer().optimize(plan).plan) == """
        aggregate best = max(better) by id
          project id, better = value * 2.0
            join inner on id
              project id, value
                filter key == "loss"
                  scan metrics  columns: id, key, value (3 of 6)  conditions: key == "loss"
              project id
                filter name == "a"
                  scan runs  columns: id, name (2 of 3)
        """)
  }
}
