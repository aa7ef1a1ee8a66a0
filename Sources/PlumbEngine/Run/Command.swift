import PlumbPlan
import PlumbSyntax

/// A call that does something instead of giving a value.
enum Command {
  case print([Expression])
  case help(Expression?)
  /// `report(TITLE, TABLE)`: adds a table to the report of the audit.
  case report(Expression.Call)
  /// `unknown(WHY)`: ends the check around it, which then is unknown.
  case unknown(Expression.Call)

  /// The command that an expression is, unless the program has a function of that name.
  init?(_ expression: Expression, scope: Scope) {
    guard case .call(let call) = expression.withoutParentheses, case .name(let name) = call.callee,
      scope.lookup(name.text) == nil
    else { return nil }
    switch name.text {
    case "print": self = .print(call.arguments.map(\.value))
    case "help": self = .help(call.arguments.first?.value)
    case "report": self = .report(call)
    case "unknown": self = .unknown(call)
    default: return nil
    }
  }
}
