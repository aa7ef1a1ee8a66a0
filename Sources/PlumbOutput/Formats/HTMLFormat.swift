import PlumbColumns

extension OutputFormat {
  package static let html = OutputFormat(
    name: "html", summary: "an HTML table, without a page around it", extensions: ["html", "htm"],
    renderTable: { (table, options, sink) throws(OutputError) in
      var buffer = TextBuffer(capacity: 1 << 16)
      var cell = TextBuffer()
      buffer.append("<table>\n<thead>\n<tr>")
      for field in table.schema.fields {
        buffer.append("<th title=\"")
        cell.removeAll()
        cell.append(TextEscapes.visible(field.type.description))
        TextEscapes.appendHTML(cell.bytes, to: &buffer)
        buffer.append("\">")
        cell.removeAll()
        cell.append(TextEscapes.visible(field.name))
        TextEscapes.appendHTML(cell.bytes, to: &buffer)
        buffer.append("</th>")
      }
      buffer.append("</tr>\n</thead>\n<tbody>\n")
      let styles = table.shownColumns(options)
      let alignments = table.schema.fields.map(\.type.isRightAligned)
      try table.render(options, to: sink, &buffer) { chunk, buffer in
        var cell = TextBuffer()
        for row in 0..<chunk.rowCount {
          buffer.append("<tr>")
          for column in styles.indices {
            buffer.append(alignments[column] ? "<td style=\"text-align:right\">" : "<td>")
            cell.removeAll()
            if !chunk.views[column].isNull(row) {
              chunk.appendShown(column: column, row: row, styles[column], to: &cell)
            }
            TextEscapes.appendHTML(cell.bytes, to: &buffer)
            buffer.append("</td>")
          }
          buffer.append("</tr>\n")
        }
      }
      buffer.append("</tbody>\n</table>\n")
      try sink.write(&buffer)
    },
    renderChart: { (chart, options, sink) throws(OutputError) in
      try ChartFileFormat.svg.render(chart, options: options, to: sink)
    },
    appendValue: { value, options, buffer in
      var text = TextBuffer()
      appendShownValue(value, options, to: &text)
      var visible = TextBuffer()
      TextEscapes.appendVisible(text.bytes, keepsLines: true, to: &visible)
      TextEscapes.appendHTML(visible.bytes, to: &buffer)
    })
}
