import Foundation
import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbEngine
import PlumbOutput
import PlumbSyntax
import Synchronization

/// A run of a golden program under one configuration.
struct GoldenRun {
  private let directives: GoldenProgram.Directives
  private let folder: String
  private let format: OutputFormat
  private let options: OutputOptions

  init(_ golden: GoldenProgram) throws {
    directives = golden.directives
    folder = try GoldenFixtures.folder()
    guard let format = OutputFormatCatalog.builtin[directives.format],
      let zone = TimeZoneRules(named: directives.timeZone)
    else { throw GoldenProgram.Malformed(description: "unknown format or time zone") }
    self.format = format
    options = OutputOptions(timeZone: zone)
  }

  /// Runs a program text and gives what it has shown.
  func transcript(
    of text: String, name: String, _ configuration: GoldenConfiguration
  ) -> Transcript {
    let session = Session(
      configuration.options(folder: folder, memoryLimitBytes: directives.memoryLimitBytes))
    let file = SourceFile(name: name, text: text)
    let (program, diagnostics) = session.check(file, parameters: directives.parameters)
    guard let program else {
      let end = Transcript.endLine
      var result = Transcript()
      result.entries = diagnostics.displayed.map { entry($0, line: end) }
      if diagnostics.hiddenErrorCount > 0 {
        let all = DiagnosticRenderer().render(diagnostics)
        let last = String(all.split(separator: "\n").last ?? "")
        result.entries.append(Transcript.Entry(line: end, text: last, isBlock: true))
      }
      result.entries.append(Transcript.Entry(line: end, text: "exit code 2", isBlock: false))
      return result
    }
    let places = StatementPlaces(program.program)
    let collected = Mutex(Transcript())
    let finished = Mutex(0)
    for diagnostic in diagnostics.displayed {
      let line = places.line(of: diagnostic.range)
      collected.withLock { $0.entries.append(entry(diagnostic, line: line)) }
    }
    let outcome = session.run(program) { event in
      if case .statementFinished = event { return finished.withLock { $0 += 1 } }
      let line = places.lastLine(after: finished.withLock { $0 })
      guard let entry = entry(event, line: line) else { return }
      collected.withLock { $0.entries.append(entry) }
    }
    var result = collected.withLock { $0 }
    if outcome != .finished {
      let line = places.lastLine(after: finished.withLock { $0 })
      let code = outcome == .interrupted ? 130 : outcome == .rejected ? 2 : 3
      result.entries.append(Transcript.Entry(line: line, text: "exit code \(code)", isBlock: false))
    }
    return result
  }

  private func entry(_ event: SessionEvent, line: Int) -> Transcript.Entry? {
    switch event {
    case .shown(let result):
      switch result {
      case .table(let table, _):
        var options = options
        options.notes = result.notes
        let text = format.text(table, options: options)
        return Transcript.Entry(line: line, text: text, isBlock: true)
      case .value(let value, _):
        let text = format.text(value, options: options)
        return Transcript.Entry(line: line, text: text, isBlock: false)
      case .text(let text):
        return Transcript.Entry(line: line, text: maskingTimes(text), isBlock: true)
      }
    case .printed(let text): return Transcript.Entry(line: line, text: text, isBlock: false)
    case .diagnostic(let diagnostic): return entry(diagnostic, line: line)
    case .audited(let report):
      let text = withoutFolder(ClosingReport.text(report))
      return Transcript.Entry(line: line, text: text, isBlock: true)
    case .statementFinished: return nil
    }
  }

  private func entry(_ diagnostic: Diagnostic, line: Int) -> Transcript.Entry {
    let renderer = DiagnosticRenderer()
    var placeless = diagnostic
    placeless.range = nil
    return Transcript.Entry(
      line: line, text: withoutFolder(renderer.render(diagnostic)),
      textWithoutPlaces: withoutFolder(renderer.render(placeless)), isBlock: true)
  }

  private func withoutFolder(_ text: String) -> String { text.replacing(folder + "/", with: "") }

  private func maskingTimes(_ text: String) -> String {
    withoutFolder(text).replacing(/[0-9.]+ ms/, with: "_ ms")
  }
}

/// Where the statements of a program end.
private struct StatementPlaces: Sendable {
  private let ranges: [SourceRange]
  /// For each statement the last line of the last statement that shares a line with it.
  let lastLines: [Int]

  init(_ program: Program) {
    ranges = program.statements.map(\.range)
    var lines = ranges.map { $0.file.line(at: max($0.lower, $0.upper - 1)) }
    for index in lines.indices.dropLast().reversed() where ranges[index + 1].line == lines[index] {
      lines[index] = lines[index + 1]
    }
    lastLines = lines
  }

  /// The last line of the statement that runs when `count` have finished; the end of the program
  /// when all have.
  func lastLine(after count: Int) -> Int {
    count < lastLines.count ? lastLines[count] : Transcript.endLine
  }

  func line(of range: SourceRange?) -> Int {
    guard let range else { return Transcript.endLine }
    let index = ranges.firstIndex { statement in
      statement.file === range.file && statement.lower <= range.lower
        && range.lower < statement.upper
    }
    return index.map { lastLines[$0] } ?? Transcript.endLine
  }
}
