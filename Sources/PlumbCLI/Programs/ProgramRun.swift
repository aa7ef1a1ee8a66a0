import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbEngine
import PlumbOutput
import PlumbSystem

/// One run of a program from the command line: sources, check, run, results, exit code.
struct ProgramRun {
  private let invocation: Invocation
  private let sources: [String]
  private let errors: ErrorStream
  private var watch: SignalWatch { .shared }

  init(_ invocation: Invocation, sources: [String], errors: ErrorStream) {
    self.invocation = invocation
    self.sources = sources
    self.errors = errors
  }

  /// Runs a program. With its sources open, `require` may refuse it.
  func run(
    _ file: SourceFile, require: (Session) throws(CommandError) -> Void = { _ in }
  ) throws(CommandError) -> ExitCode {
    let format = try outputFormat()
    let parameters = try Parameters(given: invocation.parameters).matched(with: file)
    defer { TemporaryFiles.removeAll() }
    let progress = invocation.isQuiet ? nil : ProgressLine(errors)
    let setup = SessionSetup(invocation, errors: errors)
    let history = try auditHistory()
    let session = setup.makeSession(progress, history: history)
    watch.setCancel { session.cancel() }

    for address in sources { try setup.open(address, in: session) }
    progress?.end()
    if !invocation.isQuiet {
      for warning in session.warnings { errors.write("warning: \(shown(warning))\n") }
    }
    try require(session)
    let (program, diagnostics) = session.check(file, parameters: parameters)
    progress?.end()
    report(diagnostics)
    if let signal = watch.exitCode { return ended(by: signal) }
    guard let program else {
      // Reading a source that the program names may break without fault of the program's.
      return diagnostics.all.contains { $0.code == .memoryLimit } ? .failed : .usage
    }

    let target = try outputTarget()
    if format.isBinary, Terminal.size(target.descriptor) != nil {
      throw CommandError(
        "the format \(format.name) is not for a terminal",
        remedy: "name a file with `--output result.\(format.name)`, or write it with `save`")
    }
    let writer = ResultWriter(
      target: target, format: format, options: outputOptions(target.descriptor))
    let output = ProgramOutput(
      writer, invocation: invocation, errors: errors, watch: watch, progress: progress
    ) { session.cancel() }
    let outcome = session.run(program) { output.take($0) }
    return try output.end(outcome, signal: watch.exitCode, history: history)
  }

  // MARK: Before the run

  /// The history that the command line names; one that was changed is not added to.
  private func auditHistory() throws(CommandError) -> AuditHistory? {
    guard let folder = invocation.historyFolder else { return nil }
    do throws(AuditHistory.Damage) {
      return try AuditHistory(folder: folder)
    } catch {
      throw CommandError(
        error.messages[0],
        remedy: "`plumb audit verify \(folder)` tells all; begin a new folder, and keep this one",
        exitCode: .failed)
    }
  }

  private func outputFormat() throws(CommandError) -> OutputFormat {
    if let format = invocation.format { return format }
    guard let path = invocation.outputPath, path != "-" else { return .table }
    if let format = OutputFormatCatalog.builtin.format(forPath: path) { return format }
    let name = path.split(separator: "/").last ?? ""
    guard name.dropFirst().contains(".") else { return .table }
    throw CommandError(
      "no format is known for the ending of `\(path)`",
      remedy: "name one with `--format`: "
        + OutputFormatCatalog.builtin.names.joined(separator: ", "))
  }

  private var renderer: DiagnosticRenderer {
    DiagnosticRenderer(usesColor: errors.usesColor(invocation.color))
  }

  private func report(_ diagnostics: Diagnostics) {
    guard invocation.isQuiet else { return errors.write(renderer.render(diagnostics)) }
    var kept = Diagnostics()
    for diagnostic in diagnostics.all where diagnostic.severity == .error {
      kept.report(diagnostic)
    }
    errors.write(renderer.render(kept))
  }

  private func ended(by exitCode: Int32) -> ExitCode {
    errors.wipeProgress()
    return ExitCode(rawValue: exitCode) ?? .interrupted
  }

  // MARK: Output

  private func outputTarget() throws(CommandError) -> OutputTarget {
    guard let path = invocation.outputPath, path != "-" else { return OutputTarget() }
    do throws(OutputFailure) {
      return try OutputTarget(path: path)
    } catch {
      throw CommandError("cannot write `\(path)`: \(error.message)", exitCode: .failed)
    }
  }

  private func outputOptions(_ descriptor: Int32) -> OutputOptions {
    let size = Terminal.size(descriptor)
    let maxRows: Int? =
      switch invocation.maxRows {
      case .all: nil
      case .limit(let rows): rows
      // The box takes six lines of its own, and the prompt that follows one or two.
      case .fitting: size.map { max(10, $0.rows - 8) }
      }
    return OutputOptions(
      terminalWidth: size?.columns, maxRows: maxRows, timeZone: invocation.timeZone,
      usesColor: Terminal.usesColor(descriptor, invocation.color))
  }
}
