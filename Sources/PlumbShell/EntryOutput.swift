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
  /// A result whose time is not known yet.
  private var pending: ShownResult?

  init(_ printer: ResultPrinter, _ renderer: DiagnosticRenderer, _ progress: ProgressLine?) {
    self.printer = printer
    self.renderer = renderer
    self.progress = progress
  }

  func take(_ event: SessionEvent) {
    progress?.end()
    switch event {
    case .shown(let result):
      flush(seconds: nil)
      pending = result
    case .printed(let line):
      flush(seconds: nil)
      TerminalOutput.write(shown(line) + "\n")
    case .diagnostic(let diagnostic):
      flush(seconds: nil)
      // The shell says in its own words that an entry was cancelled.
      if diagnostic.code == .interrupted { return }
      ErrorOutput.write(renderer.render(diagnostic))
    case .statementFinished(_, let seconds, let rows):
      if pending == nil, let rows, printer.showsTime {
        let count = rows == 1 ? "1 row" : "\(rows) rows"
        TerminalOutput.write(printer.faint("\(count) · \(elapsedText(seconds))") + "\n")
      }
      flush(seconds: seconds)
    }
  }

  /// Shows the result that was waiting for its time.
  func flush(seconds: Double?) {
    guard let result = pending else { return }
    pending = nil
    TerminalOutput.write(printer.text(result, seconds: seconds))
  }
}

/// Messages beside results: standard error.
enum ErrorOutput {
  private static let stream = ErrorStream()

  static func write(_ text: String) { stream.write(text) }
}
