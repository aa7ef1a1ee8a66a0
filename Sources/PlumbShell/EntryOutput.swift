import PlumbAudit
import PlumbDiagnostics
import PlumbEngine
import PlumbOutput

/// Takes what happens while an entry runs to the terminal.
///
/// Unchecked because a session sends events one at a time, and the shell waits for the run.
final class EntryOutput: @unchecked Sendable {
  private let printer: ResultPrinter
  private let renderer: DiagnosticRenderer
  private let progress: ProgressLine?
  /// What is written before anything else.
  private var opening: String
  /// Whether statements that name a table tell its rows.
  private let tellsRows: Bool
  /// The statements that have not ended yet.
  private var statementsLeft: Int
  /// A result that has not been shown yet, and the time it took as far as that is known.
  private var pending: (result: ShownResult, seconds: Double?)?

  init(
    _ printer: ResultPrinter, _ renderer: DiagnosticRenderer, _ progress: ProgressLine?,
    statementCount: Int, opening: String, tellsRows: Bool
  ) {
    self.printer = printer
    self.renderer = renderer
    self.progress = progress
    self.opening = opening
    self.tellsRows = tellsRows
    statementsLeft = statementCount
  }

  func take(_ event: SessionEvent) {
    progress?.end()
    switch event {
    case .shown(let result):
      flush()
      pending = (result, nil)
    case .printed(let line):
      flush()
      write(shown(line) + "\n")
    case .diagnostic(let diagnostic):
      flush()
      // The shell says in its own words that an entry was cancelled.
      if diagnostic.code == .interrupted { return }
      write("")
      ErrorOutput.write(renderer.render(diagnostic))
    case .audited(let report):
      flush()
      write(shown(ClosingReport.text(report)))
    case .statementFinished(_, let seconds, let rows):
      statementsLeft -= 1
      if pending == nil, let rows, tellsRows {
        let count = counted(rows, "row")
        write(printer.faint("\(count) · \(elapsedText(seconds))") + "\n")
      }
      pending?.seconds = seconds
      // The last result waits for the end of the run: a pager may take the terminal then.
      if statementsLeft > 0 { flush() }
    }
  }

  private func write(_ text: String) {
    TerminalOutput.write(opening + text)
    opening = ""
  }

  /// Shows the result that was waiting for its time.
  private func flush() {
    guard let (result, seconds) = takePending() else { return }
    // A terminal that is gone ends the shell when it reads on.
    try? printer.render(result, seconds: seconds, to: .descriptor(1))
  }

  /// The result that has not been shown yet, which from now on counts as shown.
  func takePending() -> (result: ShownResult, seconds: Double?)? {
    if pending != nil { write("") }
    defer { pending = nil }
    return pending
  }
}

/// Messages beside results: standard error.
enum ErrorOutput {
  private static let stream = ErrorStream()

  static func write(_ text: String) { stream.write(text) }
}
