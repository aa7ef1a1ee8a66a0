import PlumbColumns

extension OptimizerRule {
  /// Tells sources of the simple conditions above them, so that they may load less.
  static let scanConditions = OptimizerRule(
    "scan-conditions", summary: "Let a source skip rows that the filter above it drops."
  ) { plan, _ in
    plan.rewritingUpwards { node in
      guard case .filter(let filter) = node, case .scan(let scan) = filter.input else {
        return nil
      }
      let wanted = guarding(filter.condition.conjuncts).flatMap(scanConditions(of:))
        .filter { !scan.conditions.contains($0) && scan.provider.schema[$0.column] != nil }
      guard !wanted.isEmpty else { return nil }
      let usable = scan.provider.usableConditions(wanted)
      guard !usable.isEmpty else { return nil }
      return node.over(
        .scan(
          LogicalPlan.Scan(
            provider: scan.provider, columns: scan.columns, conditions: scan.conditions + usable,
            schema: scan.schema)))
    }
  }
}

/// The conditions whose rows may be left out without an error's getting lost: all, or those
/// that later operands of `and` need not be computed without.
private func guarding(_ conditions: [ResolvedExpression]) -> [ResolvedExpression] {
  guard let firstFailing = conditions.firstIndex(where: \.canFail) else { return conditions }
  return conditions[..<firstFailing].filter(\.isNeverNull)
}

/// What a condition that is true says of single columns.
private func scanConditions(of condition: ResolvedExpression) -> [ScanCondition] {
  switch condition {
  case .column(let name, .bool): [ScanCondition(column: name, test: .equal(.bool(true)))]
  case .not(.column(let name, .bool)):
    [ScanCondition(column: name, test: .equal(.bool(false)))]
  case .compare(let symbol, .column(let name, _), .literal(let value, _)):
    test(symbol, value).map { [ScanCondition(column: name, test: $0)] } ?? []
  case .compare(let symbol, .literal(let value, _), .column(let name, _)):
    test(mirrored(symbol), value).map { [ScanCondition(column: name, test: $0)] } ?? []
  case .isInSet(.column(let name, _), let set) where set.values.allSatisfy(isPlain):
    [ScanCondition(column: name, test: .oneOf(set.values))]
  case .and(let all): all.flatMap(scanConditions(of:))
  case .or(let all): alternatives(all).map { [$0] } ?? []
  // True only where the first is: so `in 1..10` is written.
  case .coalesce(let all, _) where all.count == 2 && all[1].isFalse: scanConditions(of: all[0])
  default: []
  }
}

/// `key == "a" or key == "b"` as one test of the column.
private func alternatives(_ conditions: [ResolvedExpression]) -> ScanCondition? {
  var column: String?
  var values: [Value] = []
  for condition in conditions {
    let found = scanConditions(of: condition)
    guard found.count == 1, column == nil || column == found[0].column else { return nil }
    column = found[0].column
    switch found[0].test {
    case .equal(let value) where isPlain(value): values.append(value)
    case .oneOf(let members): values += members
    case .equal, .less, .lessOrEqual, .greater, .greaterOrEqual: return nil
    }
  }
  return column.map { ScanCondition(column: $0, test: .oneOf(values)) }
}

private func test(_ symbol: ComparisonOperator, _ value: Value) -> ScanCondition.Test? {
  guard isPlain(value) else { return symbol == .equal && value.isNull ? .equal(.null) : nil }
  return switch symbol {
  case .equal: .equal(value)
  case .notEqual: nil
  case .less: .less(value)
  case .lessOrEqual: .lessOrEqual(value)
  case .greater: .greater(value)
  case .greaterOrEqual: .greaterOrEqual(value)
  }
}

private func mirrored(_ symbol: ComparisonOperator) -> ComparisonOperator {
  switch symbol {
  case .equal, .notEqual: symbol
  case .less: .greater
  case .lessOrEqual: .greaterOrEqual
  case .greater: .less
  case .greaterOrEqual: .lessOrEqual
  }
}

/// A value that all sources compare alike: no null, no NaN, nothing nested.
private func isPlain(_ value: Value) -> Bool {
  switch value {
  case .null, .list, .record: false
  case .float(let number): !number.isNaN
  case .bool, .int, .string, .timestamp, .duration: true
  }
}

extension ResolvedExpression {
  fileprivate var isFalse: Bool {
    if case .literal(.bool(false), _) = self { true } else { false }
  }
}
