import PlumbDiagnostics
import PlumbEngine
import PlumbJupyter
import PlumbOutput
import PlumbSystem

/// A notebook that `plumb run` runs: as one program, or cell by cell into another notebook.
struct NotebookProgram {
  private let invocation: Invocation
  private let path: String
  private let sources: [String]
  private let errors: ErrorStream

  init(_ invocation: Invocation, path: String, sources: [String], errors: ErrorStream) {
    self.invocation = invocation
    self.path = path
    self.sources = sources
    self.errors = errors
  }

  /// The cells of code as one program, which is checked as a whole before any of it runs.
  ///
  /// Lines are those of the script that `plumb convert` makes.
  func file() throws(CommandError) -> SourceFile {
    let notebook = try readNotebook(try ProgramText.bytes(ofFile: path), named: path)
    return SourceFile(name: path, text: NotebookScript.script(of: notebook))
  }

  /// Whether the outputs go into a notebook.
  var keepsOutputs: Bool { invocation.outputPath.map(isNotebook) ?? false }

  /// Runs the cells and writes the notebook with their outputs, also when one of them failed.
  func runCells() throws(CommandError) -> ExitCode {
    try invocation.refuseReports(because: "each cell of a notebook is a program of its own")
    let notebook = try readNotebook(try ProgramText.bytes(ofFile: path), named: path)
    let parameters = try Parameters(given: invocation.parameters).matched(with: try file())
    defer { TemporaryFiles.removeAll() }
    let setup = SessionSetup(invocation, errors: errors)
    let progress = invocation.isQuiet ? nil : ProgressLine(errors)
    let session = setup.makeSession(progress)
    SignalWatch.shared.setCancel { session.cancel() }
    for address in sources { try setup.open(address, in: session) }
    let run = NotebookRun(notebook, in: session)
    let renderer = DiagnosticRenderer(usesColor: errors.usesColor(invocation.color))
    let errors = errors
    let isQuiet = invocation.isQuiet
    let outcome = run.run(parameters: parameters) { diagnostic in
      progress?.end()
      if isQuiet, diagnostic.severity != .error { return }
      errors.write(renderer.render(diagnostic))
    }
    progress?.end()
    try replaceFile(invocation.outputPath ?? path, with: Array(run.notebook.text.utf8))
    switch outcome {
    case .finished: return ExitCode(run.verdict)
    case .rejected: return .usage
    case .failed: return .failed
    case .interrupted:
      return SignalWatch.shared.exitCode.flatMap(ExitCode.init(rawValue:)) ?? .interrupted
    }
  }
}
