import PlumbColumns

extension LogicalPlan {
  /// The plan with expressions of this very node replaced by others of the same type; nil when
  /// none is.
  func mapExpressions(
    _ transform: (ResolvedExpression) -> ResolvedExpression?
  ) -> LogicalPlan? {
    switch self {
    case .scan, .limit, .tail, .sample, .unpivot, .explode, .union, .fill, .describe, .plot:
      return nil
    case .filter(let node):
      return transform(node.condition).map {
        .filter(Filter(input: node.input, condition: $0, range: node.range))
      }
    case .project(let node):
      return mapped(node.items) { $0.mapExpression(transform) }.map {
        .project(Project(node, items: $0))
      }
    case .aggregate(let node):
      let keys = mapped(node.keys) { $0.mapExpression(transform) }
      let calls = mapped(node.calls) { $0.mapExpressions(transform) }
      guard keys != nil || calls != nil else { return nil }
      return .aggregate(
        Aggregate(input: node.input, keys: keys ?? node.keys, calls: calls ?? node.calls))
    case .sort(let node):
      return mapped(node.keys) { $0.mapExpression(transform) }.map {
        .sort(Sort(input: node.input, keys: $0))
      }
    case .top(let node):
      let key = node.key.mapExpression(transform)
      let groups = mapped(node.groups, transform)
      guard key != nil || groups != nil else { return nil }
      return .top(
        Top(
          input: node.input, count: node.count, key: key ?? node.key,
          groups: groups ?? node.groups, withTies: node.withTies))
    case .distinct(let node):
      return mapped(node.keys, transform).map { .distinct(Distinct(input: node.input, keys: $0)) }
    case .join(let node):
      return mapped(node.keys) { $0.mapExpressions(transform) }.map {
        .join(
          Join(
            left: node.left, right: node.right, kind: node.kind, keys: $0,
            rightColumns: node.rightColumns, isUnique: node.isUnique, schema: node.schema,
            range: node.range))
      }
    case .asof(let node):
      let leftTime = transform(node.leftTime)
      let rightTime = transform(node.rightTime)
      let keys = mapped(node.keys) { $0.mapExpressions(transform) }
      guard leftTime != nil || rightTime != nil || keys != nil else { return nil }
      return .asof(
        AsofJoin(
          left: node.left, right: node.right, leftTime: leftTime ?? node.leftTime,
          rightTime: rightTime ?? node.rightTime, keys: keys ?? node.keys,
          direction: node.direction, tolerance: node.tolerance, rightColumns: node.rightColumns,
          schema: node.schema))
    case .window(let node):
      let calls = mapped(node.calls) { $0.mapExpressions(transform) }
      let groups = mapped(node.groups, transform)
      let sort = mapped(node.sort) { $0.mapExpression(transform) }
      guard calls != nil || groups != nil || sort != nil else { return nil }
      return .window(
        Window(
          input: node.input, calls: calls ?? node.calls, groups: groups ?? node.groups,
          sort: sort ?? node.sort, schema: node.schema))
    case .pivot(let node):
      let call = node.call.mapExpressions(transform)
      let column = transform(node.column)
      let keys = mapped(node.keys) { $0.mapExpression(transform) }
      guard call != nil || column != nil || keys != nil else { return nil }
      return .pivot(
        Pivot(
          input: node.input, call: call ?? node.call, column: column ?? node.column,
          values: node.values, keys: keys ?? node.keys))
    case .pareto(let node):
      return mapped(node.objectives) { $0.mapExpression(transform) }.map {
        .pareto(Pareto(input: node.input, objectives: $0))
      }
    }
  }
}

/// The elements with those replaced that `transform` has something for; nil when it has nothing.
private func mapped<Element>(
  _ elements: [Element], _ transform: (Element) -> Element?
) -> [Element]? {
  var result: [Element]?
  for (index, element) in elements.enumerated() {
    guard let replacement = transform(element) else { continue }
    if result == nil { result = elements }
    result?[index] = replacement
  }
  return result
}

extension OutputColumn {
  fileprivate func mapExpression(
    _ transform: (ResolvedExpression) -> ResolvedExpression?
  ) -> OutputColumn? {
    transform(expression).map { OutputColumn(field, $0) }
  }
}

extension OrderKey {
  fileprivate func mapExpression(
    _ transform: (ResolvedExpression) -> ResolvedExpression?
  ) -> OrderKey? {
    transform(expression).map { OrderKey($0, isDescending: isDescending) }
  }
}

extension KeyPair {
  fileprivate func mapExpressions(
    _ transform: (ResolvedExpression) -> ResolvedExpression?
  ) -> KeyPair? {
    let (left, right) = (transform(left), transform(right))
    guard left != nil || right != nil else { return nil }
    return KeyPair(left: left ?? self.left, right: right ?? self.right)
  }
}

extension AggregateCall {
  fileprivate func mapExpressions(
    _ transform: (ResolvedExpression) -> ResolvedExpression?
  ) -> AggregateCall? {
    let arguments = mapped(arguments, transform)
    let condition = condition.flatMap(transform)
    guard arguments != nil || condition != nil else { return nil }
    return AggregateCall(
      name: name, function: function, overload: overload, arguments: arguments ?? self.arguments,
      condition: condition ?? self.condition, type: type, range: range)
  }
}

extension WindowFunctionCall {
  fileprivate func mapExpressions(
    _ transform: (ResolvedExpression) -> ResolvedExpression?
  ) -> WindowFunctionCall? {
    switch kind {
    case .function(let function, let overload, let arguments, let type, let range):
      mapped(arguments, transform).map {
        WindowFunctionCall(
          name: name,
          kind: .function(function, overload, arguments: $0, type: type, range: range))
      }
    case .aggregate(let call, let frame):
      call.mapExpressions(transform).map {
        WindowFunctionCall(name: name, kind: .aggregate($0, frame: frame))
      }
    }
  }
}
