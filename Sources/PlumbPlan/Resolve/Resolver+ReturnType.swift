package import PlumbColumns
import PlumbDiagnostics
package import PlumbSyntax

extension Resolver {
  /// The type that a function returns for arguments of these types; nil when it cannot be told.
  ///
  /// What a function returns by calling itself has the type of what else it returns. A table's type
  /// can be told where it stands for one value.
  mutating func returnType(
    of function: UserFunction, types: [DataType], ofOneValue: Bool
  ) throws(ResolveStop) -> DataType? {
    guard expansionDepth < Self.expansionLimit else { return nil }
    let wasInferring = isInferring
    isInferring = true
    expansionDepth += 1
    expanding.append(function)
    defer {
      isInferring = wasInferring
      expansionDepth -= 1
      expanding.removeLast()
    }
    let scope = Scope(parent: function.scope)
    for (parameter, type) in zip(function.parameters, types) {
      scope.bind(parameter.name.text, .unknownValue(type), isVariable: true)
    }
    var found: [DataType] = []
    switch function.body {
    case .block(let block):
      try collectReturns(block.statements, in: scope, ofOneValue: ofOneValue, &found)
    case .value(let value): try collectTypes(of: value, in: scope, ofOneValue: ofOneValue, &found)
    }
    guard !found.isEmpty || function.hasStatements else { return nil }
    return found.reduce(DataType.null as DataType?) { $0?.unified(with: $1) }
  }

  private mutating func collectReturns(
    _ statements: [Statement], in scope: Scope, ofOneValue: Bool, _ found: inout [DataType]
  ) throws(ResolveStop) {
    for statement in statements {
      switch statement {
      case .constant(let node), .variable(let node):
        scope.bind(
          node.name.text, try typeOnly(node.value, in: scope), isVariable: true)
      case .assignment(let node):
        scope.assign(node.name.text, try typeOnly(node.value, in: scope))
      case .function(let node):
        scope.bind(node.name.text, .function(UserFunction(node, in: scope)))
      case .conditional(let node):
        for branch in node.branches {
          try collectReturns(
            branch.body.statements, in: Scope(parent: scope), ofOneValue: ofOneValue, &found)
        }
        try collectReturns(
          node.otherwise?.statements ?? [], in: Scope(parent: scope), ofOneValue: ofOneValue, &found
        )
      case .forLoop(let node):
        let inner = Scope(parent: scope)
        inner.bind(node.variable.text, try elementType(node.sequence, in: scope))
        try collectReturns(node.body.statements, in: inner, ofOneValue: ofOneValue, &found)
      case .whileLoop(let node):
        try collectReturns(
          node.body.statements, in: Scope(parent: scope), ofOneValue: ofOneValue, &found)
      case .returnValue(let node):
        guard let value = node.value else {
          found.append(.null)
          continue
        }
        try collectTypes(of: value, in: scope, ofOneValue: ofOneValue, &found)
      case .parameter, .breakLoop, .continueLoop, .importModule, .open, .load, .expect, .check,
        .saveStore, .snapshot,
        .explain, .profile, .expression, .malformed:
        continue
      }
    }
  }

  /// The types that a value may have: those of the branches of a conditional, as far as they can
  /// be told.
  private mutating func collectTypes(
    of value: Expression, in scope: Scope, ofOneValue: Bool, _ found: inout [DataType]
  ) throws(ResolveStop) {
    if case .conditional(let node) = value.withoutParentheses {
      try collectTypes(of: node.consequence, in: scope, ofOneValue: ofOneValue, &found)
      return try collectTypes(of: node.alternative, in: scope, ofOneValue: ofOneValue, &found)
    }
    do throws(ResolveStop) {
      switch try typeOnly(value, in: scope) {
      case .value(_, let type), .unknownValue(let type): found.append(type)
      case .expression(let expression, _): found.append(expression.type)
      case .table(let plan) where ofOneValue:
        found.append(try scalarQuery(plan, range: value.range).type)
      case .table, .function, .module, .undetermined: throw .undetermined
      }
    } catch {
      guard case .needsCall = error else { throw error }
    }
  }

  private mutating func typeOnly(
    _ value: Expression, in scope: Scope
  ) throws(ResolveStop) -> Binding {
    switch try resolve(value, in: scope) {
    case .scalar(let expression): .unknownValue(expression.type)
    case .table(let plan): .table(plan)
    case .function(let function): .function(function)
    case .module(let module): .module(module)
    case .undetermined: .undetermined
    }
  }

  /// What the variable of a `for` loop over `sequence` is, of which only the type is known.
  package mutating func elementType(
    _ sequence: Expression, in scope: Scope
  ) throws(ResolveStop) -> Binding {
    switch try resolve(sequence, in: scope) {
    case .table(let plan): return .unknownValue(recordType(of: plan.schema))
    case .scalar(let value):
      guard case .list(let element) = value.type else {
        throw failure(
          .typeMismatch, "`for` goes over a table, a list or a range, not over \(value.type)",
          at: sequence.range)
      }
      return .unknownValue(element)
    case .undetermined: return .undetermined
    case .function, .module:
      throw failure(
        .typeMismatch, "`for` goes over a table, a list or a range", at: sequence.range)
    }
  }

  /// The type of a row of a table as a record.
  package func recordType(of schema: Schema) -> DataType {
    .record(schema.visibleFields.map { DataType.Field($0.name, $0.type) })
  }
}
