import PlumbColumns
import PlumbDiagnostics
import PlumbExecution
import PlumbPlan
import PlumbSyntax

/// What the body of a check gives.
extension Interpreter {
  enum BodyResult {
    case condition(Bool)
    /// The condition is null.
    case undecided
    /// The offending rows, the tables that they are from, and how many rows had a null condition.
    case rows(Table, [any TableProvider], nullRows: Int)
  }

  func bodyResult(_ block: Block, in scope: Scope) throws(Stop) -> BodyResult {
    for statement in block.statements.dropLast() {
      guard case .leave(let value) = try execute(statement, in: scope, shows: false) else {
        continue
      }
      return try result(value, at: statement.range)
    }
    guard let last = block.statements.last else { throw noResult(at: block.range) }
    switch last {
    case .expression(let expression) where Command(expression, scope: scope) == nil:
      return try result(of: expression, in: scope)
    case .returnValue(let node):
      guard let value = node.value else { throw noResult(at: node.range) }
      return try result(of: value, in: scope)
    case .conditional(let node):
      for branch in node.branches where try isTrue(branch.condition, in: scope) {
        return try bodyResult(branch.body, in: Scope(parent: scope))
      }
      guard let otherwise = node.otherwise else { throw noResult(at: node.range) }
      return try bodyResult(otherwise, in: Scope(parent: scope))
    default:
      guard case .leave(let value) = try execute(last, in: scope, shows: false) else {
        throw noResult(at: last.range)
      }
      return try result(value, at: last.range)
    }
  }

  func result(of expression: Expression, in scope: Scope) throws(Stop) -> BodyResult {
    let resolved = try resolving { (resolver) throws(ResolveStop) in
      switch try resolver.resolve(expression, in: scope) {
      case .table(let plan): Resolved.table(resolver.visible(plan))
      case let other: other
      }
    }
    switch resolved {
    case .table(let plan):
      let report = ExecutionReport()
      let table = try rows(plan, range: expression.range, report: report)
      return .rows(table, plan.origins, nullRows: report.nullConditionRows)
    case .scalar(let value):
      return try result(
        .value(try self.value(value, range: expression.range), value.type), at: expression.range)
    case .function, .module, .undetermined: throw noResult(at: expression.range)
    }
  }

  func result(
    _ value: PlumbPlan.Binding, at range: SourceRange
  ) throws(Stop) -> BodyResult {
    switch value {
    case .value(.bool(let holds), _): return .condition(holds)
    case .value(.null, _): return .undecided
    case .table(let plan):
      return .rows(try rows(plan, range: range), plan.origins, nullRows: 0)
    case .value, .unknownValue, .expression, .function, .module, .undetermined:
      throw noResult(at: range)
    }
  }

  func noResult(at range: SourceRange) -> Stop {
    Stop(
      Diagnostic(
        .typeMismatch, "a check gives the offending rows or a bool, and this gives neither",
        at: range))
  }
}
