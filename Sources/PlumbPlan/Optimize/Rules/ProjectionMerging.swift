import PlumbColumns

extension OptimizerRule {
  /// Makes one projection of two, when nothing is then computed twice or for other rows.
  static let projectionMerging = OptimizerRule(
    "projection-merging", summary: "Join projections that follow each other."
  ) { plan, _ in
    plan.rewritingUpwards { node in
      guard case .project(let upper) = node, case .project(let lower) = upper.input else {
        return nil
      }
      return merged(upper, lower).map(LogicalPlan.project)
    }
  }

  /// Drops projections that hand on their input as it is.
  static let identityProjectionRemoval = OptimizerRule(
    "identity-projection-removal", summary: "Drop projections that change nothing."
  ) { plan, _ in
    plan.rewritingUpwards { node in
      guard case .project(let project) = node, isIdentity(project) else { return nil }
      return project.input
    }
  }
}

/// The largest expression that is put into another: chains of `derive` stay shallow.
private let inlinedPartLimit = 100

private func merged(
  _ upper: LogicalPlan.Project, _ lower: LogicalPlan.Project
) -> LogicalPlan.Project? {
  var computed: Set<String> = []
  var failing: [String] = []
  for item in lower.items where !item.expression.isTrivial {
    if item.expression.mustRun { failing.append(item.name) }
    computed.insert(item.name)
  }
  if !failing.isEmpty, !handsOn(failing, upper) { return nil }
  var uses = ColumnUses(of: computed)
  if !computed.isEmpty {
    for item in upper.items { uses.count(item.expression) }
    guard uses.isOnceEach else { return nil }
    for item in lower.items where uses.names.contains(item.name) {
      var parts = 0
      guard
        !item.expression.contains({ _ in
          parts += 1
          return parts > inlinedPartLimit
        })
      else { return nil }
    }
  }
  let items = upper.items.map { item in
    OutputColumn(
      item.field,
      item.expression.substituting { name in
        lower.schema.index(of: name).map { lower.items[$0].expression }
      })
  }
  return LogicalPlan.Project(
    input: lower.input, items: items, families: upper.schema.families)
}

/// Whether a projection computes nothing and hands on each of these columns, in this order: then
/// whatever can fail is computed as before.
private func handsOn(_ names: [String], _ project: LogicalPlan.Project) -> Bool {
  guard project.items.allSatisfy(\.expression.isTrivial) else { return false }
  let wanted = Set(names)
  return project.items.compactMap(\.expression.columnName).filter(wanted.contains) == names
}

/// Which of some columns expressions read, and whether one more than once.
private struct ColumnUses {
  let wanted: Set<String>
  var names: Set<String> = []
  var isOnceEach = true

  init(of wanted: Set<String>) { self.wanted = wanted }

  mutating func count(_ expression: ResolvedExpression, isRepeated: Bool = false) {
    if case .column(let name, _) = expression {
      guard wanted.contains(name) else { return }
      if !names.insert(name).inserted || isRepeated { isOnceEach = false }
      return
    }
    if case .call(let call) = expression {
      // A body is computed for each element.
      for lambda in call.lambdas.values { count(lambda.body, isRepeated: true) }
    }
    for child in expression.children { count(child, isRepeated: isRepeated) }
  }
}

private func isIdentity(_ project: LogicalPlan.Project) -> Bool {
  let input = project.input.schema
  return project.items.count == input.count
    && zip(project.items, input.fields).allSatisfy { item, field in
      item.expression.columnName == field.name && item.field == field
    }
    && project.schema.families == input.families
}
