import PlumbColumns

extension OptimizerRule {
  /// Moves conditions down to where fewer columns have been computed and fewer rows made.
  ///
  /// A condition passes an operation only if neither can fail, so that each error is raised for
  /// the rows for which the program asks. Of several conditions in one filter those that are
  /// never null move on their own; the others only all together, for the count of rows that a
  /// null condition left out is shown.
  static let filterPushdown = OptimizerRule(
    "filter-pushdown", summary: "Apply conditions as early as their columns are known."
  ) { plan, _ in
    plan.rewritingDownwards { node in
      guard case .filter(let filter) = node else { return nil }
      return pushed(filter)
    }
  }
}

/// The filter one operation further down, or nil.
private func pushed(_ filter: LogicalPlan.Filter) -> LogicalPlan? {
  switch filter.input {
  case .project(let node): return pushed(filter, through: node)
  case .sort(let node):
    if node.keys.contains(where: \.expression.canFail) { return nil }
    return pushed(filter) { !$0.canFail }
  case .distinct(let node):
    if node.keys.contains(where: \.canFail) { return nil }
    let keys = GroupColumns(node.keys.map { ($0.columnName, $0.type) })
    return pushed(filter) { keys.decide($0) }
  case .window(let node):
    if node.calls.contains(where: \.canFail) || node.groups.contains(where: \.canFail)
      || node.sort.contains(where: \.expression.canFail)
    {
      return nil
    }
    let keys = GroupColumns(node.groups.map { ($0.columnName, $0.type) })
    return pushed(filter) { keys.decide($0) }
  case .aggregate(let node): return pushed(filter, through: node)
  case .explode(let node):
    return pushed(filter) { condition in
      !condition.canFail && !condition.reads([node.column])
    }
  case .unpivot(let node):
    return pushed(filter) { condition in
      !condition.canFail && !condition.reads([node.keyName, node.valueName])
    }
  case .union(let node):
    return moving(filter) {
      !$0.canFail && !$0.hasQueries
    } into: { condition in
      .union(
        LogicalPlan.Union(
          left: .filter(LogicalPlan.Filter(input: node.left, condition: condition)),
          right: .filter(LogicalPlan.Filter(input: node.right, condition: condition)),
          schema: node.schema))
    }
  case .join(let node): return pushed(filter, through: node)
  case .asof(let node):
    if node.leftTime.canFail || node.rightTime.canFail
      || node.keys.contains(where: { $0.left.canFail || $0.right.canFail })
    {
      return nil
    }
    return moving(filter) {
      isMovable($0, to: node.left.schema)
    } into: { condition in
      .asof(
        LogicalPlan.AsofJoin(
          node, left: .filter(LogicalPlan.Filter(input: node.left, condition: condition)),
          right: node.right))
    }
  case .scan, .filter, .limit, .tail, .sample, .top, .pivot, .fill, .describe, .drift, .pareto,
    .plot:
    return nil
  }
}

/// Moves conditions below an operation of one input that hands on the columns they read.
private func pushed(
  _ filter: LogicalPlan.Filter, where isMovable: (ResolvedExpression) -> Bool
) -> LogicalPlan? {
  moving(filter, isMovable) { condition in
    guard let below = filter.input.inputs.first else { return filter.input }
    return filter.input.over(
      .filter(LogicalPlan.Filter(input: below, condition: condition, range: filter.range)))
  }
}

/// Splits a filter into the conditions that `place` puts somewhere below and those that stay.
private func moving(
  _ filter: LogicalPlan.Filter, _ isMovable: (ResolvedExpression) -> Bool,
  into place: (ResolvedExpression) -> LogicalPlan
) -> LogicalPlan? {
  let conditions = filter.condition.conjuncts
  let movable = conditions.map(isMovable)
  if !movable.contains(false) { return place(filter.condition) }
  // What may fail is computed where the conditions before it are true or null.
  let failing = conditions.firstIndex(where: \.canFail) ?? conditions.count
  var moved: [ResolvedExpression] = []
  var kept: [ResolvedExpression] = []
  for (index, condition) in conditions.enumerated() {
    if movable[index], index < failing, condition.isNeverNull {
      moved.append(condition)
    } else {
      kept.append(condition)
    }
  }
  guard !moved.isEmpty else { return nil }
  return .filter(
    LogicalPlan.Filter(
      input: place(.conjunction(moved)), condition: .conjunction(kept), range: filter.range))
}

// MARK: Through operations that compute columns

private func pushed(
  _ filter: LogicalPlan.Filter, through node: LogicalPlan.Project
) -> LogicalPlan? {
  if node.items.contains(where: \.expression.canFail) { return nil }
  func source(_ name: String) -> ResolvedExpression? {
    node.schema.index(of: name).map { node.items[$0].expression }
  }
  // The same rows in the same order: a condition that can fail does so as before.
  return moving(filter) { condition in
    condition.columnNames.allSatisfy { name in
      source(name).map { $0.isTrivial || ($0.isCheap && !$0.hasQueries) } ?? false
    }
  } into: { condition in
    .project(
      LogicalPlan.Project(
        node,
        input: .filter(
          LogicalPlan.Filter(
            input: node.input, condition: condition.substituting(source), range: filter.range))))
  }
}

/// Conditions on keys choose whole groups, so that they may choose their rows instead.
private func pushed(
  _ filter: LogicalPlan.Filter, through node: LogicalPlan.Aggregate
) -> LogicalPlan? {
  if node.calls.contains(where: \.canFail)
    || node.keys.contains(where: { $0.expression.canFail })
  {
    return nil
  }
  let keys = GroupColumns(node.keys.map { ($0.name, $0.expression.type) })
  let sources = Dictionary(node.keys.map { ($0.name, $0.expression) }) { first, _ in first }
  return moving(filter) { condition in
    keys.decide(condition) && !condition.columnNames.contains { sources[$0]?.hasQueries ?? true }
  } into: { condition in
    .aggregate(
      LogicalPlan.Aggregate(
        input: .filter(
          LogicalPlan.Filter(
            input: node.input, condition: condition.substituting { sources[$0] },
            range: filter.range)),
        keys: node.keys, calls: node.calls))
  }
}

/// Columns that are the same for all rows of a group.
private struct GroupColumns {
  private let names: Set<String>
  /// Those of which one group holds different zeros, and NaNs of different bits.
  private let floatNames: Set<String>

  init(_ columns: [(name: String?, type: DataType)]) {
    names = Set(columns.compactMap(\.name))
    floatNames = Set(columns.filter { $0.type.holdsFloats }.compactMap(\.name))
  }

  /// Whether the condition has one result for all rows of a group, and cannot fail.
  func decide(_ condition: ResolvedExpression) -> Bool {
    let read = condition.columnNames
    return !read.isEmpty && read.isSubset(of: names) && !condition.canFail
      && !tellsZerosApart(condition)
  }

  /// Whether a float key is used other than in a comparison, which takes -0.0 for 0.0.
  private func tellsZerosApart(_ expression: ResolvedExpression) -> Bool {
    guard !floatNames.isEmpty else { return false }
    switch expression {
    case .column(let name, _): return floatNames.contains(name)
    case .compare(_, .column(_, .float), let other) where other.literalValue != nil: return false
    case .compare(_, let other, .column(_, .float)) where other.literalValue != nil: return false
    case .isInSet(.column(_, .float), _): return false
    case .call(let call):
      return !floatNames.isDisjoint(with: expression.columnNames)
        || call.lambdas.values.contains { tellsZerosApart($0.body) }
    default: return expression.children.contains(where: tellsZerosApart)
    }
  }
}

extension DataType {
  fileprivate var holdsFloats: Bool {
    switch self {
    case .float: true
    case .list(let element): element.holdsFloats
    case .record(let fields): fields.contains(where: \.type.holdsFloats)
    case .null, .bool, .int, .string, .timestamp, .duration: false
    }
  }
}

// MARK: Through joins

/// Conditions go to the side whose columns they read, unless that side's rows also come out
/// filled up with nulls.
private func pushed(
  _ filter: LogicalPlan.Filter, through node: LogicalPlan.Join
) -> LogicalPlan? {
  // Of a lookup each row that is left must have one match: fewer rows hide errors.
  if node.isUnique || node.keys.contains(where: { $0.left.canFail || $0.right.canFail }) {
    return nil
  }
  switch node.kind {
  case .inner, .left, .semi, .anti:
    let moved = moving(filter) {
      isMovable($0, to: node.left.schema)
    } into: { condition in
      .join(
        LogicalPlan.Join(
          node, left: .filter(LogicalPlan.Filter(input: node.left, condition: condition)),
          right: node.right))
    }
    if moved != nil { return moved }
  case .right, .full: break
  }
  switch node.kind {
  case .inner, .right:
    let sources = Dictionary(
      node.rightColumns.map { ($0.outputName, $0.name) }
    ) { first, _ in first }
    return moving(filter) { condition in
      let read = condition.columnNames
      return !read.isEmpty && !condition.canFail && read.allSatisfy { sources[$0] != nil }
    } into: { condition in
      let renamed = condition.renamingColumns { sources[$0] }
      return .join(
        LogicalPlan.Join(
          node, left: node.left,
          right: .filter(LogicalPlan.Filter(input: node.right, condition: renamed))))
    }
  case .left, .full, .semi, .anti: return nil
  }
}

/// Whether a condition can be computed on rows of this schema, some of which it may not have
/// been asked about.
private func isMovable(_ condition: ResolvedExpression, to schema: Schema) -> Bool {
  let read = condition.columnNames
  return !read.isEmpty && !condition.canFail && read.allSatisfy { schema.index(of: $0) != nil }
}

extension ResolvedExpression {
  fileprivate func reads(_ names: Set<String>) -> Bool {
    !columnNames.isDisjoint(with: names)
  }

  fileprivate func renamingColumns(_ source: (String) -> String?) -> ResolvedExpression {
    if case .column(let name, let type) = self {
      return source(name).map { .column($0, type) } ?? self
    }
    return mapChildren { $0.renamingColumns(source) }
  }
}
