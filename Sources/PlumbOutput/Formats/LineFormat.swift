import PlumbColumns
import PlumbDiagnostics

extension OutputFormat {
  package static let line = OutputFormat(
    name: "line", summary: "a line `name = value` for each cell, a blank line between rows",
    extensions: [],
    renderTable: { (table, options, sink) throws(OutputError) in
      var buffer = TextBuffer(capacity: 1 << 16)
      let names = table.schema.fields.map { TextEscapes.visible($0.name) }
      let width = names.map(displayWidth).max() ?? 0
      let labels = names.map { name in
        String(repeating: " ", count: width - displayWidth(of: name)) + name + " = "
      }
      let styles = table.shownColumns(options)
      var isFirst = true
      try table.render(options, to: sink, &buffer) { chunk, buffer in
        for row in 0..<chunk.rowCount {
          if !isFirst { buffer.append(0x0A) }
          isFirst = false
          for column in styles.indices {
            buffer.append(labels[column])
            chunk.appendShown(column: column, row: row, styles[column], to: &buffer)
            buffer.append(0x0A)
          }
        }
      }
    },
    appendValue: { value, options, buffer in appendShownValue(value, options, to: &buffer) })
}
