import PlumbColumns

extension OutputFormat {
  package static let markdown = OutputFormat(
    name: "markdown", summary: "a Markdown table (GitHub's dialect)",
    extensions: ["md", "markdown"],
    renderTable: { (table, options, sink) throws(OutputError) in
      guard table.schema.count > 0 else { return }
      var buffer = TextBuffer(capacity: 1 << 16)
      var cell = TextBuffer()
      for field in table.schema.fields {
        buffer.append("| ")
        cell.removeAll()
        cell.append(TextEscapes.visible(field.name))
        TextEscapes.appendMarkdown(cell.bytes, to: &buffer)
        buffer.append(0x20)
      }
      buffer.append("|\n")
      for field in table.schema.fields {
        buffer.append(field.type.isRightAligned ? "| ---: " : "| --- ")
      }
      buffer.append("|\n")
      let styles = table.shownColumns(options)
      try table.render(options, to: sink, &buffer) { chunk, buffer in
        var cell = TextBuffer()
        for row in 0..<chunk.rowCount {
          for column in styles.indices {
            buffer.append("| ")
            cell.removeAll()
            if !chunk.views[column].isNull(row) {
              chunk.appendShown(column: column, row: row, styles[column], to: &cell)
            }
            TextEscapes.appendMarkdown(cell.bytes, to: &buffer)
            buffer.append(0x20)
          }
          buffer.append("|\n")
        }
      }
    },
    renderChart: { (chart, options, sink) throws(OutputError) in
      var buffer = TextBuffer(capacity: 1 << 14)
      var plain = options
      plain.usesColor = false
      buffer.append("```text\n" + (try chart.terminalText(plain)) + "```\n")
      try sink.write(&buffer)
    },
    appendValue: { value, options, buffer in
      var text = TextBuffer()
      appendShownValue(value, options, to: &text)
      TextEscapes.appendVisible(text.bytes, keepsLines: true, to: &buffer)
    })
}

extension Table {
  /// How each column is written for people, judged by all rows.
  func shownColumns(_ options: OutputOptions) -> [ShownColumn] {
    columns.map { ShownColumn($0, rows: [0..<rowCount], options: options) }
  }
}

extension DataType {
  /// Whether cells of the type stand at the right of their column.
  var isRightAligned: Bool { isNumeric || self == .duration }
}
