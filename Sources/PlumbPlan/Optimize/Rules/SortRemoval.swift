import PlumbColumns

extension OptimizerRule {
  /// Makes one sort of two that follow each other: sorting is stable, so that the lower one's
  /// keys come after the upper one's.
  static let sortRemoval = OptimizerRule(
    "sort-removal", summary: "Sort once where sorts follow each other."
  ) { plan, _ in
    plan.rewritingUpwards { node in
      guard case .sort(let upper) = node else { return nil }
      if upper.keys.isEmpty { return upper.input }
      guard case .sort(let lower) = upper.input else { return nil }
      let all = upper.keys + lower.keys
      if all.contains(where: \.expression.mustRun) { return nil }
      var keys: [OrderKey] = []
      for key in all
      where !keys.contains(where: { $0.expression.isSame(as: key.expression) }) {
        keys.append(key)
      }
      return .sort(LogicalPlan.Sort(input: lower.input, keys: keys))
    }
  }
}
