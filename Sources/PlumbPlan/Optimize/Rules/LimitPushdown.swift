import PlumbColumns

extension OptimizerRule {
  /// Cuts rows off before columns are computed for them.
  static let limitPushdown = OptimizerRule(
    "limit-pushdown", summary: "Take the wanted rows before computing columns; join limits."
  ) { plan, _ in
    plan.rewritingDownwards { node in
      guard case .limit(let limit) = node else { return nil }
      if limit.skip <= 0, limit.count == nil { return limit.input }
      switch limit.input {
      case .project(let project):
        // What can fail is computed for all rows, as without the rule.
        if project.items.contains(where: \.expression.canFail) { return nil }
        return .project(
          LogicalPlan.Project(
            project,
            input: .limit(
              LogicalPlan.Limit(input: project.input, skip: limit.skip, count: limit.count))))
      case .limit(let inner): return merged(limit, inner).map(LogicalPlan.limit)
      case .scan, .filter, .aggregate, .sort, .tail, .sample, .top, .distinct, .join, .asof,
        .window, .pivot, .unpivot, .explode, .union, .fill, .describe, .pareto,
        .plot:
        return nil
      }
    }
  }
}

private func merged(
  _ outer: LogicalPlan.Limit, _ inner: LogicalPlan.Limit
) -> LogicalPlan.Limit? {
  let (outerSkip, innerSkip) = (max(0, outer.skip), max(0, inner.skip))
  let (skip, overflows) = innerSkip.addingReportingOverflow(outerSkip)
  guard !overflows else { return nil }
  let left = inner.count.map { max(0, max(0, $0) - outerSkip) }
  let count: Int? =
    switch (left, outer.count) {
    case (let left?, let wanted?): min(left, max(0, wanted))
    case (let left?, nil): left
    case (nil, let wanted): wanted
    }
  return LogicalPlan.Limit(input: inner.input, skip: skip, count: count)
}
