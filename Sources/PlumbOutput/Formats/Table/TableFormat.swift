import PlumbColumns
import PlumbDiagnostics

extension OutputFormat {
  package static let table = OutputFormat(
    name: "table", summary: "a box for people, with types and the number of rows",
    extensions: ["txt"],
    renderTable: { (table, options, sink) throws(OutputError) in
      try BoxedTable(table, options).render(to: sink)
    },
    renderChart: { (chart, options, sink) throws(OutputError) in
      var buffer = TextBuffer(capacity: 1 << 14)
      buffer.append(try chart.terminalText(options))
      for line in options.notes { buffer.append(line + "\n") }
      try sink.write(&buffer)
    },
    appendValue: { value, options, buffer in appendShownValue(value, options, to: &buffer) })
}

/// A table drawn as a box.
private struct BoxedTable {
  let table: Table
  let options: OutputOptions
  let layout: TableLayout

  init(_ table: Table, _ options: OutputOptions) {
    self.table = table
    self.options = options
    layout = TableLayout(table, options)
  }

  func render(to sink: ByteSink) throws(OutputError) {
    var buffer = TextBuffer(capacity: 1 << 14)
    for box in layout.boxes { try render(box, to: sink, &buffer) }
    appendFooter(to: &buffer)
    try sink.write(&buffer)
  }

  private func render(
    _ box: [Int?], to sink: ByteSink, _ buffer: inout TextBuffer
  ) throws(OutputError) {
    appendRule(box, left: "┌", middle: "┬", right: "┐", to: &buffer)
    appendLine(box, to: &buffer) { column, buffer in
      buffer.append(aligned(TextEscapes.visible(field(column).name), column))
    }
    appendLine(box, to: &buffer) { column, buffer in
      appendDim(
        aligned(TextEscapes.visible(field(column).type.description), column), to: &buffer)
    }
    appendRule(box, left: "├", middle: "┼", right: "┤", to: &buffer)
    for (index, rows) in layout.rows.enumerated() {
      if index > 0 { appendGap(box, to: &buffer) }
      try table.render(rows: rows, options, to: sink, &buffer) { chunk, buffer in
        var cell = TextBuffer()
        for row in 0..<chunk.rowCount {
          appendLine(box, to: &buffer) { column, buffer in
            appendCell(chunk, row, column, &cell, to: &buffer)
          }
        }
      }
    }
    appendRule(box, left: "└", middle: "┴", right: "┘", to: &buffer)
  }

  private func field(_ column: Int) -> Schema.Field { table.schema.fields[column] }

  // MARK: Cells

  private func appendCell(
    _ chunk: ChunkCells, _ row: Int, _ column: Int, _ cell: inout TextBuffer,
    to buffer: inout TextBuffer
  ) {
    let width = layout.widths[column]
    let isNull = chunk.views[column].isNull(row)
    cell.removeAll()
    chunk.appendShown(column: column, row: row, layout.styles[column], to: &cell)
    if isNull {
      return appendDim(aligned("null", column), to: &buffer)
    }
    if field(column).type.isNumeric, let split = pointPosition(cell.bytes) {
      // Points stand under each other; the room of the longest fraction is kept at the right.
      let after = layout.points[column].right - (cell.count - split)
      let before = width - cell.count - after
      if before >= 0 {
        buffer.append(repeating: 0x20, count: before)
        buffer.append(cell.bytes)
        buffer.append(repeating: 0x20, count: after)
        return
      }
    }
    let used = displayWidth(utf8: cell.bytes)
    if used > width {
      let text = clipped(cell.string, to: width)
      buffer.append(text)
      buffer.append(repeating: 0x20, count: width - displayWidth(of: text))
    } else if field(column).type.isRightAligned {
      buffer.append(repeating: 0x20, count: width - used)
      buffer.append(cell.bytes)
    } else {
      buffer.append(cell.bytes)
      buffer.append(repeating: 0x20, count: width - used)
    }
  }

  /// A text of the header, padded to the column's width on the side where its cells have it.
  private func aligned(_ text: String, _ column: Int) -> String {
    let width = layout.widths[column]
    let text = clipped(text, to: width)
    let padding = String(repeating: " ", count: width - displayWidth(of: text))
    return field(column).type.isRightAligned ? padding + text : text + padding
  }

  private func appendDim(_ text: String, to buffer: inout TextBuffer) {
    if options.usesColor { buffer.append("\u{1B}[2m") }
    buffer.append(text)
    if options.usesColor { buffer.append("\u{1B}[0m") }
  }

  // MARK: Lines

  private func appendLine(
    _ box: [Int?], to buffer: inout TextBuffer, _ cell: (Int, inout TextBuffer) -> Void
  ) {
    for column in box {
      buffer.append("│ ")
      if let column { cell(column, &buffer) } else { buffer.append("…") }
      buffer.append(0x20)
    }
    buffer.append("│\n")
  }

  private func appendGap(_ box: [Int?], to buffer: inout TextBuffer) {
    appendLine(box, to: &buffer) { column, buffer in
      appendDim(aligned("…", column), to: &buffer)
    }
  }

  private func appendRule(
    _ box: [Int?], left: StaticString, middle: StaticString, right: StaticString,
    to buffer: inout TextBuffer
  ) {
    for (index, column) in box.enumerated() {
      buffer.append(index == 0 ? left : middle)
      let width = column.map { layout.widths[$0] } ?? 1
      for _ in 0..<(width + 2) { buffer.append("─") }
    }
    buffer.append(right)
    buffer.append(0x0A)
  }

  private func appendFooter(to buffer: inout TextBuffer) {
    buffer.append(integer: table.rowCount)
    buffer.append(table.rowCount == 1 ? " row" : " rows")
    if layout.shownRowCount < table.rowCount {
      buffer.append(" (\(layout.shownRowCount) shown)")
    }
    if layout.shownColumnCount < table.schema.count {
      buffer.append(", \(table.schema.count) columns (\(layout.shownColumnCount) shown)")
    }
    for remark in options.remarks { buffer.append(" · " + remark) }
    buffer.append(0x0A)
    for note in options.notes {
      buffer.append(note)
      buffer.append(0x0A)
    }
  }
}
