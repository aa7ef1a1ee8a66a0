import Glibc
import PlumbAudit
package import PlumbColumns
package import PlumbDiagnostics
import PlumbFormats
package import PlumbFunctions
import PlumbPlan
package import PlumbSyntax
import PlumbSystem
import Synchronization

/// Sources, variables and functions that programs share: what a shell, a script or an embedding
/// program works with.
///
/// A session prints nothing and ends nothing. Sessions of one process share no state but the
/// count of memory held. A session runs one program at a time.
public final class Session: Sendable {
  package let functions: FunctionCatalog
  let options: SessionOptions
  let registry: SourceRegistry
  let scope = Scope()
  /// What completion knows of the pipeline that is being typed.
  let completionCache = CompletionCache()
  private let running = Mutex<RunControl?>(nil)
  /// The search for mistakes that is under way.
  let searching = Mutex<RunControl?>(nil)

  /// Makes a session without sources.
  public convenience init(_ options: SessionOptions = SessionOptions()) {
    self.init(options, functions: .builtin)
  }

  package init(_ options: SessionOptions, functions: FunctionCatalog) {
    self.options = options
    self.functions = functions
    registry = SourceRegistry(importers: .builtin, folder: options.folder)
  }

  /// The names of the tables that are open.
  package var tableNames: [String] { registry.tableNames }

  /// Attaches a source: a store's tables, or a file as a table named after it.
  ///
  /// - Parameter name: What reports call it; its address without it.
  package func open(
    address: String, alias: String? = nil, options: [String: Value] = [:],
    reportedAs name: String? = nil
  ) throws(ImportError) {
    let (source, _) = try controlled { (control) throws(ImportError) in
      try registry.open(address, options: options, control: control)
    }
    registry.attach(source, alias: alias, as: name ?? address)
    completionCache.clear()
  }

  /// What help knows in this session.
  package var help: HelpCatalog {
    HelpCatalog(functions: functions, registry: registry, scope: scope)
  }

  /// What the sources that are open have to say, such as rows that were left out, and what is to
  /// be said of them together.
  package var warnings: [String] {
    registry.sources.flatMap(\.source.warnings) + registry.warnings
  }

  /// The parameters that a program declares.
  package func parameters(of program: Program) -> [ParameterInfo] {
    program.statements.compactMap { statement in
      guard case .parameter(let node) = statement else { return nil }
      return ParameterInfo(
        name: node.name.text, type: node.type?.name ?? "",
        defaultText: node.defaultValue?.range.text,
        documentation: node.documentation)
    }
  }

  /// Parses and checks a program as a whole; nothing of it runs.
  ///
  /// Sources with literal addresses are opened.
  package func check(
    _ file: SourceFile, parameters: [String: String] = [:], continuesLastResult: Bool = false
  ) -> (program: PreparedProgram?, diagnostics: Diagnostics) {
    var diagnostics = Diagnostics()
    let program = parse(
      file, continuesLastResult: continuesLastResult, diagnostics: &diagnostics)
    let now = options.nowMicroseconds ?? currentMicroseconds()
    let trial = registry.copy()
    let mistakes = diagnostics.all.compactMap(\.range)
    let found = controlled { control in
      let host = CheckHost(
        registry: trial, functions: functions, control: control, nowMicroseconds: now,
        options: options)
      let checker = ProgramChecker(
        host: host, modules: ModuleLoader(locate: registry.located), parameters: parameters,
        mistakes: mistakes)
      withLargeStack { checker.check(program.statements, in: Scope(parent: scope)) }
      return checker.diagnostics
    }
    registry.adoptOpened(from: trial)
    diagnostics.append(contentsOf: found)
    for name in unknownParameters(parameters, of: program) {
      diagnostics.error(
        .unknownArgument, "the program has no parameter `\(name)`", at: nil,
        help: "`--help` after the script lists its parameters")
    }
    guard !diagnostics.hasErrors else { return (nil, diagnostics) }
    return (
      PreparedProgram(
        program: program, file: file, parameters: parameters, nowMicroseconds: now), diagnostics
    )
  }

  private func unknownParameters(
    _ given: [String: String], of program: Program
  ) -> [String] {
    let declared = Set(self.parameters(of: program).map { $0.name })
    return given.keys.filter {
      !declared.contains($0) && !declared.contains($0.replacing("-", with: "_"))
    }.sorted()
  }

  /// Runs a checked program. Events come in order, on one thread.
  package func run(
    _ program: PreparedProgram, handler: @escaping @Sendable (SessionEvent) -> Void
  ) -> RunOutcome {
    defer { completionCache.clear() }
    return controlled { control in
      let interpreter = Interpreter(
        registry: registry, functions: functions, control: control,
        nowMicroseconds: program.nowMicroseconds, options: options,
        modules: ModuleLoader(locate: registry.located), parameters: program.parameters,
        handler: handler)
      return withLargeStack {
        do throws(Interpreter.Stop) {
          interpreter.beginAudit(of: program, options)
          try interpreter.run(program.program, in: scope)
          try interpreter.endAudit(options)
          return .finished
        } catch {
          for diagnostic in error.diagnostics.displayed { handler(.diagnostic(diagnostic)) }
          // A waiver that is not in order ends the run before any check.
          if error.diagnostics.all.contains(where: { $0.code == .badWaiver }) { return .rejected }
          return error.isInterruption ? .interrupted : .failed
        }
      }
    }
  }

  /// Does something that `cancel()` stops.
  private func controlled<Result, Failure: Error>(
    _ body: (RunControl) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let control = makeControl()
    running.withLock { $0 = control }
    defer { running.withLock { $0 = nil } }
    return try body(control)
  }

  /// Stops the run, the check or the opening that is under way, within a tenth of a second. From
  /// any thread.
  public func cancel() { running.withLock { $0 }?.cancel() }

  /// How a run is watched. What is looked up while a person types shows no progress.
  func makeControl(showsProgress: Bool = true) -> RunControl {
    RunControl(
      threadCount: options.threadCount > 0 ? options.threadCount : Self.processorCount,
      memoryLimitBytes: options.memoryLimitBytes,
      progress: showsProgress ? options.progress : nil)
  }

  /// The processors that the process may use.
  package static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
