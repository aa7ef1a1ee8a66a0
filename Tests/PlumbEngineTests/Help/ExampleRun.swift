import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbEngine
import PlumbOutput
import Synchronization

/// Runs the examples of definitions as the command would.
enum ExampleRun {
  /// What a program shows: a table of one row and one column as its value, a mistake as `error: `
  /// and its message, the rest as in a terminal without a width.
  static func printed(_ code: String) -> String {
    var options = SessionOptions()
    options.nowMicroseconds = 1_795_429_800_000_000
    let session = Session(options)
    let (program, diagnostics) = session.check(SourceFile(name: "<example>", text: code))
    guard let program else { return text(diagnostics.displayed) }
    let parts = Mutex<[String]>([])
    _ = session.run(program) { event in
      if let part = text(event) { parts.withLock { $0.append(part) } }
    }
    return parts.withLock { $0.joined(separator: "\n") }
  }

  private static func text(_ event: SessionEvent) -> String? {
    switch event {
    case .shown(let result): return text(result)
    case .printed(let line): return line
    case .diagnostic(let diagnostic): return text([diagnostic])
    case .audited(let report): return withoutNewline(ClosingReport.text(report))
    case .statementFinished: return nil
    }
  }

  private static func text(_ result: ShownResult) -> String {
    switch result {
    case .text(let text): return text
    case .value(let value, _): return withoutNewline(OutputFormat.table.text(value))
    case .table(let table, _):
      if table.rowCount == 1, table.columns.count == 1 {
        return withoutNewline(OutputFormat.table.text(table.columns[0].value(at: 0)))
      }
      var options = OutputOptions()
      options.notes = result.notes
      return withoutNewline(OutputFormat.table.text(table, options: options))
    }
  }

  private static func text(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { "error: \($0.message)" }.joined(separator: "\n")
  }

  private static func withoutNewline(_ text: String) -> String {
    text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}
