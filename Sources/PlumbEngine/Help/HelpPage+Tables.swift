import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbPlan

extension HelpPage {
  /// The columns of a table, those of a family as one line.
  ///
  /// - Parameter countsRows: Whether to tell how many rows and keys this very table has.
  init(_ table: any TableProvider, name: String, countsRows: Bool = true) {
    let summaries = table.columnSummaries
    let fields = table.schema.visibleFields
    let fixed = fields.filter { $0.family == nil }.map {
      Entry(
        escapingControlCharacters($0.name), type: $0.type.description, summaries[$0.name] ?? "")
    }
    let families = table.schema.families.map { family in
      Entry(
        "\(family.name).*",
        type: countsRows ? Self.count(fields.count { $0.family == family.name }) : "",
        summaries[family.name] ?? "")
    }
    var sections: [Section] = []
    if !fixed.isEmpty { sections.append(.entries(title: "Columns", fixed)) }
    if !families.isEmpty {
      sections.append(.entries(title: "Families, a column for each key", families))
      let example = table.schema.families.first { family in
        fields.contains { $0.family == family.name }
      }
      if countsRows, let example {
        sections.append(.text("`help(\(name).\(example.name))` lists the keys of a family."))
      }
    }
    var summary = table.summary
    if countsRows, let count = table.knownRowCount {
      summary += (summary.isEmpty ? "" : " ") + (count == 1 ? "1 row." : "\(count) rows.")
    }
    self.init(name, .table, summary: summary, sections: sections)
  }

  /// A table that audits read, also when no source has it.
  init(_ table: GovernanceTable) {
    let columns = table.columns.map { Entry($0.name, type: $0.type.description, $0.summary) }
    self.init(
      table.name, .table, summary: table.summary,
      sections: [
        .text("No open source has this table. `load \(table.name) from \"…\"` makes a file it."),
        .entries(title: "Columns", columns),
      ])
  }

  /// The keys of a family of a table, with their types.
  init(_ family: Schema.Family, of table: any TableProvider, name: String) {
    let fields = table.schema.visibleFields.filter { $0.family == family.name }
    self.init(
      "\(name).\(family.name)", .column,
      summary: table.columnSummaries[family.name] ?? "",
      sections: [
        .entries(
          title: Self.count(fields.count),
          fields.map { Entry(escapingControlCharacters($0.key), type: $0.type.description, "") })
      ])
  }

  /// The columns of one name, in whichever tables they are.
  static func columns(
    named name: String, in tables: [(name: String, table: any TableProvider)]
  ) -> HelpPage? {
    var entries: [Entry] = []
    for (tableName, table) in tables {
      let summaries = table.columnSummaries
      if let field = table.schema[name], !field.isHidden {
        let meaning = summaries[name] ?? field.family.flatMap { summaries[$0] } ?? ""
        entries.append(Entry("\(tableName).\(name)", type: field.type.description, meaning))
      } else if table.schema.family(name) != nil {
        let count = table.schema.visibleFields.count { $0.family == name }
        entries.append(
          Entry("\(tableName).\(name)", type: Self.count(count), summaries[name] ?? ""))
      }
    }
    guard !entries.isEmpty else { return nil }
    return HelpPage(
      name, .column, summary: "", sections: [.entries(title: "Columns", entries)])
  }

  private static func count(_ keys: Int) -> String { keys == 1 ? "1 key" : "\(keys) keys" }
}
