package import PlumbColumns
import PlumbDiagnostics
package import PlumbSyntax

extension Resolver {
  /// A call that gives a table or is one of the program's functions that do; nil for others.
  mutating func resolveTableCall(
    _ call: Expression.Call, in scope: Scope
  ) throws(ResolveStop) -> Resolved? {
    if let function = try userFunction(call.callee, in: scope) {
      return try self.call(function, call, first: nil, in: scope, .scalar)
    }
    guard case .name(let callee) = call.callee else { return nil }
    switch callee.text {
    case "read", "profile": return .table(try read(call, in: scope))
    case "table": return .table(try literalTable(call, in: scope))
    default: return nil
    }
  }

  /// `read("x.csv", types = {zip: "string"})`
  private mutating func read(
    _ call: Expression.Call, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    guard let first = call.arguments.first, first.name == nil else {
      throw failure(
        .missingArgument, "`\(call.callee.range.text)` needs an address", at: call.range,
        help: "usage: `read(\"data.csv\", types = {zip: \"string\"})`, `profile(\"ref.profile\")`")
    }
    let address = try scalar(first.value, in: scope, .scalar)
    guard address.type == .string else {
      throw failure(
        .badArgument, "the address must be a text, and this is \(address.type)",
        at: first.value.range)
    }
    var options: [String: Value] = [:]
    for argument in call.arguments.dropFirst() {
      guard let name = argument.name else {
        throw failure(
          .tooManyArguments, "`read` takes one address and named options", at: argument.range)
      }
      options[name.text] = try constant(argument.value, in: scope)
    }
    guard case .string(let path)? = host.constant(address) else { throw .undetermined }
    let provider = try host.read(
      address: path, options: options, range: first.value.range, diagnostics: &diagnostics)
    return scan(provider)
  }

  /// The value of an expression that must be known before any row is read.
  package mutating func constant(
    _ syntax: Expression, in scope: Scope
  ) throws(ResolveStop) -> Value {
    let expression = try scalar(syntax, in: scope, .scalar)
    if let value = host.constant(expression) { return value }
    if !knowsValues { throw .undetermined }
    throw failure(
      .notConstant, "this must be known before any row is read", at: syntax.range)
  }

  /// `table([{a: 1}, {a: 2}])`: missing fields are null.
  private mutating func literalTable(
    _ call: Expression.Call, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    guard call.arguments.count == 1, call.arguments[0].name == nil else {
      throw failure(
        .missingArgument, "`table` takes one list of records", at: call.range,
        help: "usage: `table([{a: 1, b: \"x\"}, {a: 2, b: \"y\"}])`")
    }
    let syntax = call.arguments[0].value
    guard case .list(let list) = syntax.withoutParentheses else {
      let value = try scalar(syntax, in: scope, .scalar)
      guard case .list(let element) = value.type, element == .null || isRecord(element) else {
        throw failure(
          .badArgument,
          "`table` takes a list of records, and this is "
            + (isRecord(value.type) ? "one record" : "\(value.type)"),
          at: syntax.range, help: Self.wayToTable(from: value.type, syntax))
      }
      guard let known = host.constant(value) else {
        return .scan(memoryScan(Table.empty(schema(of: element)), name: "table"))
      }
      return .scan(memoryScan(tableOfRecords(known, type: value.type), name: "table"))
    }
    return .scan(memoryScan(try tableOfSyntax(list, in: scope), name: "table"))
  }

  private func isRecord(_ type: DataType) -> Bool {
    if case .record = type { true } else { false }
  }

  private mutating func tableOfSyntax(
    _ list: Expression.List, in scope: Scope
  ) throws(ResolveStop) -> Table {
    var names: [String] = []
    var types: [String: DataType] = [:]
    var rows: [[String: Value]] = []
    for element in list.elements {
      let record = try scalar(element, in: scope, .scalar)
      guard case .record(let fields) = record.type else {
        throw failure(
          .badArgument, "a row must be a record, and this is \(record.type)", at: element.range)
      }
      var row: [String: Value] = [:]
      if case .record(let members)? = host.constant(record) {
        for member in members { row[member.name] = member.value }
      } else if knowsValues {
        throw failure(.notConstant, "the row cannot be computed", at: element.range)
      }
      for field in fields {
        if types[field.name] == nil { names.append(field.name) }
        guard let unified = (types[field.name] ?? .null).unified(with: field.type) else {
          throw failure(
            .mixedElements,
            "the column `\(field.name)` has one type: "
              + "\(types[field.name] ?? .null) and \(field.type) meet", at: element.range)
        }
        types[field.name] = unified
      }
      rows.append(row)
    }
    let fields = names.map { Schema.Field($0, types[$0] ?? .null) }
    let columns = fields.map { field in
      Column(rows.map { $0[field.name] ?? .null }, type: field.type)
    }
    return Table(schema: Schema(fields), columns: columns, rowCount: rows.count)
  }

  private func schema(of element: DataType) -> Schema {
    guard case .record(let fields) = element else { return Schema([]) }
    return Schema(fields.map { Schema.Field($0.name, $0.type) })
  }

  /// A table of a list of records.
  package func tableOfRecords(_ value: Value, type: DataType) -> Table {
    guard case .list(let rows, _) = value, case .list(.record(let fields)) = type else {
      return Table(schema: Schema([]), columns: [], rowCount: 0)
    }
    let schema = schema(of: .record(fields))
    let columns = fields.indices.map { index in
      Column(
        rows.map { row in
          if case .record(let members) = row, index < members.count {
            members[index].value
          } else {
            .null
          }
        }, type: fields[index].type)
    }
    return Table(schema: schema, columns: columns, rowCount: rows.count)
  }
}
