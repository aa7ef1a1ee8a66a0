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
  func options(isWhole: Bool = false) -> OutputOptions {
    let size = Terminal.size(1)
    let rows = size.map { max(4, $0.rows - Self.reservedRows) }
    return OutputOptions(
      terminalWidth: size.map { isWhole ? .max : width ?? $0.columns },
      maxRows: isWhole || showsAllRows ? nil : maxRows ?? rows,
      foldingRows: isWhole ? nil : size?.rows, timeZone: timeZone, usesColor: usesColor)
  }

  /// The text of a result with what is to be told about it.
  func text(_ result: ShownResult, seconds: Double?, isWhole: Bool = false) -> String {
    var options = options(isWhole: isWhole)
    switch result {
    case .table(let table, let nullConditionRows):
      if let maxRows = options.maxRows, table.rowCount > maxRows, !isWhole {
        options.remarks.append("`.last` shows all")
      }
      if let seconds { options.remarks.append(elapsedText(seconds)) }
      if nullConditionRows > 0 { options.remarks.append(Self.skipped(nullConditionRows)) }
      return format.text(table, options: options)
    case .chart(let chart, let nullConditionRows):
      if nullConditionRows > 0 { options.notes.append(Self.skipped(nullConditionRows)) }
      return format.text(chart, options: options)
    case .value(let value, _):
      let text = format.text(value, options: options)
      guard showsTime, let seconds else { return text }
      return text + faint(elapsedText(seconds)) + "\n"
    case .text(let text):
      return shown(text.hasSuffix("\n") ? String(text.dropLast()) : text) + "\n"
    }
  }

  /// A remark beside results.
  func faint(_ text: String) -> String {
    usesColor ? "\u{1B}[90m\(text)\u{1B}[0m" : text
  }

  private static func skipped(_ rows: Int) -> String {
    "\(rows) \(rows == 1 ? "row" : "rows") left out: null condition"
  }
}
