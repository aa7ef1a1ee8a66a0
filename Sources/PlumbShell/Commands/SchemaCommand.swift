import PlumbColumns
import PlumbDiagnostics
import PlumbEngine
import PlumbOutput

extension ShellCommand {
  static let schema = ShellCommand(
    "schema", arguments: "[TABLE]", summary: "list the columns of a table, or of all",
    details: "A family such as `metrics.*` is one line with the number of its keys; "
      + "`.schema runs.metrics` lists them.",
    choices: { shell, _ in
      shell.session.tables.map { CompletionCandidate($0.name, .table, summary: $0.summary) }
        + shell.session.variables.filter { $0.type == "table" }.map {
          CompletionCandidate($0.name, .variable)
        }
    }
  ) { (shell, name) throws(ShellFailure) in
    let tables = shell.session.tables
    guard !name.isEmpty else {
      let parts = tables.map {
        escapingControlCharacters($0.name) + "\n" + columns($0.schema, shell)
      }
      return shell.say(parts.isEmpty ? "no source is open\n" : parts.joined(separator: "\n"))
    }
    if let schema = shell.session.schema(ofVariable: name) {
      return shell.say(columns(schema, shell))
    }
    if let table = tables.first(where: { $0.name == name }) {
      return shell.say(columns(table.schema, shell))
    }
    for table in tables where name.hasPrefix(table.name + ".") {
      let family = name.dropFirst(table.name.count + 1)
      let fields = table.schema.fields.filter { $0.family == String(family) }
      guard !fields.isEmpty else { continue }
      return shell.say(shell.columns(fields.map(row)))
    }
    let near = nearestName(to: name, in: tables.map(\.name)).map { "did you mean `\($0)`?" }
    throw ShellFailure(
      "no table is called `\(name)`", remedy: near ?? "`.tables` lists those that are open")
  }

  private static func row(_ field: Schema.Field) -> (name: String, text: String) {
    (escapingControlCharacters(field.name), field.type.description)
  }

  /// A line per column; the members of a family are counted.
  private static func columns(_ schema: Schema, _ shell: Shell) -> String {
    var rows = schema.fields.filter { $0.family == nil }.map(row)
    for family in schema.families {
      let count = schema.fields.count { $0.family == family.name }
      rows.append(("\(family.name).*", counted(count, "key")))
    }
    return shell.columns(rows)
  }
}
