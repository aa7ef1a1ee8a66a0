import PlumbColumns

/// Column pruning of the operations that make or drop columns.

extension LogicalPlan.Scan {
  func pruned(to needed: NeededColumns) -> LogicalPlan? {
    guard case .some(let names) = needed else { return nil }
    let kept = columns.filter(names.contains)
    guard kept.count < columns.count else { return nil }
    return .scan(
      Self(
        provider: provider, columns: kept, conditions: conditions,
        schema: schema.keeping { names.contains($0.name) }))
  }
}

extension LogicalPlan.Project {
  func pruned(to needed: NeededColumns) -> LogicalPlan? {
    var kept = items
    if case .some(let names) = needed {
      kept = items.filter { names.contains($0.name) || $0.expression.mustRun }
    }
    let input = PlumbPlan.pruned(
      input, to: .some(kept.lazy.map(\.expression).columnNames), exactly: false)
    guard input != nil || kept.count < items.count else { return nil }
    return .project(
      Self(input: input ?? self.input, items: kept, families: schema.families))
  }
}

extension LogicalPlan.Aggregate {
  func pruned(to needed: NeededColumns) -> LogicalPlan? {
    var kept = calls.filter { needed.contains($0.name) || $0.mustRun }
    // The one row of an aggregate without keys has at least one column.
    if kept.isEmpty, keys.isEmpty { kept = Array(calls.prefix(1)) }
    let read = keys.map(\.expression) + kept.flatMap(\.expressions)
    let input = PlumbPlan.pruned(input, to: .some(read.columnNames), exactly: false)
    guard input != nil || kept.count < calls.count else { return nil }
    return .aggregate(Self(input: input ?? self.input, keys: keys, calls: kept))
  }
}

extension AggregateCall {
  /// What the aggregate reads.
  var expressions: [ResolvedExpression] { arguments + (condition.map { [$0] } ?? []) }
}

extension LogicalPlan.Drift {
  /// All columns of the result come from the same comparison, so that none is left out.
  func pruned() -> LogicalPlan? {
    let features = features.map(\.name)
    let own = keys.map(\.expression) + (windows.map { [$0.time] } ?? [])
    let lean = PlumbPlan.pruned(
      input, to: .some(own.columnNames.union(features)), exactly: true)
    let leanReference = referenceInput.flatMap {
      PlumbPlan.pruned($0, to: .some(referenceKeys.columnNames.union(features)), exactly: true)
    }
    guard lean != nil || leanReference != nil else { return nil }
    return .drift(with(input: lean, referenceInput: leanReference))
  }
}

extension LogicalPlan.Window {
  func pruned(to needed: NeededColumns) -> LogicalPlan? {
    // A column that hides one of the input's leaves it unclear whose is needed.
    if calls.contains(where: { input.schema.index(of: $0.name) != nil }) {
      return PlumbPlan.pruned(input, to: .all, exactly: false).map {
        LogicalPlan.window(self).over($0)
      }
    }
    let kept = calls.filter { needed.contains($0.name) || $0.mustRun }
    if kept.isEmpty, !groups.contains(where: \.mustRun),
      !sort.contains(where: \.expression.mustRun)
    {
      let names = needed.intersection(input.schema)
      return PlumbPlan.pruned(input, to: names, exactly: false) ?? input
    }
    let read = groups + sort.map(\.expression) + kept.flatMap(\.expressions)
    let inputNeeds: NeededColumns =
      switch needed {
      case .all: .all
      case .some: needed.intersection(input.schema).union(read.columnNames)
      }
    let lean = PlumbPlan.pruned(input, to: inputNeeds, exactly: true)
    guard lean != nil || kept.count < calls.count else { return nil }
    let below = lean ?? input
    let names = Set(kept.map(\.name))
    return .window(
      Self(
        input: below, calls: kept, groups: groups, sort: sort,
        schema: schema.keeping {
          names.contains($0.name) || below.schema.index(of: $0.name) != nil
        }))
  }
}

extension WindowFunctionCall {
  /// What the function reads.
  var expressions: [ResolvedExpression] {
    switch kind {
    case .function(_, _, let arguments, _, _): arguments
    case .aggregate(let call, _): call.expressions
    }
  }
}

extension LogicalPlan.Join {
  func pruned(to needed: NeededColumns) -> LogicalPlan? {
    let rightKeys = keys.map(\.right).columnNames
    // The key of rows without a left partner is the right one: which columns are kept as keys
    // is part of what the join is.
    let isRightKept = kind == .right || kind == .full
    let kept = rightColumns.filter {
      needed.contains($0.outputName) || (isRightKept && rightKeys.contains($0.name))
    }
    let leftNeeds = needed.inputNeeds(left.schema, keys.map(\.left).columnNames)
    let lean = (
      left: PlumbPlan.pruned(left, to: leftNeeds, exactly: true),
      right: PlumbPlan.pruned(
        right, to: .some(rightKeys.union(kept.map(\.name))), exactly: true)
    )
    guard lean.left != nil || lean.right != nil || kept.count < rightColumns.count else {
      return nil
    }
    let left = lean.left ?? left
    let right = lean.right ?? right
    return .join(
      Self(
        left: left, right: right, kind: kind, keys: keys, rightColumns: kept, isUnique: isUnique,
        schema: schema.keeping(left: left.schema, right: kept), range: range))
  }
}

extension LogicalPlan.AsofJoin {
  func pruned(to needed: NeededColumns) -> LogicalPlan? {
    let rightNames = (keys.map(\.right) + [rightTime]).columnNames
    let kept = rightColumns.filter { needed.contains($0.outputName) }
    let leftNeeds = needed.inputNeeds(
      left.schema, (keys.map(\.left) + [leftTime]).columnNames)
    let lean = (
      left: PlumbPlan.pruned(left, to: leftNeeds, exactly: true),
      right: PlumbPlan.pruned(
        right, to: .some(rightNames.union(kept.map(\.name))), exactly: true)
    )
    guard lean.left != nil || lean.right != nil || kept.count < rightColumns.count else {
      return nil
    }
    let left = lean.left ?? left
    let right = lean.right ?? right
    return .asof(
      Self(
        left: left, right: right, leftTime: leftTime, rightTime: rightTime, keys: keys,
        direction: direction, tolerance: tolerance, rightColumns: kept,
        schema: schema.keeping(left: left.schema, right: kept)))
  }
}

extension NeededColumns {
  /// What is needed of an input that has some of the columns, and is read for others.
  func inputNeeds(_ schema: Schema, _ read: Set<String>) -> NeededColumns {
    switch self {
    case .all: .all
    case .some(let names): .some(names.filter { schema.index(of: $0) != nil }.union(read))
    }
  }
}

extension Schema {
  /// The schema of a join with fewer columns.
  fileprivate func keeping(left: Schema, right: [RightColumn]) -> Schema {
    let names = Set(right.map(\.outputName))
    return keeping { left.index(of: $0.name) != nil || names.contains($0.name) }
  }
}

extension LogicalPlan.Unpivot {
  func pruned(to needed: NeededColumns) -> LogicalPlan? {
    guard case .some(let names) = needed else {
      return PlumbPlan.pruned(input, to: .all, exactly: false).map {
        LogicalPlan.unpivot(self).over($0)
      }
    }
    let turned = Set(columns)
    let read = names.filter {
      $0 != keyName && $0 != valueName && input.schema.index(of: $0) != nil
    }.union(columns)
    guard let lean = PlumbPlan.pruned(input, to: .some(read), exactly: true) else { return nil }
    return .unpivot(
      Self(
        self, input: lean,
        schema: schema.keeping { field in
          field.name == keyName || field.name == valueName
            || (!turned.contains(field.name) && lean.schema.index(of: field.name) != nil)
        }))
  }
}

extension LogicalPlan.Explode {
  func pruned(to needed: NeededColumns) -> LogicalPlan? {
    guard let lean = PlumbPlan.pruned(input, to: needed.union([column]), exactly: true) else {
      return nil
    }
    return .explode(
      Self(
        input: lean, column: column,
        schema: schema.keeping { lean.schema.index(of: $0.name) != nil }))
  }
}

extension LogicalPlan.Union {
  func pruned(to needed: NeededColumns) -> LogicalPlan? {
    // By position: both inputs keep the same columns.
    let lean = (
      left: PlumbPlan.pruned(left, to: needed, exactly: true),
      right: PlumbPlan.pruned(right, to: needed, exactly: true)
    )
    guard lean.left != nil || lean.right != nil else { return nil }
    return .union(
      Self(
        left: lean.left ?? left, right: lean.right ?? right,
        schema: schema.keeping { needed.contains($0.name) }))
  }
}
