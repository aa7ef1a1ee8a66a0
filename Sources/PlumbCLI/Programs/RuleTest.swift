import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbEngine
import PlumbOutput
import Synchronization

/// Runs the checks of one script on their fixtures.
struct RuleTest {
  private let script: String
  private let invocation: Invocation
  private let errors: ErrorStream

  /// How one test ended.
  struct Outcome {
    let isPassed: Bool
    let text: String
  }

  init(_ script: String, _ invocation: Invocation, _ errors: ErrorStream) {
    self.script = script
    self.invocation = invocation
    self.errors = errors
  }

  /// The outcomes of all tests, a missing fixture being a test that failed.
  func run() throws(CommandError) -> [Outcome] {
    let file = try ProgramText.read(script: script, isLibraryAllowed: false)
    var outcomes: [Outcome] = []
    for id in checkIDs(in: file) {
      let fixtures = try RuleFixtures.fixtures(of: id, script: script)
      for needed in [CheckOutcome.pass, .fail]
      where !fixtures.contains(where: { $0.outcome == needed }) {
        outcomes.append(
          Outcome(
            isPassed: false,
            text: "\(id): no fixture shows that it can \(needed.rawValue) "
              + "(fixtures/\(id)/\(needed.rawValue)/)"))
      }
      for fixture in fixtures { outcomes.append(try run(id, fixture, file)) }
    }
    return outcomes
  }

  private func run(
    _ id: String, _ fixture: RuleFixtures.Fixture, _ file: SourceFile
  ) throws(CommandError) -> Outcome {
    var options = SessionOptions()
    options.nowMicroseconds = fixture.nowMicroseconds ?? invocation.nowMicroseconds
    options.checkSelection.add(exactly: id)
    let session = Session(options)
    for source in fixture.sources {
      do throws(ImportError) { try session.open(address: source) } catch {
        throw CommandError(error.placedMessage, remedy: error.remedy, exitCode: .failed)
      }
    }
    let (program, diagnostics) = session.check(file)
    guard let program else {
      errors.write(
        DiagnosticRenderer(usesColor: errors.usesColor(invocation.color)).render(diagnostics))
      throw CommandError.alreadyReported(.usage)
    }
    let found = Mutex<CheckResult?>(nil)
    let message = Mutex<String?>(nil)
    _ = session.run(program) { event in
      switch event {
      case .audited(let report): found.withLock { $0 = report.results.first }
      case .diagnostic(let diagnostic) where diagnostic.severity == .error:
        message.withLock { $0 = $0 ?? diagnostic.message }
      case .shown, .printed, .diagnostic, .statementFinished: break
      }
    }
    let name = "\(id): \(fixture.folder)"
    guard let result = found.withLock({ $0 }) else {
      let why = message.withLock { $0 } ?? "the check was not reached"
      return Outcome(isPassed: false, text: "\(name): \(why)")
    }
    if result.outcome == fixture.outcome { return Outcome(isPassed: true, text: name) }
    let why = result.summaryText.map { ": \($0)" } ?? ""
    return Outcome(
      isPassed: false,
      text:
        "\(name): it must be \(fixture.outcome.rawValue), and is \(result.outcome.rawValue)\(why)"
    )
  }
}
