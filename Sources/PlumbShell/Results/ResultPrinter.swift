import PlumbColumns
import PlumbDiagnostics
import PlumbEngine
import PlumbOutput

/// Shows results in the window, and how it is to be done.
struct ResultPrinter {
  /// The format of tables.
  var format = OutputFormat.table
  /// The columns that results take; nil for those of the window.
  var width: Int?
  /// The most rows of a table; nil for what fits into the window.
  var maxRows: Int?
  var showsAllRows = false
  var timeZone = TimeZoneRules.utc
  var usesColor = true
  /// Whether the time is told after results other than tables too.
  var showsTime = false

  /// Window rows that a result leaves to its box, its footer and the prompt.
  private static let reservedRows = 8

  /// How a table is shown that may take as many rows as there are.
  private func options(isWhole: Bool) -> OutputOptions {
    let size = Terminal.size(1)
    let rows = size.map { max(4, $0.rows - Self.reservedRows) }
    return OutputOptions(
      terminalWidth: size.map { isWhole ? .max : width ?? $0.columns },
      maxRows: isWhole || showsAllRows ? nil : maxRows ?? rows,
      foldingRows: isWhole ? nil : size?.rows, timeZone: timeZone, usesColor: usesColor)
  }

  /// Writes a result with what is to be told about it, until `control` is cancelled.
  func render(
    _ result: ShownResult, seconds: Double?, isWhole: Bool = false, control: RunControl? = nil,
    to sink: ByteSink
  ) throws(OutputError) {
    var options = options(isWhole: isWhole)
    options.control = control
    switch result {
    case .table(let table, let nullConditionRows):
      if let maxRows = options.maxRows, table.rowCount > maxRows {
        options.remarks.append("`.last` shows all")
      }
      if let seconds { options.remarks.append(elapsedText(seconds)) }
      if nullConditionRows > 0 { options.remarks.append(Self.skipped(nullConditionRows)) }
      try format.render(table, options: options, to: sink)
    case .chart(let chart, let nullConditionRows):
      if nullConditionRows > 0 { options.notes.append(Self.skipped(nullConditionRows)) }
      try format.render(chart, options: options, to: sink)
    case .value(let value, _):
      try format.render(value, options: options, to: sink)
      guard showsTime, let seconds else { return }
      try write(faint(elapsedText(seconds)) + "\n", to: sink)
    case .text(let text):
      try write(shown(text.hasSuffix("\n") ? String(text.dropLast()) : text) + "\n", to: sink)
    }
  }

  /// Whether a result is cut to what the window holds.
  func isFitted(_ result: ShownResult) -> Bool {
    guard case .table = result else { return false }
    return format.name == OutputFormat.table.name && !showsAllRows && maxRows == nil
  }

  private func write(_ text: String, to sink: ByteSink) throws(OutputError) {
    var buffer = TextBuffer()
    buffer.append(text)
    try sink.write(&buffer)
  }

  /// A remark beside results.
  func faint(_ text: String) -> String {
    usesColor ? "\u{1B}[90m\(text)\u{1B}[0m" : text
  }

  private static func skipped(_ rows: Int) -> String {
    "\(counted(rows, "row")) left out: null condition"
  }
}
