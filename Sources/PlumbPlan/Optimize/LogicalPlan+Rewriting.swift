import PlumbColumns

/// Rewriting that says whether it changed anything: nil means no change, so that wide plans are
/// not built anew for nothing.
extension LogicalPlan {
  /// The plan with inputs replaced by others of the same columns; nil when none is.
  package func mapInputs(_ transform: (LogicalPlan) -> LogicalPlan?) -> LogicalPlan? {
    switch self {
    case .scan: nil
    case .filter(let node):
      transform(node.input).map {
        .filter(Filter(input: $0, condition: node.condition, range: node.range))
      }
    case .project(let node):
      transform(node.input).map { .project(Project(node, input: $0)) }
    case .aggregate(let node):
      transform(node.input).map {
        .aggregate(Aggregate(input: $0, keys: node.keys, calls: node.calls))
      }
    case .sort(let node): transform(node.input).map { .sort(Sort(input: $0, keys: node.keys)) }
    case .limit(let node):
      transform(node.input).map { .limit(Limit(input: $0, skip: node.skip, count: node.count)) }
    case .tail(let node): transform(node.input).map { .tail(Tail(input: $0, count: node.count)) }
    case .sample(let node):
      transform(node.input).map { .sample(Sample(input: $0, count: node.count, seed: node.seed)) }
    case .top(let node): transform(node.input).map { .top(Top(node, input: $0)) }
    case .distinct(let node):
      transform(node.input).map { .distinct(Distinct(input: $0, keys: node.keys)) }
    case .join(let node): node.mapInputs(transform).map(LogicalPlan.join)
    case .asof(let node): node.mapInputs(transform).map(LogicalPlan.asof)
    case .window(let node):
      transform(node.input).map { .window(Window(node, input: $0, schema: node.schema)) }
    case .pivot(let node):
      transform(node.input).map {
        .pivot(
          Pivot(
            input: $0, call: node.call, column: node.column, values: node.values, keys: node.keys))
      }
    case .unpivot(let node):
      transform(node.input).map { .unpivot(Unpivot(node, input: $0, schema: node.schema)) }
    case .explode(let node):
      transform(node.input).map {
        .explode(Explode(input: $0, column: node.column, schema: node.schema))
      }
    case .union(let node): node.mapInputs(transform).map(LogicalPlan.union)
    case .fill(let node):
      transform(node.input).map {
        .fill(
          Fill(
            input: $0, timeColumn: node.timeColumn, stepMicroseconds: node.stepMicroseconds,
            groups: node.groups))
      }
    case .describe(let node): transform(node.input).map { .describe(Describe(input: $0)) }
    case .pareto(let node):
      transform(node.input).map { .pareto(Pareto(input: $0, objectives: node.objectives)) }
    case .plot(let node):
      transform(node.input).map {
        .plot(Plot(input: $0, specification: node.specification, isSaved: node.isSaved))
      }
    }
  }

  /// The same operation over another input of the same columns, for operations of one input.
  func over(_ input: LogicalPlan) -> LogicalPlan { mapInputs { _ in input } ?? self }

  /// The plan after `rule` has seen each node, inputs first; nil when it changed none.
  func rewritingUpwards(_ rule: (LogicalPlan) -> LogicalPlan?) -> LogicalPlan? {
    let below = mapInputs { $0.rewritingUpwards(rule) }
    return rule(below ?? self) ?? below
  }

  /// The plan after `rule` has seen each node, and then the inputs of what it made of it.
  func rewritingDownwards(_ rule: (LogicalPlan) -> LogicalPlan?) -> LogicalPlan? {
    let here = rule(self)
    return (here ?? self).mapInputs { $0.rewritingDownwards(rule) } ?? here
  }
}

extension LogicalPlan.Project {
  init(_ node: Self, input: LogicalPlan) {
    self.init(input: input, items: node.items, families: node.schema.families)
  }

  init(_ node: Self, items: [OutputColumn]) {
    self.init(input: node.input, items: items, families: node.schema.families)
  }
}

extension LogicalPlan.Top {
  init(_ node: Self, input: LogicalPlan) {
    self.init(
      input: input, count: node.count, key: node.key, groups: node.groups,
      withTies: node.withTies)
  }
}

extension LogicalPlan.Window {
  init(_ node: Self, input: LogicalPlan, schema: Schema) {
    self.init(
      input: input, calls: node.calls, groups: node.groups, sort: node.sort, schema: schema)
  }
}

extension LogicalPlan.Unpivot {
  init(_ node: Self, input: LogicalPlan, schema: Schema) {
    self.init(
      input: input, columns: node.columns, keyName: node.keyName, valueName: node.valueName,
      valueType: node.valueType, schema: schema)
  }
}

extension LogicalPlan.Join {
  init(_ node: Self, left: LogicalPlan, right: LogicalPlan) {
    self.init(
      left: left, right: right, kind: node.kind, keys: node.keys, rightColumns: node.rightColumns,
      isUnique: node.isUnique, schema: node.schema, range: node.range)
  }

  fileprivate func mapInputs(_ transform: (LogicalPlan) -> LogicalPlan?) -> Self? {
    let (left, right) = (transform(left), transform(right))
    guard left != nil || right != nil else { return nil }
    return Self(self, left: left ?? self.left, right: right ?? self.right)
  }
}

extension LogicalPlan.AsofJoin {
  init(_ node: Self, left: LogicalPlan, right: LogicalPlan) {
    self.init(
      left: left, right: right, leftTime: node.leftTime, rightTime: node.rightTime,
      keys: node.keys, direction: node.direction, tolerance: node.tolerance,
      rightColumns: node.rightColumns, schema: node.schema)
  }

  fileprivate func mapInputs(_ transform: (LogicalPlan) -> LogicalPlan?) -> Self? {
    let (left, right) = (transform(left), transform(right))
    guard left != nil || right != nil else { return nil }
    return Self(self, left: left ?? self.left, right: right ?? self.right)
  }
}

extension LogicalPlan.Union {
  fileprivate func mapInputs(_ transform: (LogicalPlan) -> LogicalPlan?) -> Self? {
    let (left, right) = (transform(left), transform(right))
    guard left != nil || right != nil else { return nil }
    return Self(left: left ?? self.left, right: right ?? self.right, schema: schema)
  }
}
