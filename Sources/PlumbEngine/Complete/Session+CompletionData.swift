import Glibc
import PlumbColumns
import PlumbDiagnostics
import PlumbPlan
import PlumbSyntax
import PlumbSystem
import Synchronization

extension Session {
  /// What is looked up while a person types may take this long, then it goes without.
  private static let patienceMicroseconds: UInt32 = 60_000
  private static let valueLimit = 200

  /// The plan of a pipeline's text after some statements, `_` for an empty one; nil when it is not
  /// known without running.
  func plan(of text: String, after before: String) -> LogicalPlan? {
    guard let (host, scope, expression) = prepared(text, after: before) else { return nil }
    let deadline = Deadline(microseconds: Self.patienceMicroseconds) { host.control.cancel() }
    defer { deadline.end() }
    var resolver = Resolver(host: host, functions: functions)
    do throws(ResolveStop) { return try resolver.table(expression, in: scope) } catch {
      return nil
    }
  }

  /// The most frequent values of a text column, and how often they occur.
  func frequentValues(
    of column: String, in text: String, after before: String
  ) -> [(String, Int)] {
    let input = text.isEmpty ? "_" : text
    let query =
      "\(input) | summarize n = count() by v = \(column) | where v != null"
      + " | top \(Self.valueLimit) by n"
    guard let plan = plan(of: query, after: before) else { return [] }
    let control = makeControl(showsProgress: false)
    let interpreter = Interpreter(
      registry: registry, functions: functions, control: control,
      nowMicroseconds: options.nowMicroseconds ?? currentMicroseconds(), options: options,
      modules: ModuleLoader(locate: registry.located), parameters: [:], handler: { _ in })
    let deadline = Deadline(microseconds: Self.patienceMicroseconds) { control.cancel() }
    defer { deadline.end() }
    let file = SourceFile(name: "<cursor>", text: query)
    let table: Table
    do throws(Interpreter.Stop) {
      table = try interpreter.rows(plan, range: SourceRange(file, 0, 0))
    } catch {
      return []
    }
    guard let names = table["v"], let counts = table["n"] else { return [] }
    return (0..<table.rowCount).compactMap { row in
      guard case .string(let text) = names.value(at: row),
        case .int(let count) = counts.value(at: row)
      else { return nil }
      return (text, count)
    }
  }

  /// The places of a text, in offsets of UTF-8, that are wrong by what is known of the session
  /// now, before anything runs. Nothing is opened. May be called while completions are looked up;
  /// `cancelMistakes()` stops it.
  package func mistakes(in text: String) -> [Range<Int>] {
    let file = SourceFile(name: "<cursor>", text: text)
    var diagnostics = Diagnostics()
    let program = parse(file, continuesLastResult: true, diagnostics: &diagnostics)
    // What the parser says of a text that is being typed is mostly that it is not finished.
    let host = completionHost
    let control = host.control
    searching.withLock { $0 = control }
    defer { searching.withLock { $0 = nil } }
    let checker = ProgramChecker(
      host: host, modules: ModuleLoader(locate: registry.located), parameters: [:],
      mistakes: diagnostics.all.compactMap(\.range))
    withLargeStack { checker.check(program.statements, in: Scope(parent: scope)) }
    return checker.diagnostics.all.compactMap { diagnostic in
      guard diagnostic.severity == .error, diagnostic.code != .interrupted,
        let range = diagnostic.range, range.file === file
      else { return nil }
      return range.offsets
    }
  }

  /// Stops `mistakes(in:)`, which then gives what it has found. From any thread.
  package func cancelMistakes() { searching.withLock { $0 }?.cancel() }

  private var completionHost: CompletionHost {
    var options = options
    options.progress = nil
    return CompletionHost(
      registry: registry.copy(), functions: functions, control: makeControl(showsProgress: false),
      nowMicroseconds: options.nowMicroseconds ?? currentMicroseconds(), options: options)
  }

  private func prepared(
    _ text: String, after before: String
  ) -> (CompletionHost, Scope, Expression)? {
    let host = completionHost
    let inner = Scope(parent: scope)
    if !before.isEmpty {
      var diagnostics = Diagnostics()
      let program = parse(
        SourceFile(name: "<before>", text: before), continuesLastResult: true,
        diagnostics: &diagnostics)
      let checker = ProgramChecker(
        host: host, modules: ModuleLoader(locate: registry.located), parameters: [:],
        mistakes: diagnostics.all.compactMap(\.range))
      checker.check(program.statements, in: inner)
    }
    var diagnostics = Diagnostics()
    let program = parse(
      SourceFile(name: "<cursor>", text: text.isEmpty ? "_" : text), continuesLastResult: true,
      diagnostics: &diagnostics)
    guard case .expression(let expression)? = program.statements.last else { return nil }
    return (host, inner, expression)
  }
}
