import PlumbColumns

/// What the rules need to know of an expression before they move it.
extension ResolvedExpression {
  /// The expression after `rule` has seen each part, the innermost first; nil when it changed
  /// none.
  func rewritingUpwards(
    _ rule: (ResolvedExpression) -> ResolvedExpression?
  ) -> ResolvedExpression? {
    switch self {
    case .literal, .column: return rule(self)
    default: break
    }
    var isChanged = false
    let inner = mapChildren { child in
      guard let better = child.rewritingUpwards(rule) else { return child }
      isChanged = true
      return better
    }
    return rule(isChanged ? inner : self) ?? (isChanged ? inner : nil)
  }

  /// Whether some part meets the condition, lambda bodies included.
  func contains(_ condition: (ResolvedExpression) -> Bool) -> Bool {
    switch self {
    case .literal, .column: return condition(self)
    default: break
    }
    if condition(self) { return true }
    if case .call(let call) = self,
      call.lambdas.values.contains(where: { $0.body.contains(condition) })
    {
      return true
    }
    return children.contains { $0.contains(condition) }
  }

  /// Whether the expression runs a query of its own.
  var hasQueries: Bool {
    contains {
      switch $0 {
      case .isInQuery, .scalarQuery: true
      default: false
      }
    }
  }

  /// A column or a literal: what costs nothing to compute again.
  var isTrivial: Bool {
    switch self {
    case .literal, .column: true
    default: false
    }
  }

  /// Whether computing it twice costs less than moving a filter gains.
  var isCheap: Bool {
    var count = 0
    return !contains { part in
      count += 1
      if count > 12 { return true }
      switch part {
      case .literal, .column, .convert, .negate, .compare, .not, .and, .or, .conditional,
        .coalesce, .isInSet, .field:
        return false
      case .arithmetic(_, _, _, let operation): return operation.type == .string
      case .isInList, .isInQuery, .matches, .call, .element, .list, .record, .interpolation,
        .scalarQuery, .rowFunction:
        return true
      }
    }
  }

  /// Whether it is known to be null for no row.
  var isNeverNull: Bool {
    switch self {
    case .literal(let value, _): !value.isNull
    case .compare(let symbol, let left, let right):
      symbol == .equal || symbol == .notEqual || (left.isNeverNull && right.isNeverNull)
    case .isInSet, .isInList, .isInQuery, .interpolation, .list, .record: true
    case .not(let operand): operand.isNeverNull
    case .convert(let operand, _): operand.isNeverNull
    case .and(let all), .or(let all): all.allSatisfy(\.isNeverNull)
    case .coalesce(let all, _): all.contains(where: \.isNeverNull)
    case .conditional(let branches, let otherwise, _):
      otherwise.isNeverNull && branches.allSatisfy(\.value.isNeverNull)
    case .column, .negate, .arithmetic, .matches, .call, .field, .element, .scalarQuery,
      .rowFunction:
      false
    }
  }

  /// The conditions that must all be true, in their order.
  var conjuncts: [ResolvedExpression] {
    if case .and(let all) = self { all.flatMap(\.conjuncts) } else { [self] }
  }

  /// One condition of several.
  static func conjunction(_ conditions: [ResolvedExpression]) -> ResolvedExpression {
    conditions.count == 1 ? conditions[0] : .and(conditions)
  }
}

extension Sequence<ResolvedExpression> {
  /// The names of all columns that the expressions read.
  var columnNames: Set<String> {
    var names: Set<String> = []
    for expression in self { expression.collectColumnNames(into: &names) }
    return names
  }
}
