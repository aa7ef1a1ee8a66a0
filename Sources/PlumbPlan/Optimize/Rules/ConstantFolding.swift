import PlumbColumns

extension OptimizerRule {
  /// Computes what is the same for all rows once.
  static let constantFolding = OptimizerRule(
    "constant-folding", summary: "Compute what reads no columns once, before any row."
  ) { plan, fold in
    plan.rewritingUpwards { node in
      node.mapExpressions { expression in
        expression.rewritingUpwards { foldedPart($0, fold) }
      }
    }
  }
}

/// The literal that a part of an expression comes to, its operands being folded already.
private func foldedPart(
  _ expression: ResolvedExpression, _ fold: OptimizerRule.Fold
) -> ResolvedExpression? {
  switch expression {
  case .literal, .column, .scalarQuery, .isInQuery, .rowFunction: return nil
  case .isInList(let operand, .literal(.list(let members, _), _)) where !operand.isLiteral:
    return .isInSet(operand, ValueSet(members.map { $0.coerced(to: operand.type) }))
  case .call(let call):
    for lambda in call.lambdas.values {
      let parameters = Set(lambda.parameters.map(\.name))
      guard lambda.body.isFoldable(within: parameters) else { return nil }
    }
  case .convert, .negate, .arithmetic, .compare, .not, .and, .or, .conditional, .coalesce,
    .isInSet, .isInList, .matches, .field, .element, .list, .record, .interpolation:
    break
  }
  guard expression.children.allSatisfy(\.isLiteral), let value = fold(expression) else {
    return nil
  }
  return .literal(value.coerced(to: expression.type), expression.type)
}

extension ResolvedExpression {
  fileprivate var isLiteral: Bool { literalValue != nil }

  /// Whether a lambda's body reads nothing but parameters.
  fileprivate func isFoldable(within parameters: Set<String>) -> Bool {
    columnNames.isSubset(of: parameters)
      && !contains {
        switch $0 {
        case .scalarQuery, .isInQuery, .rowFunction: true
        default: false
        }
      }
  }
}
