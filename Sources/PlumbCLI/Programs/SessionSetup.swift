import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbEngine
import PlumbOutput

/// Makes the session that a command line asks for, and opens its sources.
struct SessionSetup {
  private let invocation: Invocation
  private let errors: ErrorStream

  init(_ invocation: Invocation, errors: ErrorStream) {
    self.invocation = invocation
    self.errors = errors
  }

  /// A session as the options of the command line want it.
  func makeSession(_ progress: ProgressLine?, history: AuditHistory? = nil) -> Session {
    guard let progress else { return makeSession(history: history, progress: nil) }
    return makeSession(history: history) { progress.report($0) }
  }

  func makeSession(
    history: AuditHistory? = nil, checkOpensServers: Bool = true,
    progress: (@Sendable (RunControl.Progress) -> Void)?
  ) -> Session {
    var options = SessionOptions()
    options.threadCount = invocation.threadCount
    options.memoryLimitBytes = invocation.memoryLimitBytes
    options.nowMicroseconds = invocation.nowMicroseconds
    options.auditGate = invocation.auditGate
    options.checkSelection = invocation.checkSelection
    options.auditHistory = history
    options.listsSources = !invocation.reports.isEmpty || history != nil
    options.toolVersion = plumbVersion
    options.progress = progress
    options.checkOpensServers = checkOpensServers
    return Session(options)
  }

  /// Opens a source, or says why it cannot be.
  func open(_ address: String, in session: Session) throws(CommandError) {
    do throws(ImportError) {
      try session.open(address: address, reportedAs: address)
    } catch {
      if error.kind == .interrupted {
        throw CommandError("interrupted", exitCode: .interrupted)
      }
      var remedy = error.remedy
      if error.kind == .notFound, let near = nearestSubcommand(to: address) {
        remedy = "did you mean the subcommand `\(near)`?"
      }
      errors.write(diagnosticText(Diagnostic(error, at: nil), remedy: remedy))
      throw CommandError.alreadyReported(.failed)
    }
  }

  /// A source is only taken for a mistyped subcommand when it stands first and looks like a word.
  private func nearestSubcommand(to address: String) -> String? {
    guard invocation.subcommand == nil, address == invocation.positionals.first,
      address.utf8.allSatisfy({ (0x61...0x7A).contains($0) })
    else { return nil }
    return nearestName(to: address, in: Subcommand.all.map(\.name))
  }

  private func diagnosticText(_ diagnostic: Diagnostic, remedy: String?) -> String {
    var diagnostic = diagnostic
    diagnostic.help = remedy
    return DiagnosticRenderer(usesColor: errors.usesColor(invocation.color)).render(diagnostic)
  }
}
