import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbEngine
import PlumbOutput

/// Takes what happens while a cell runs to the clients.
///
/// Unchecked because a session sends events one at a time, and the cell waits for the run.
final class CellOutput: @unchecked Sendable {
  private let publisher: Publisher
  private let parent: [UInt8]
  private let count: Int
  private let isSilent: Bool
  private var progression = CellProgression()
  private var errors: [Diagnostic] = []
  /// The representations of the last result.
  private(set) var lastResult: JSONTree?
  /// The content of the error; nil while all is well.
  private(set) var failure: JSONTree?
  /// The cell's result as text, for the history.
  private(set) var resultText: String?

  /// The statements of the cell at top level.
  var statementCount: Int {
    get { progression.statementCount }
    set { progression.statementCount = newValue }
  }

  init(_ publisher: Publisher, _ parent: [UInt8], count: Int, isSilent: Bool) {
    self.publisher = publisher
    self.parent = parent
    self.count = count
    self.isSilent = isSilent
  }

  func take(_ event: SessionEvent) {
    switch event {
    case .shown(let result): show(result)
    case .printed(let line):
      if !isSilent {
        publisher.streams.append(shown(line) + "\n", to: "stdout", parent: parent)
      }
    case .diagnostic(let diagnostic): take(diagnostic)
    case .audited(let report): take(report)
    case .statementFinished: progression.finishStatement()
    }
  }

  private func show(_ result: ShownResult) {
    let bundle = ResultBundle(result)
    lastResult = bundle.data
    guard !isSilent else { return }
    var content: JSONTree = ["data": bundle.data, "metadata": bundle.metadata]
    if progression.takesResult() {
      resultText = bundle.data["text/plain"]?.string
      content["execution_count"] = .int(count)
      publisher.publish("execute_result", content, parent: parent)
    } else {
      content["transient"] = [:]
      publisher.publish("display_data", content, parent: parent)
    }
  }

  /// Shows the outcomes of the cell's checks; those that end a script with a code end the cell, as
  /// an error that says what else would be printed.
  private func take(_ report: AuditReport) {
    let text = shown(ClosingReport.text(report))
    switch report.verdict {
    case .passed: if !isSilent { publisher.streams.append(text, to: "stdout", parent: parent) }
    case .failed: failure = .failure("CheckFailed", "a check failed", [text])
    case .undecided: failure = .failure("CheckUnknown", "a check could not be decided", [text])
    }
  }

  private func take(_ diagnostic: Diagnostic) {
    guard diagnostic.severity == .error else {
      if !isSilent {
        publisher.streams.append(
          DiagnosticRenderer(usesColor: true).render(diagnostic), to: "stderr", parent: parent)
      }
      return
    }
    errors.append(diagnostic)
    let renderer = DiagnosticRenderer(usesColor: true)
    let first = errors[0]
    failure = .failure(
      first.code.id, first.message,
      errors.flatMap {
        renderer.render($0).split(separator: "\n", omittingEmptySubsequences: false)
      }
      .map(String.init))
  }

  /// The cell was stopped by the user.
  func interrupt(after milliseconds: Int) {
    failure = .failure(
      "Interrupted", "the cell was interrupted",
      [
        "\u{1B}[1;31minterrupted\u{1B}[0m after \(milliseconds) ms; nothing that the cell defined before is lost"
      ])
  }
}
