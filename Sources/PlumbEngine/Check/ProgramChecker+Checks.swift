import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbPlan
import PlumbSyntax

/// The statement `check` and what belongs to it, before anything runs.
extension ProgramChecker {
  func check(_ node: CheckStatement, in scope: Scope) {
    guard !isInCheck else {
      diagnostics.error(
        .misplacedControl, "a check stands inside of another check", at: node.range)
      return
    }
    hasChecks = true
    let header = resolving { (resolver) throws(ResolveStop) in
      try resolver.header(of: node, in: scope)
    }
    // In a function or loop the same text may stand for many checks.
    if let header, loopDepth == 0, functionDepth == 0,
      !checkIDs.insert(header.definition.id).inserted
    {
      diagnostics.error(
        .duplicateName, "two checks have the id `\(header.definition.id)`", at: node.id.range)
    }
    isInCheck = true
    _ = host.audit.begin(id: "\(node.range.lower)")
    defer {
      isInCheck = false
      _ = host.audit.end()
    }
    for option in node.options where ["scope", "evaluated"].contains(option.name.text) {
      _ = resolving { (resolver) throws(ResolveStop) in
        try resolver.table(option.value, in: scope)
      }
    }
    let wasLoopDepth = loopDepth
    loopDepth = 0
    functionDepth += 1
    checkBody(node.body, in: Scope(parent: scope))
    functionDepth -= 1
    loopDepth = wasLoopDepth
  }

  /// Checks the statements of a body; the last one gives the offending rows or a bool.
  private func checkBody(_ block: Block, in scope: Scope) {
    guard let last = block.statements.last else {
      return diagnostics.error(
        .typeMismatch, "the body of a check gives the offending rows or a bool, and is empty",
        at: block.range)
    }
    checkStatements(Array(block.statements.dropLast()), in: scope)
    switch last {
    case .expression(let expression) where Command(expression, scope: scope) == nil:
      checkResult(expression, in: scope)
    case .conditional(let node):
      for branch in node.branches {
        condition(branch.condition, in: scope)
        checkBody(branch.body, in: Scope(parent: scope))
      }
      guard let otherwise = node.otherwise else {
        return reportNoResult(at: node.range)
      }
      checkBody(otherwise, in: Scope(parent: scope))
    case .returnValue(let node):
      guard let value = node.value else { return reportNoResult(at: node.range) }
      checkResult(value, in: scope)
    case .expression, .malformed, .check: checkStatements([last], in: scope)
    case .constant, .variable, .assignment, .function, .parameter, .forLoop, .whileLoop,
      .breakLoop, .continueLoop, .importModule, .open, .load, .saveStore, .expect, .snapshot,
      .explain,
      .profile:
      checkStatements([last], in: scope)
      reportNoResult(at: last.range)
    }
  }

  private func reportNoResult(at range: SourceRange) {
    diagnostics.error(
      .typeMismatch, "the body of a check ends with the offending rows or a bool", at: range,
      help: "end it with a pipeline such as `models | where owner == null`")
  }

  private func checkResult(_ expression: Expression, in scope: Scope) {
    switch binding(expression, in: scope) {
    case .value(_, let type), .unknownValue(let type):
      guard type != .bool, type != .null else { return }
      diagnostics.error(
        .typeMismatch, "a check gives the offending rows or a bool, and this is of type \(type)",
        at: expression.range)
    case .function, .module:
      diagnostics.error(
        .typeMismatch, "a check gives the offending rows or a bool", at: expression.range)
    case .table, .expression, .undetermined: break
    }
  }

  /// `unknown(WHY)`, which stands in checks and in functions that checks call.
  func checkUndecided(_ call: Expression.Call, in scope: Scope) {
    if functionDepth == 0 {
      diagnostics.error(
        .misplacedControl, "`unknown` stands outside of a check", at: call.range)
    }
    guard let why = onlyArgument(of: call, "`unknown` takes one text, the reason") else { return }
    value(why, in: scope)
  }

  /// `report(TITLE, TABLE)`.
  func checkSection(_ call: Expression.Call, in scope: Scope) {
    guard call.arguments.count == 2, call.arguments.allSatisfy({ $0.name == nil }) else {
      return diagnostics.error(
        .missingArgument, "`report` takes a title and a table", at: call.range,
        help: #"usage: `report("Oldest versions", versions | sort created_at | take 5)`"#)
    }
    value(call.arguments[0].value, in: scope)
    _ = resolving { (resolver) throws(ResolveStop) in
      try resolver.table(call.arguments[1].value, in: scope)
    }
  }

  private func onlyArgument(of call: Expression.Call, _ message: String) -> Expression? {
    guard call.arguments.count == 1, call.arguments[0].name == nil else {
      diagnostics.error(.missingArgument, message, at: call.range)
      return nil
    }
    return call.arguments[0].value
  }
}
