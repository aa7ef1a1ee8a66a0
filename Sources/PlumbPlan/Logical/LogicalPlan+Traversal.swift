package import PlumbColumns

extension LogicalPlan {
  /// The columns that the plan gives.
  package var schema: Schema {
    switch self {
    case .scan(let node): node.schema
    case .filter(let node): node.input.schema
    case .project(let node): node.schema
    case .aggregate(let node): node.schema
    case .sort(let node): node.input.schema
    case .limit(let node): node.input.schema
    case .tail(let node): node.input.schema
    case .sample(let node): node.input.schema
    case .top(let node): node.input.schema
    case .distinct(let node): node.input.schema
    case .join(let node): node.schema
    case .asof(let node): node.schema
    case .window(let node): node.schema
    case .pivot(let node): node.schema
    case .unpivot(let node): node.schema
    case .explode(let node): node.schema
    case .union(let node): node.schema
    case .fill(let node): node.input.schema
    case .describe: Describe.schema
    case .pareto(let node): node.input.schema
    }
  }

  /// The plans that this one reads, the left first.
  package var inputs: [LogicalPlan] {
    switch self {
    case .scan: []
    case .filter(let node): [node.input]
    case .project(let node): [node.input]
    case .aggregate(let node): [node.input]
    case .sort(let node): [node.input]
    case .limit(let node): [node.input]
    case .tail(let node): [node.input]
    case .sample(let node): [node.input]
    case .top(let node): [node.input]
    case .distinct(let node): [node.input]
    case .join(let node): [node.left, node.right]
    case .asof(let node): [node.left, node.right]
    case .window(let node): [node.input]
    case .pivot(let node): [node.input]
    case .unpivot(let node): [node.input]
    case .explode(let node): [node.input]
    case .union(let node): [node.left, node.right]
    case .fill(let node): [node.input]
    case .describe(let node): [node.input]
    case .pareto(let node): [node.input]
    }
  }
}

extension LogicalPlan {
  /// The tables that the plan's rows are rows of: that of the head, and those of unions.
  ///
  /// What a join adds from the right is not looked for: a row is where its head's row is.
  package var origins: [any TableProvider] {
    switch self {
    case .scan(let node):
      if let held = node.provider as? MemoryTable, !held.origins.isEmpty { return held.origins }
      return [node.provider]
    case .union(let node): return node.left.origins + node.right.origins
    default: return inputs.first?.origins ?? []
    }
  }
}
