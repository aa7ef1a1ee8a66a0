import PlumbDiagnostics
import PlumbPlan
import PlumbSyntax

extension ProgramChecker {
  /// Warns of values that the statements of a function compute for nobody: only `return` gives
  /// the caller one, and a bare expression is shown at top level alone.
  func warnOfLostValues(_ statements: [Statement], in scope: Scope) {
    for statement in statements {
      if case .expression(let expression) = statement, expression.isLost(in: scope) {
        let text = expression.range.text
        diagnostics.warning(
          .lostValue, "the function neither returns nor shows this value", at: expression.range,
          help: text.utf8.count <= 40 && !text.contains("\n")
            ? "write `return \(text)`" : "write `return` before it")
      }
      switch statement {
      // An own body, and one that gives its rows without `return`.
      case .function, .check: continue
      default: break
      }
      statement.forEachChild({ _ in }, block: { warnOfLostValues($0.statements, in: scope) })
    }
  }
}

extension Expression {
  /// Whether an expression that stands as a statement of a function does nothing.
  fileprivate func isLost(in scope: Scope) -> Bool {
    if case .malformed = self { return false }
    return Command(self, scope: scope) == nil && !mayAct(in: scope)
  }

  /// Whether evaluating the expression may do more than give a value: it calls a function of the
  /// program, or writes a file.
  private func mayAct(in scope: Scope) -> Bool {
    if case .call(let call) = self {
      guard case .name(let callee) = call.callee, scope.lookup(callee.text) == nil else {
        return true
      }
    }
    if case .pipeline(let pipeline) = self {
      for case .save in pipeline.stages { return true }
      for case .plot in pipeline.stages { return true }
      for case .call in pipeline.stages { return true }
    }
    var found = false
    forEachChild { found = found || $0.mayAct(in: scope) }
    return found
  }
}
