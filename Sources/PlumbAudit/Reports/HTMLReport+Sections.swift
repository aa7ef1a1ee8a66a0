import PlumbColumns

/// The tables that a script adds to its report, as people read them.
extension HTMLReport {
  func section(_ section: ReportSection) -> String {
    let table = section.table
    return """
      <section><h2>\(html(section.title))</h2>
      \(table.rowCount == 1 ? facts(table) : rows(table, caption: section.title))</section>

      """
  }

  /// A single row, one line for each column: it fits a narrow window.
  private func facts(_ table: Table) -> String {
    let lines = table.schema.fields.enumerated().map { index, field in
      "<dt>\(html(heading(field)))</dt><dd>\(cell(table.columns[index].value(at: 0)))</dd>\n"
    }
    return "<dl class=\"facts\">\n\(lines.joined())</dl>"
  }

  private func rows(_ table: Table, caption: String) -> String {
    let heads = table.schema.fields.map { field in
      "<th scope=\"col\"\(alignment(field.type))>\(html(heading(field)))</th>"
    }
    let rows = (0..<table.rowCount).map { row in
      let cells = zip(table.schema.fields, table.columns).map { field, column in
        "<td\(alignment(field.type))>\(cell(column.value(at: row)))</td>"
      }
      return "<tr>\(cells.joined())</tr>\n"
    }
    let none = table.rowCount == 0 ? "<p>None.</p>" : ""
    return """
      <div class="scroll"><table><caption class="hidden">\(html(caption))</caption>
      <thead><tr>\(heads.joined())</tr></thead>
      <tbody>
      \(rows.joined())</tbody></table></div>\(none)
      """
  }

  private func heading(_ field: Schema.Field) -> String { field.name.replacing("_", with: " ") }

  private func alignment(_ type: DataType) -> String {
    switch type {
    case .int, .float, .duration: " class=\"number\""
    case .bool, .list, .null, .record, .string, .timestamp: ""
    }
  }

  /// A cell: lists as lists, bools as words, nothing where there is none.
  private func cell(_ value: Value) -> String {
    switch value {
    case .null: return "<span class=\"none\">none</span>"
    case .bool(let flag): return flag ? "yes" : "no"
    case .list(let values, _):
      let items = values.map { "<li>\(html(Evidence.text($0)))</li>" }
      return items.isEmpty ? "<span class=\"none\">none</span>" : "<ul>\(items.joined())</ul>"
    case .int, .float, .string, .timestamp, .duration, .record: return html(Evidence.text(value))
    }
  }
}
