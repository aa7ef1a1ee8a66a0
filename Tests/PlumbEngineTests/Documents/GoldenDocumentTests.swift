import Foundation
import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbEngine
import PlumbOutput
import Synchronization
import Testing

/// The programs in the documents show what stands below them, on the bundled store.
///
/// With `PLUMB_RECORD` set, outputs that differ are rewritten, and the test fails so that the
/// recording is looked at.
@Suite struct GoldenDocumentTests {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let documents = [
    "README.md", "Sources/PlumbEngine/PlumbEngine.docc/FromAStoreToAnAnswer.md",
    "Sources/PlumbEngine/PlumbEngine.docc/FromAnAlertToACause.md",
    "Sources/PlumbEngine/PlumbEngine.docc/MonitoringDataAsItComes.md",
    "Sources/PlumbEngine/PlumbEngine.docc/ChartsAndNotebooks.md",
    "Sources/PlumbEngine/PlumbEngine.docc/AuditingModels.md",
  ]

  @Test(arguments: documents)
  func programsShowTheirOutput(_ path: String) throws {
    let url = Self.root.appendingPathComponent(path)
    let text = try String(contentsOf: url, encoding: .utf8)
    let document = DocumentPrograms(text)
    #expect(document.programs.count >= 2, "too few programs to be all")
    let folder = FileManager.default.temporaryDirectory.appending(path: "plumb-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var options = Self.options
    options.folder = folder.path()
    let session = Session(options)
    try session.open(address: DemoStoreFile.path, reportedAs: "std:demo")
    let outputs = document.programs.map { Self.output(of: $0.code, in: session) }
    let actual = document.text(with: outputs)
    guard actual != text else { return }
    if ProcessInfo.processInfo.environment["PLUMB_RECORD"] != nil {
      try actual.write(to: url, atomically: true, encoding: .utf8)
      Issue.record("\(path) was recorded anew")
    } else {
      for (program, output) in zip(document.programs, outputs) {
        let written = document.lines[program.output].joined(separator: "\n")
        #expect(output == written, "\(path): \(program.code)")
      }
    }
  }

  /// The day after the last of the bundled store.
  private static var options: SessionOptions {
    var options = SessionOptions()
    options.nowMicroseconds = TimestampText.parse("2025-11-01T00:00:00Z")
    return options
  }

  private static func output(of code: String, in session: Session) -> String {
    let (program, diagnostics) = session.check(SourceFile(name: "<command>", text: code))
    guard let program else { return trimmed(DiagnosticRenderer().render(diagnostics)) }
    let parts = Mutex<[String]>([])
    _ = session.run(program) { event in
      guard let part = text(event) else { return }
      parts.withLock { $0.append(trimmed(part)) }
    }
    return parts.withLock { $0.joined(separator: "\n\n") }
  }

  private static func text(_ event: SessionEvent) -> String? {
    switch event {
    case .shown(.text(let text)), .printed(let text): return text
    case .shown(.value(let value, _)): return OutputFormat.table.text(value)
    case .shown(.chart(let chart, _)): return OutputFormat.table.text(chart)
    case .shown(let result):
      guard case .table(let table, _) = result else { return nil }
      var options = OutputOptions()
      options.notes = result.notes
      return OutputFormat.table.text(table, options: options)
    case .diagnostic(let diagnostic): return DiagnosticRenderer().render(diagnostic)
    case .audited(let report): return ClosingReport.text(report)
    case .statementFinished: return nil
    }
  }

  private static func trimmed(_ text: String) -> String {
    text.trimmingCharacters(in: .newlines)
  }
}
