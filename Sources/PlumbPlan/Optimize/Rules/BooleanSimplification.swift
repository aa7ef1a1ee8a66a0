import PlumbColumns

extension OptimizerRule {
  /// Takes out of conditions what cannot change them.
  static let booleanSimplification = OptimizerRule(
    "boolean-simplification",
    summary: "Drop what cannot change a condition, and filters that keep all rows or none."
  ) { plan, _ in
    plan.rewritingUpwards { node in
      let simpler = node.mapExpressions { $0.rewritingUpwards(simplified) }
      return withoutFixedFilter(simpler ?? node) ?? simpler
    }
  }
}

/// A filter that is always true goes; one that is always false keeps no row. A condition that
/// is always null stays, for the count of rows that it left out is shown.
private func withoutFixedFilter(_ plan: LogicalPlan) -> LogicalPlan? {
  guard case .filter(let node) = plan, case .bool(let keeps)? = node.condition.literalValue else {
    return nil
  }
  // A limit of no rows may not even begin what it reads: an error there would be lost.
  if !keeps, node.input.canFail { return nil }
  return keeps
    ? node.input : .limit(LogicalPlan.Limit(input: node.input, skip: 0, count: 0))
}

extension LogicalPlan {
  /// Whether some operation at or below this one can raise an error for some row.
  fileprivate var canFail: Bool {
    var canFail = false
    switch self {
    case .join(let node): canFail = node.isUnique
    case .aggregate(let node): canFail = node.calls.contains(where: \.canFail)
    case .window(let node): canFail = node.calls.contains(where: \.canFail)
    case .pivot, .fill: canFail = true
    case .scan, .filter, .project, .sort, .limit, .tail, .sample, .top, .distinct, .asof,
      .unpivot, .explode, .union, .describe, .pareto, .plot:
      break
    }
    if canFail { return true }
    _ = mapExpressions { expression in
      if expression.mustRun { canFail = true }
      return nil
    }
    return canFail || inputs.contains(where: \.canFail)
  }
}

private func simplified(_ expression: ResolvedExpression) -> ResolvedExpression? {
  switch expression {
  case .not(let operand): simplifiedNegation(operand)
  case .and(let all): simplifiedLogic(all, isAnd: true)
  case .or(let all): simplifiedLogic(all, isAnd: false)
  case .conditional(let branches, let otherwise, let type):
    simplifiedConditional(branches, otherwise, type)
  case .coalesce(let all, let type): simplifiedCoalesce(all, type)
  case .isInSet(let operand, let set) where set.values.isEmpty && !operand.mustRun:
    .literal(.bool(false), .bool)
  case .literal, .column, .convert, .negate, .arithmetic, .compare, .isInSet, .isInList,
    .isInQuery, .matches, .call, .field, .element, .list, .record, .interpolation, .scalarQuery,
    .rowFunction:
    nil
  }
}

private func simplifiedNegation(_ operand: ResolvedExpression) -> ResolvedExpression? {
  switch operand {
  case .not(let inner): inner
  case .literal(.bool(let value), _): .literal(.bool(!value), .bool)
  // These two are never null, and NaN equals nothing: one is the other's negation.
  case .compare(.equal, let a, let b): .compare(.notEqual, a, b)
  case .compare(.notEqual, let a, let b): .compare(.equal, a, b)
  default: nil
  }
}

/// `and` without its true operands and all after a false one; `or` the other way round.
private func simplifiedLogic(_ operands: [ResolvedExpression], isAnd: Bool) -> ResolvedExpression? {
  var kept: [ResolvedExpression] = []
  var isChanged = false
  for (index, operand) in operands.enumerated() {
    if isAnd, case .and(let inner) = operand {
      kept += inner
      isChanged = true
    } else if !isAnd, case .or(let inner) = operand {
      kept += inner
      isChanged = true
    } else if case .bool(let value)? = operand.literalValue {
      if value == isAnd {
        isChanged = true
        continue
      }
      // Decided: later operands are never computed, earlier ones only for their errors.
      if !kept.contains(where: \.mustRun) { return operand }
      kept.append(operand)
      if index + 1 < operands.count { isChanged = true }
      break
    } else {
      kept.append(operand)
    }
  }
  if kept.isEmpty { return .literal(.bool(isAnd), .bool) }
  if kept.count == 1 { return kept[0] }
  guard isChanged else { return nil }
  return isAnd ? .and(kept) : .or(kept)
}

private func simplifiedConditional(
  _ branches: [ResolvedExpression.Branch], _ otherwise: ResolvedExpression, _ type: DataType
) -> ResolvedExpression? {
  var kept: [ResolvedExpression.Branch] = []
  for branch in branches {
    switch branch.condition {
    case .literal(.bool(true), _):
      return kept.isEmpty
        ? branch.value : .conditional(kept, otherwise: branch.value, type)
    case .literal: continue
    default: kept.append(branch)
    }
  }
  if kept.isEmpty { return otherwise }
  return kept.count == branches.count ? nil : .conditional(kept, otherwise: otherwise, type)
}

private func simplifiedCoalesce(
  _ operands: [ResolvedExpression], _ type: DataType
) -> ResolvedExpression? {
  var kept: [ResolvedExpression] = []
  for operand in operands {
    if operand.literalValue?.isNull == true { continue }
    kept.append(operand)
    if operand.isNeverNull { break }
  }
  if kept.isEmpty { return .literal(.null, type) }
  if kept.count == 1 { return kept[0] }
  return kept.count == operands.count ? nil : .coalesce(kept, type)
}
