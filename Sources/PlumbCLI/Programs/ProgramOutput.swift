import PlumbAudit
import PlumbDiagnostics
import PlumbEngine
import PlumbOutput

/// Takes the events of a run to the streams they belong to.
///
/// Unchecked because a session sends events one at a time, and the rest of a run waits for it.
final class ProgramOutput: @unchecked Sendable {
  private var writer: ResultWriter
  private let invocation: Invocation
  private let errors: ErrorStream
  private let watch: SignalWatch
  private let progress: ProgressLine?
  private let stop: @Sendable () -> Void
  /// What the program's checks have found, if it had any.
  private var audit: AuditReport?
  /// Why results could not be written; nothing is written after it.
  private var failure: OutputFailure?

  init(
    _ writer: ResultWriter, invocation: Invocation, errors: ErrorStream, watch: SignalWatch,
    progress: ProgressLine?, stop: @escaping @Sendable () -> Void
  ) {
    self.writer = writer
    self.invocation = invocation
    self.errors = errors
    self.watch = watch
    self.progress = progress
    self.stop = stop
  }

  func take(_ event: SessionEvent) {
    progress?.end()
    switch event {
    case .shown(let result):
      write { (writer) throws(OutputFailure) in try writer.write(result) }
    case .printed(let line):
      write { (writer) throws(OutputFailure) in try writer.print(line) }
    case .diagnostic(let diagnostic):
      if invocation.isQuiet, diagnostic.severity != .error { return }
      // After the output broke, the interruption that it caused is no news.
      if failure != nil, diagnostic.code == .interrupted { return }
      say(
        DiagnosticRenderer(usesColor: errors.usesColor(invocation.color)).render(diagnostic))
    case .audited(let report):
      audit = report
      write { (writer) throws(OutputFailure) in try writer.write(report) }
    case .statementFinished(let line, let seconds, let rowCount):
      guard invocation.showsTiming else { return }
      let rows = rowCount.map { ", \($0) rows" } ?? ""
      say("timing: line \(line): \(Self.decimal(seconds)) s\(rows)\n")
    }
  }

  /// Writes to standard error; results so far come first where both go to one place.
  private func say(_ text: String) {
    write { (writer) throws(OutputFailure) in try writer.target.flush() }
    errors.write(text)
  }

  private func write(_ body: (inout ResultWriter) throws(OutputFailure) -> Void) {
    guard failure == nil else { return }
    do throws(OutputFailure) {
      try watch.unstoppably { () throws(OutputFailure) in try body(&writer) }
    } catch {
      failure = error
      stop()
    }
  }

  /// Ends the output and gives the exit code. A file is only left after a run that went well.
  ///
  /// - Parameter history: Where the report of an audit is added.
  func end(
    _ outcome: RunOutcome, signal: Int32?, history: AuditHistory? = nil
  ) throws(CommandError) -> ExitCode {
    progress?.end()
    if failure == nil, outcome == .finished {
      write { (writer) throws(OutputFailure) in try writer.target.finish() }
    } else {
      write { (writer) throws(OutputFailure) in try writer.target.flush() }
    }
    if failure != nil || outcome != .finished { writer.target.discard() }
    if let failure {
      guard let path = invocation.outputPath, failure.kind == .writeFailed else {
        return try failure.exitCode()
      }
      throw CommandError("cannot write `\(path)`: \(failure.message)", exitCode: .failed)
    }
    switch outcome {
    case .finished: return try verdict(history)
    case .rejected: return .usage
    case .failed: return .failed
    case .interrupted: return signal.flatMap(ExitCode.init(rawValue:)) ?? .interrupted
    }
  }

  /// Writes the reports that were asked for, and gives the code of the audit's outcome.
  private func verdict(_ history: AuditHistory?) throws(CommandError) -> ExitCode {
    guard let audit else {
      guard let report = invocation.reports.first else { return .success }
      throw CommandError(
        "there is no check to report on in `\(report.path)`",
        remedy: "`--report` is for programs with `check` statements", exitCode: .failed)
    }
    for report in invocation.reports { try report.write(audit) }
    do throws(AuditHistory.Damage) { try history?.append(audit) } catch {
      throw CommandError(error.messages[0], exitCode: .failed)
    }
    return ExitCode(audit.verdict)
  }

  /// Seconds with six digits, without an exponent.
  static func decimal(_ seconds: Double) -> String {
    let microseconds = Int((max(0, min(seconds, 1e9)) * 1_000_000).rounded())
    let fraction = String(microseconds % 1_000_000)
    let zeros = String(repeating: "0", count: 6 - fraction.utf8.count)
    return "\(microseconds / 1_000_000).\(zeros)\(fraction)"
  }
}
