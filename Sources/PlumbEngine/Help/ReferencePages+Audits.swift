import PlumbAudit
import PlumbColumns
import PlumbStdlib

/// The pages about audits: what they read, and what their report holds.
extension ReferencePages {
  var auditTables: Page {
    Page(
      name: "AuditTables", title: "Tables that audits read",
      introduction: """
        What a file is made of that `load NAME from "…"` or the command line brings under one of \
        these names. A column that a file lacks leaves the checks that need it undecided.
        """,
      blocks: GovernanceCatalog.tables.flatMap { table in
        [
          "## \(table.name)", table.summary,
          HelpMarkdown.table(
            table.columns.map { column in
              HelpPage.Entry(column.name, type: column.type.description, column.summary)
            }, title: "column"),
        ]
      })
  }

  /// The members of the canonical report, from its JSON Schema.
  var auditReport: Page {
    let text =
      StandardLibrary.files.first { $0.name == "audit-report.schema.json" }?.text ?? "null"
    let schema = (try? JSONText.parse(text)) ?? .null
    var blocks = [
      "`plumb audit schema` prints the JSON Schema from which this page is made.", "## The report",
    ]
    blocks += Self.members(of: schema)
    for definition in schema.member("$defs").members
    where !Self.properties(of: definition.value).isEmpty {
      blocks += ["## \(definition.name)"] + Self.members(of: definition.value)
    }
    return Page(
      name: "AuditReport", title: "The report of an audit, as JSON",
      introduction: schema.member("description").text ?? "", blocks: blocks)
  }

  /// A table of an object's members; objects in it that have no name of their own follow.
  private static func members(of schema: Value) -> [String] {
    var entries: [HelpPage.Entry] = []
    var inner: [String] = []
    for member in properties(of: schema) {
      entries.append(
        HelpPage.Entry(
          member.name, type: type(of: member.value), member.value.member("description").text ?? ""))
      let object =
        properties(of: member.value).isEmpty ? member.value.member("items") : member.value
      guard !properties(of: object).isEmpty else { continue }
      inner += ["The members of `\(member.name)`:"] + members(of: object)
    }
    return [HelpMarkdown.table(entries, title: "member")] + inner
  }

  /// What a member may be, in a few words.
  private static func type(of schema: Value) -> String {
    if let reference = schema.member("$ref").text {
      return String(reference.dropFirst("#/$defs/".count))
    }
    if schema.member("const") != .null { return JSONText.write(schema.member("const")) }
    let choices = schema.member("enum").elements
    if !choices.isEmpty { return choices.map(JSONText.write).joined(separator: " or ") }
    let others = schema.member("anyOf").elements
    if !others.isEmpty { return others.map(type).joined(separator: " or ") }
    let items = schema.member("items")
    if items != .null {
      return properties(of: items).isEmpty ? "array of \(type(of: items))" : "array"
    }
    let types = schema.member("type")
    return types.text ?? types.elements.compactMap(\.text).joined(separator: " or ")
  }

  private static func properties(of schema: Value) -> [Value.RecordField] {
    schema.member("properties").members
  }
}
