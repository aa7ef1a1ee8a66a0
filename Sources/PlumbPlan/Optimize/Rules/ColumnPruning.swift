import PlumbColumns

extension OptimizerRule {
  /// Reads and computes just the columns that are used.
  ///
  /// A column that is used nowhere is computed all the same if that can fail.
  static let columnPruning = OptimizerRule(
    "column-pruning", summary: "Read and compute only the columns that are used."
  ) { plan, _ in
    pruned(plan, to: .all, exactly: false)
  }
}

/// The columns of a plan that something above it reads.
enum NeededColumns {
  case all
  case some(Set<String>)

  func contains(_ name: String) -> Bool {
    switch self {
    case .all: true
    case .some(let names): names.contains(name)
    }
  }

  func union(_ more: some Sequence<String>) -> NeededColumns {
    switch self {
    case .all: .all
    case .some(let names): .some(names.union(more))
    }
  }

  /// Those of the columns that an input has.
  func intersection(_ schema: Schema, where isInput: (String) -> Bool = { _ in true })
    -> NeededColumns
  {
    switch self {
    case .all: .some(Set(schema.fields.lazy.map(\.name).filter(isInput)))
    case .some(let names): .some(names.filter { schema.index(of: $0) != nil && isInput($0) })
    }
  }
}

/// The plan without columns that are not needed; nil when it has none.
///
/// The result has the needed columns in their old order, and perhaps more of the old ones; with
/// `exactly` a projection drops these, which is worth while below what copies rows.
func pruned(
  _ plan: LogicalPlan, to needed: NeededColumns, exactly: Bool
) -> LogicalPlan? {
  let lean = plan.prunedNode(to: needed)
  guard exactly, case .some(let names) = needed else { return lean }
  return narrowed(lean ?? plan, to: names) ?? lean
}

/// A projection to the named columns; nil when the plan has no others.
private func narrowed(_ plan: LogicalPlan, to names: Set<String>) -> LogicalPlan? {
  let schema = plan.schema
  let fields = schema.fields.filter { names.contains($0.name) }
  guard fields.count < schema.count else { return nil }
  return .project(
    LogicalPlan.Project(
      input: plan, items: fields.map { OutputColumn($0, .column($0.name, $0.type)) },
      families: schema.families))
}

extension LogicalPlan {
  fileprivate func prunedNode(to needed: NeededColumns) -> LogicalPlan? {
    switch self {
    case .scan(let node): return node.pruned(to: needed)
    case .filter(let node):
      let read = needed.union(node.condition.columnNames)
      return prunedInput(to: read, exactly: false)
    case .project(let node): return node.pruned(to: needed)
    case .aggregate(let node): return node.pruned(to: needed)
    case .sort(let node):
      return prunedInput(to: needed.union(node.keys.map(\.expression).columnNames))
    case .limit: return prunedInput(to: needed, exactly: false)
    case .tail: return prunedInput(to: needed, exactly: false)
    case .sample: return prunedInput(to: needed)
    case .top(let node):
      return prunedInput(to: needed.union((node.groups + [node.key.expression]).columnNames))
    case .distinct(let node): return prunedInput(to: needed.union(node.keys.columnNames))
    case .join(let node): return node.pruned(to: needed)
    case .asof(let node): return node.pruned(to: needed)
    case .window(let node): return node.pruned(to: needed)
    case .pivot(let node):
      let read = node.call.expressions + [node.column] + node.keys.map(\.expression)
      return prunedInput(to: .some(read.columnNames), exactly: false)
    case .unpivot(let node): return node.pruned(to: needed)
    case .explode(let node): return node.pruned(to: needed)
    case .union(let node): return node.pruned(to: needed)
    case .fill(let node):
      return prunedInput(to: needed.union(node.groups + [node.timeColumn]))
    case .describe, .plot: return prunedInput(to: .all)
    case .pareto(let node):
      return prunedInput(to: needed.union(node.objectives.map(\.expression).columnNames))
    }
  }

  /// The node over its leaner input, for operations that hand on all columns.
  private func prunedInput(to needed: NeededColumns, exactly: Bool = true) -> LogicalPlan? {
    mapInputs { PlumbPlan.pruned($0, to: needed, exactly: exactly) }
  }
}

extension Schema {
  /// The schema without some fields.
  func keeping(_ isKept: (Field) -> Bool) -> Schema {
    Schema(fields.filter(isKept), families: families)
  }
}
