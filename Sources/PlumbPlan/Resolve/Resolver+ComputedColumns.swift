import PlumbColumns
import PlumbDiagnostics
import PlumbSyntax

/// Columns whose names a program computes: `column(NAME)` and `columns(NAMES)`.
extension Resolver {
  /// `column(NAME, …)`: the column of the rows at hand that a text names, such as
  /// `column(f"metrics.{metric}")`; of several names the first that the rows have, and null when
  /// the last is `null` and they have none.
  mutating func computedColumn(
    _ call: Expression.Call, in scope: Scope, _ context: RowContext
  ) throws(ResolveStop) -> ResolvedExpression {
    let usage = "usage: `column(\"experiment\")`, `column(f\"metrics.{key}\")`"
    guard !call.arguments.isEmpty, call.arguments.allSatisfy({ $0.name == nil }) else {
      throw failure(
        .missingArgument, "`column` takes the name of a column, or several", at: call.range,
        help: usage)
    }
    guard let schema = context.schema else {
      throw failure(
        .columnNotScalar, "`column` reads a column of a stage's rows, and there are none here",
        at: call.range, help: usage)
    }
    var names: [(text: String, range: SourceRange)] = []
    var arguments = call.arguments.map(\.value)
    var mayBeMissing = false
    if arguments.count > 1, case .literal(let last)? = arguments.last, case .null = last.value {
      mayBeMissing = true
      arguments.removeLast()
    }
    for argument in arguments {
      names.append((try columnName(argument, usage, in: scope), argument.range))
    }
    let isFamily = { (name: String) in
      name.split(separator: ".").first.flatMap { schema.family(String($0)) } != nil
    }
    let present = names.first { schema[$0.text] != nil }
    if present == nil, mayBeMissing { return .literal(.null, .string) }
    let chosen = present ?? names.first { isFamily($0.text) } ?? names[0]
    return try column(named: chosen.text, range: chosen.range, in: context)
  }

  /// The name of a column, known before any row is read.
  private mutating func columnName(
    _ argument: Expression, _ usage: String, in scope: Scope
  ) throws(ResolveStop) -> String {
    let name = try scalar(argument, in: scope, .scalar)
    guard name.type == .string else {
      throw failure(
        .badArgument, "the name of a column is a text, and this is of type \(name.type)",
        at: argument.range, help: usage)
    }
    guard case .string(let text)? = host.constant(name) else {
      if !host.isRunning { throw .undetermined }
      throw failure(
        .notConstant, "the name must be known before any row is read", at: argument.range)
    }
    return text
  }

  /// The fields that `columns(NAMES)` stands for; nil for any other expression.
  mutating func computedColumns(
    _ syntax: Expression, in scope: Scope
  ) throws(ResolveStop) -> [Schema.Field]? {
    guard case .call(let call) = syntax.withoutParentheses, case .name(let callee) = call.callee,
      callee.text == "columns", scope.lookup("columns") == nil
    else { return nil }
    let usage = "usage: `columns([\"experiment\", \"params.seed\"])`"
    let argument = try onlyArgument(of: call, "columns", usage)
    let names: [String]
    switch try constant(argument, in: scope) {
    case .string(let name): names = [name]
    case .list(let values, .string), .list(let values, .null):
      names = values.compactMap { if case .string(let name) = $0 { name } else { nil } }
    case .null, .bool, .int, .float, .timestamp, .duration, .list, .record:
      throw failure(
        .badArgument, "the names of columns are a text or a list of texts", at: argument.range,
        help: usage)
    }
    var fields: [Schema.Field] = []
    for name in names where !fields.contains(where: { $0.name == name }) {
      let found = try column(named: name, range: argument.range, in: rows)
      guard let field = found.columnName.flatMap({ input.schema[$0] }) else {
        throw failure(
          .typeMismatch, "`\(name)` is a part of a column", at: argument.range,
          help: "`derive` it under a name of its own first")
      }
      fields.append(field)
    }
    return fields
  }

  /// What one item of a list of expressions stands for: itself, or each column of
  /// `columns(NAMES)`.
  mutating func columnExpressions(
    _ syntax: Expression, in scope: Scope
  ) throws(ResolveStop) -> [ResolvedExpression] {
    if let fields = try computedColumns(syntax, in: scope) {
      return fields.map { .column($0.name, $0.type) }
    }
    return [try scalar(syntax, in: scope, rows)]
  }

  private mutating func onlyArgument(
    of call: Expression.Call, _ name: String, _ usage: String
  ) throws(ResolveStop) -> Expression {
    guard call.arguments.count == 1, call.arguments[0].name == nil else {
      throw failure(.missingArgument, "`\(name)` takes one argument", at: call.range, help: usage)
    }
    return call.arguments[0].value
  }
}
