package import PlumbColumns

/// How results are shown. The formats for programs (csv, tsv, json, jsonl) use only `control`
/// and whether the output is a terminal.
package struct OutputOptions: Sendable {
  /// The columns of the terminal; nil for a pipe or a file, where nothing is ever cut.
  package var terminalWidth: Int?
  /// The most rows of a table to show in format `table`; nil for all.
  package var maxRows: Int?
  /// The rows of a window into which the columns that do not fit beside each other may go below
  /// each other; nil to leave such columns out.
  package var foldingRows: Int?
  /// The zone in which people see times.
  package var timeZone: TimeZoneRules
  /// Whether escape codes may be used for colour.
  package var usesColor: Bool
  /// Lines to print under a shown table, such as how many rows had a null condition.
  package var notes: [String]
  /// Facts to tell after the number of rows, such as the time that it took.
  package var remarks: [String]
  /// One of the format's `compressions`; nil for its own choice.
  package var compression: String?
  /// The run to which the output belongs, for cancellation.
  package var control: RunControl?

  package init(
    terminalWidth: Int? = nil, maxRows: Int? = nil, foldingRows: Int? = nil,
    timeZone: TimeZoneRules = .utc,
    usesColor: Bool = false, notes: [String] = [], remarks: [String] = [],
    control: RunControl? = nil
  ) {
    self.terminalWidth = terminalWidth
    self.maxRows = maxRows
    self.foldingRows = foldingRows
    self.timeZone = timeZone
    self.usesColor = usesColor
    self.notes = notes
    self.remarks = remarks
    self.control = control
  }

  /// Whether a terminal shows the output, so that control characters must not reach it.
  package var isTerminal: Bool { terminalWidth != nil }

  var unwatched: OutputOptions {
    var copy = self
    copy.control = nil
    return copy
  }
}
