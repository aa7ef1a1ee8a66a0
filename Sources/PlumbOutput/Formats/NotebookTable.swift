package import PlumbColumns
import PlumbDiagnostics

/// A table as HTML for a notebook: its head and tail with types and counts, in the colors of the
/// page it stands on, light or dark.
///
/// Executed pages are trusted by their readers' browsers, so that everything from data is escaped.
package struct NotebookTable {
  private let table: Table
  private let notes: [String]

  /// More rows are cut to a head and a tail: what is shown stays in the notebook's file.
  private static let rowLimit = 60
  private static let headRows = 40
  private static let tailRows = 10
  private static let columnLimit = 30

  package init(_ table: Table, notes: [String] = []) {
    self.table = table
    self.notes = notes
  }

  /// The element, with its style.
  package var html: String {
    var buffer = TextBuffer(capacity: 1 << 14)
    buffer.append(Self.style)
    buffer.append("<div class=\"plumb-result\"><table class=\"plumb-table\">\n<thead><tr>")
    for field in table.schema.fields.prefix(shownColumns) {
      buffer.append(field.type.isRightAligned ? "<th class=\"number\">" : "<th>")
      append(TextEscapes.visible(field.name), to: &buffer)
      buffer.append("<br><small>")
      append(TextEscapes.visible(field.type.description), to: &buffer)
      buffer.append("</small></th>")
    }
    if hasMoreColumns { buffer.append("<th>…</th>") }
    buffer.append("</tr></thead>\n<tbody>\n")
    let ranges = shownRows
    let styles = shownStyles(ranges)
    for (index, range) in ranges.enumerated() {
      if index > 0 { appendGap(to: &buffer) }
      appendRows(range, styles, to: &buffer)
    }
    buffer.append("</tbody></table>\n<p>")
    append(footer, to: &buffer)
    for note in notes {
      buffer.append("<br>")
      append(note, to: &buffer)
    }
    buffer.append("</p></div>\n")
    return buffer.string
  }

  private static let style: StaticString = """
    <style>
    .plumb-result{overflow-x:auto;font-size:.93em}
    table.plumb-table{border-collapse:collapse;border:none;margin:0}
    .plumb-table th,.plumb-table td{padding:.22em .75em;border:none;white-space:nowrap;max-width:32em;overflow:hidden;text-overflow:ellipsis}
    .plumb-table thead th,.plumb-table td{text-align:left!important}
    .plumb-table thead th{vertical-align:bottom;border-bottom:1px solid currentColor!important}
    .plumb-table thead th.number,.plumb-table td.number{text-align:right!important;font-variant-numeric:tabular-nums}
    .plumb-table small,.plumb-result p,.plumb-table .null{opacity:.6;font-weight:normal}
    .plumb-result p{margin:.4em 0 0}
    </style>

    """

  // MARK: What is shown

  private var shownColumns: Int { min(table.schema.count, Self.columnLimit) }
  private var hasMoreColumns: Bool { shownColumns < table.schema.count }

  private var shownRows: [Range<Int>] {
    guard table.rowCount > Self.rowLimit else { return [0..<table.rowCount] }
    return [0..<Self.headRows, table.rowCount - Self.tailRows..<table.rowCount]
  }

  private var footer: String {
    let shown = shownRows.reduce(0) { $0 + $1.count }
    var text = counted(table.rowCount, "row") + " × " + counted(table.schema.count, "column")
    if shown < table.rowCount { text += " (\(shown) rows shown)" }
    if hasMoreColumns { text += " (\(shownColumns) columns shown)" }
    return text
  }

  private func shownStyles(_ rows: [Range<Int>]) -> [ShownColumn] {
    table.columns.prefix(shownColumns).map {
      var style = OutputOptions()
      style.terminalWidth = 80
      return ShownColumn($0, rows: rows, options: style)
    }
  }

  // MARK: Cells

  private func appendRows(
    _ rows: Range<Int>, _ styles: [ShownColumn], to buffer: inout TextBuffer
  ) {
    let chunk = ChunkCells(table, rows: rows)
    var cell = TextBuffer()
    for row in 0..<chunk.rowCount {
      buffer.append("<tr>")
      for column in styles.indices {
        let isNumber = table.schema.fields[column].type.isRightAligned
        if chunk.views[column].isNull(row) {
          buffer.append(isNumber ? "<td class=\"number null\">null" : "<td class=\"null\">null")
        } else {
          buffer.append(isNumber ? "<td class=\"number\">" : "<td>")
          cell.removeAll()
          chunk.appendShown(column: column, row: row, styles[column], to: &cell)
          TextEscapes.appendHTML(cell.bytes, to: &buffer)
        }
        buffer.append("</td>")
      }
      if hasMoreColumns { buffer.append("<td>…</td>") }
      buffer.append("</tr>\n")
    }
  }

  private func appendGap(to buffer: inout TextBuffer) {
    buffer.append("<tr>")
    for _ in 0..<shownColumns + (hasMoreColumns ? 1 : 0) { buffer.append("<td>⋮</td>") }
    buffer.append("</tr>\n")
  }

  private func append(_ text: String, to buffer: inout TextBuffer) {
    var text = text
    text.withUTF8 { TextEscapes.appendHTML($0, to: &buffer) }
  }
}
