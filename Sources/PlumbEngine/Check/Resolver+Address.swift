import PlumbColumns
import PlumbDiagnostics
import PlumbPlan
import PlumbSyntax

extension Resolver {
  /// The address and options of a source, which must be known before any row is read.
  mutating func address(
    _ syntax: Expression, _ options: [Option] = [], in scope: Scope
  ) throws(ResolveStop) -> (path: String, options: [String: Value]) {
    guard case .string(let path) = try constant(syntax, in: scope) else {
      throw failure(
        .typeMismatch, "an address is a text", at: syntax.range,
        help: "such as `open \"mlflow.db\"`")
    }
    var values: [String: Value] = [:]
    for option in options {
      values[option.name.text] = try constant(option.value, in: scope)
    }
    return (path, values)
  }
}
