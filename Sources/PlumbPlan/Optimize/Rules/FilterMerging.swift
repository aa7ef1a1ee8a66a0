import PlumbColumns

extension OptimizerRule {
  /// Makes one filter of two that follow each other.
  ///
  /// The lower condition stays first and guards the upper one. Where it may be null it stays a
  /// filter of its own: `and` computes its later operands for rows where the first is null, on
  /// which the upper filter would not have come.
  static let filterMerging = OptimizerRule(
    "filter-merging", summary: "Join filters that follow each other."
  ) { plan, _ in
    plan.rewritingUpwards { node in
      guard case .filter(let upper) = node, case .filter(let lower) = upper.input,
        lower.condition.isNeverNull
      else { return nil }
      let conditions = lower.condition.conjuncts + upper.condition.conjuncts
      return .filter(
        LogicalPlan.Filter(
          input: lower.input, condition: .conjunction(conditions), range: upper.range))
    }
  }
}
