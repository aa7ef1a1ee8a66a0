package import PlumbColumns

/// A way to make plans better: a function from plan to plan with a name.
package struct OptimizerRule: Sendable {
  /// The value of an expression without columns, nil if it fails.
  package typealias Fold = @Sendable (ResolvedExpression) -> Value?

  /// The name that `explain` shows, such as `filter-pushdown`.
  package let name: String
  /// One sentence: what it does.
  package let summary: String
  /// The plan after the rule; nil if the rule changes nothing.
  package let rewrite: @Sendable (_ plan: LogicalPlan, _ fold: Fold) -> LogicalPlan?

  package init(
    _ name: String, summary: String,
    rewrite: @escaping @Sendable (_ plan: LogicalPlan, _ fold: Fold) -> LogicalPlan?
  ) {
    self.name = name
    self.summary = summary
    self.rewrite = rewrite
  }
}
