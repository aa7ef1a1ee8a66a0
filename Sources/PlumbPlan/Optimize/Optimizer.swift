package import PlumbColumns

/// Rewrites a plan into one that gives the same rows in the same order, with the same errors,
/// for less work.
///
/// The rules run in order, again and again until none changes anything. Each is linear in the
/// size of the plan: a table may have tens of thousands of columns.
package struct Optimizer: Sendable {
  private let rules: [OptimizerRule]
  private let fold: OptimizerRule.Fold

  /// How often the rules run over a plan at most; four suffice in practice.
  private static let passLimit = 16

  /// All rules, in the order in which they run.
  package static let rules: [OptimizerRule] = [
    .constantFolding,
    .booleanSimplification,
    .filterMerging,
    .filterPushdown,
    .projectionMerging,
    .identityProjectionRemoval,
    .limitPushdown,
    .sortRemoval,
    .columnPruning,
    .scanConditions,
  ]

  /// - Parameter fold: The value of an expression that reads no columns; nil if it fails, so
  ///   that the error stays where it is.
  package init(
    rules: [OptimizerRule] = Optimizer.rules,
    fold: @escaping @Sendable (ResolvedExpression) -> Value?
  ) {
    self.rules = rules
    self.fold = fold
  }

  /// The better plan, of the same schema, and the names of the rules that had a part in it.
  package func optimize(_ plan: LogicalPlan) -> (plan: LogicalPlan, fired: [String]) {
    var fired: Set<String> = []
    var plan = plan
    for _ in 0..<Self.passLimit {
      var isChanged = false
      for rule in rules {
        guard let better = rule.rewrite(plan, fold) else { continue }
        plan = better
        fired.insert(rule.name)
        isChanged = true
      }
      if !isChanged { break }
    }
    var known: [ObjectIdentifier: QueryReference] = [:]
    plan = optimizingQueries(plan, known: &known, fired: &fired) ?? plan
    return (plan, rules.map(\.name).filter(fired.contains))
  }

  /// Optimizes the plans inside expressions; nil when they stay as they are.
  private func optimizingQueries(
    _ plan: LogicalPlan, known: inout [ObjectIdentifier: QueryReference],
    fired: inout Set<String>
  ) -> LogicalPlan? {
    let below = plan.mapInputs { optimizingQueries($0, known: &known, fired: &fired) }
    let here = (below ?? plan).mapExpressions { expression in
      guard expression.hasQueries else { return nil }
      return expression.rewritingUpwards { part in
        switch part {
        case .isInQuery(let operand, let query):
          optimized(query, known: &known, fired: &fired).map { .isInQuery(operand, $0) }
        case .scalarQuery(let query, let type):
          optimized(query, known: &known, fired: &fired).map { .scalarQuery($0, type) }
        case .literal, .column, .convert, .negate, .arithmetic, .compare, .not, .and, .or,
          .conditional, .coalesce, .isInSet, .isInList, .matches, .call, .field, .element, .list,
          .record, .interpolation, .rowFunction:
          nil
        }
      }
    }
    return here ?? below
  }

  /// One reference stays one reference: its result is computed once.
  private func optimized(
    _ query: QueryReference, known: inout [ObjectIdentifier: QueryReference],
    fired: inout Set<String>
  ) -> QueryReference? {
    let identity = ObjectIdentifier(query)
    if let known = known[identity] { return known === query ? nil : known }
    let (plan, names) = optimize(query.plan)
    let better = names.isEmpty ? query : QueryReference(plan, range: query.range)
    known[identity] = better
    fired.formUnion(names)
    return better === query ? nil : better
  }
}
