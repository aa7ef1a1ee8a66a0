package import PlumbAudit
import PlumbColumns
package import PlumbDiagnostics
package import PlumbEngine
import PlumbOutput
import PlumbSyntax

/// Runs the cells of a notebook without Jupyter and puts their outputs into it.
package final class NotebookRun {
  private let session: Session
  /// The notebook, with the outputs of the cells that have run.
  package private(set) var notebook: Notebook
  /// What the checks of the cell say that ended the run, or else of the last that had any.
  package private(set) var verdict = AuditGate.Verdict.passed

  package init(_ notebook: Notebook, in session: Session) {
    self.notebook = notebook
    self.session = session
  }

  /// Runs the cells one after the other and gives how the run ended.
  ///
  /// A cell that fails, or whose checks do, ends the run, unless it has the tag `raises-exception`.
  ///
  /// - Parameters:
  ///   - parameters: The values of `param` statements, as text.
  ///   - report: Told of each warning and error.
  package func run(
    parameters: [String: String], report: @escaping @Sendable (Diagnostic) -> Void
  ) -> RunOutcome {
    var count = 0
    for index in notebook.cells.indices where notebook.cells[index].kind == .code {
      let cell = notebook.cells[index]
      count += 1
      let outputs = CellRecord(count: count)
      let outcome = run(cell, count, parameters, outputs, report)
      notebook.cells[index].setOutputs(outputs.outputs, count: count)
      if outcome == .interrupted { return outcome }
      if cell.tags.contains("raises-exception") { continue }
      verdict = outputs.verdict ?? verdict
      if outcome != .finished || verdict != .passed { return outcome }
    }
    return .finished
  }

  private func run(
    _ cell: Notebook.Cell, _ count: Int, _ parameters: [String: String], _ record: CellRecord,
    _ report: @escaping @Sendable (Diagnostic) -> Void
  ) -> RunOutcome {
    if HelpCell(cell.source) != nil { return .finished }
    let file = SourceFile(name: "<cell \(count)>", text: cell.source)
    var diagnostics = Diagnostics()
    let declared = Set(
      session.parameters(of: parse(file, diagnostics: &diagnostics)).map(\.name))
    let own = parameters.filter { declared.contains($0.key) }
    let (program, found) = session.check(file, parameters: own, continuesLastResult: true)
    for diagnostic in found.displayed {
      report(diagnostic)
      record.take(.diagnostic(diagnostic))
    }
    guard let program else { return .rejected }
    record.progression.statementCount = program.statementCount
    return session.run(program) { event in
      if case .diagnostic(let diagnostic) = event { report(diagnostic) }
      record.take(event)
    }
  }
}

/// The outputs of a cell as a notebook's file keeps them.
///
/// Unchecked because a session sends events one at a time, and the cell waits for the run.
private final class CellRecord: @unchecked Sendable {
  private(set) var outputs: [JSONTree] = []
  /// What the cell's checks say, if it has any.
  private(set) var verdict: AuditGate.Verdict?
  var progression = CellProgression()
  private let count: Int
  private var stream: (name: String, text: String)?

  init(count: Int) { self.count = count }

  func take(_ event: SessionEvent) {
    switch event {
    case .printed(let line): print(shown(line) + "\n", to: "stdout")
    case .diagnostic(let diagnostic):
      let text = DiagnosticRenderer(usesColor: false).render(diagnostic)
      guard diagnostic.severity == .error else { return print(text, to: "stderr") }
      let failure = JSONTree.failure(
        diagnostic.code.id, diagnostic.message, text.split(separator: "\n").map(String.init))
      outputs.append(
        .object([JSONTree.Member("output_type", "error")] + (failure.members ?? [])))
    case .shown(let result):
      let bundle = ResultBundle(result)
      var output: JSONTree = [
        "data": .object(
          (bundle.data.members ?? []).map { member in
            guard let text = member.value.string else { return member }
            return JSONTree.Member(member.name, .lines(text))
          }), "metadata": bundle.metadata,
      ]
      if progression.takesResult() {
        output["output_type"] = "execute_result"
        output["execution_count"] = .int(count)
      } else {
        output["output_type"] = "display_data"
      }
      outputs.append(output)
    case .audited(let report):
      print(shown(ClosingReport.text(report)), to: "stdout")
      verdict = report.verdict
    case .statementFinished: progression.finishStatement()
    }
  }

  /// Lines of one stream that follow each other are one output.
  private func print(_ text: String, to name: String) {
    var whole = text
    if let last = outputs.last, last["output_type"]?.string == "stream",
      last["name"]?.string == name, let stream
    {
      whole = stream.text + text
      outputs.removeLast()
    }
    stream = (name, whole)
    outputs.append(["output_type": "stream", "name": .string(name), "text": .lines(whole)])
  }
}
