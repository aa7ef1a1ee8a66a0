import PlumbAudit
import PlumbCharts
import PlumbColumns
import PlumbDiagnostics
import PlumbExecution
import PlumbFormats
import PlumbFunctions
import PlumbPlan
import PlumbSyntax
import Synchronization

/// Runs a checked program, statement by statement.
///
/// Each statement is resolved again when it is reached: the values of variables are known then
/// and stand in it as literals.
final class Interpreter: ProgramHost, @unchecked Sendable {
  let handler: @Sendable (SessionEvent) -> Void
  let modules: ModuleLoader
  /// The values of `param` statements, as text.
  let parameters: [String: String]
  /// Which of the program's checks run.
  let selection: CheckSelection
  private let callDepth = Atomic<Int>(0)
  private let explaining = Atomic<Bool>(false)

  /// How deep functions may call each other.
  static let callLimit = 400

  /// Why a run ended early. The diagnostics say it to the user.
  struct Stop: Error {
    let diagnostics: Diagnostics

    init(_ diagnostics: Diagnostics) { self.diagnostics = diagnostics }

    init(_ diagnostic: Diagnostic) {
      var all = Diagnostics()
      all.report(diagnostic)
      diagnostics = all
    }

    var isInterruption: Bool { diagnostics.all.contains { $0.code == .interrupted } }
  }

  /// Where to go on after a statement.
  enum Flow {
    case next
    case breakLoop
    case continueLoop
    case leave(PlumbPlan.Binding)
  }

  init(
    registry: SourceRegistry, functions: FunctionCatalog, control: RunControl,
    nowMicroseconds: Int, options: SessionOptions, modules: ModuleLoader,
    parameters: [String: String], handler: @escaping @Sendable (SessionEvent) -> Void
  ) {
    self.handler = handler
    self.modules = modules
    self.parameters = parameters
    selection = options.checkSelection
    super.init(
      registry: registry, functions: functions, control: control,
      nowMicroseconds: nowMicroseconds, options: options)
  }

  override var isRunning: Bool { true }

  override var isExplaining: Bool { explaining.load(ordering: .relaxed) }

  /// Does something without writing what the program saves.
  func whileExplaining<Result>(_ body: () throws(Stop) -> Result) throws(Stop) -> Result {
    explaining.store(true, ordering: .relaxed)
    defer { explaining.store(false, ordering: .relaxed) }
    return try body()
  }

  /// Runs the statements of a program at top level.
  func run(_ program: Program, in scope: Scope) throws(Stop) {
    for statement in program.statements {
      let start = ContinuousClock.now
      var rows: Int?
      var shown: ShownResult?
      if case .expression(let expression) = statement {
        shown = try evaluateShown(expression, in: scope, at: statement.range)
        rows = shown?.table?.rowCount
      } else {
        _ = try execute(statement, in: scope, shows: true)
        rows = boundRows(statement, in: scope)
      }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      if let shown { handler(.shown(shown)) }
      showNotes(at: statement.range)
      handler(.statementFinished(line: statement.range.line, seconds: seconds, rowCount: rows))
    }
  }

  /// Shows what was noticed while a statement ran.
  private func showNotes(at range: SourceRange) {
    let notes = control.takeNotes()
    guard let first = notes.first else { return }
    var diagnostics = Diagnostics()
    diagnostics.warning(.dataWarning, first, at: range, notes: Array(notes.dropFirst()))
    for diagnostic in diagnostics.all { handler(.diagnostic(diagnostic)) }
  }

  /// The rows of the table that a `let` or `var` has bound.
  private func boundRows(_ statement: Statement, in scope: Scope) -> Int? {
    switch statement {
    case .constant(let node), .variable(let node), .assignment(let node):
      guard case .table(.scan(let scan))? = scope.lookup(node.name.text) else { return nil }
      return scan.provider.knownRowCount
    default: return nil
    }
  }

  // MARK: What the resolver asks for

  override func materialize(
    _ plan: LogicalPlan, range: SourceRange, diagnostics: inout Diagnostics
  ) throws(ResolveStop) -> Table {
    do throws(Stop) { return try rows(plan, range: range) } catch {
      diagnostics.append(contentsOf: error.diagnostics)
      throw .reported
    }
  }

  override func call(
    _ function: UserFunction, _ arguments: [PlumbPlan.Binding], range: SourceRange,
    diagnostics: inout Diagnostics
  ) throws(ResolveStop) -> PlumbPlan.Binding {
    do throws(Stop) { return try call(function, arguments, range: range) } catch {
      diagnostics.append(contentsOf: error.diagnostics)
      throw .reported
    }
  }

  private func call(
    _ function: UserFunction, _ arguments: [PlumbPlan.Binding], range: SourceRange?
  ) throws(Stop) -> PlumbPlan.Binding {
    let depth = callDepth.add(1, ordering: .relaxed).newValue
    defer { callDepth.subtract(1, ordering: .relaxed) }
    guard depth <= Self.callLimit else {
      throw Stop(
        Diagnostic(
          .recursionTooDeep, "`\(function.name)` calls itself more than \(Self.callLimit) deep",
          at: range))
    }
    let scope = Scope(parent: function.scope)
    for (parameter, argument) in zip(function.parameters, arguments) {
      scope.bind(parameter.name.text, argument, isVariable: true)
    }
    switch function.body {
    case .value(let expression): return try evaluate(expression, in: scope)
    case .block(let block):
      guard case .leave(let value) = try execute(block.statements, in: scope, shows: false)
      else { return .value(.null, .null) }
      return value
    }
  }

  override func rowFunction(
    _ function: UserFunction, types: [DataType], result: DataType, range: SourceRange
  ) -> RowFunction {
    RowFunction(name: function.name) { [self] (values) throws(RowFunction.Failure) in
      let arguments = zip(values, types).map { PlumbPlan.Binding.value($0, $1) }
      do throws(Stop) {
        switch try call(function, arguments, range: nil) {
        case .value(let value, _): return value.coerced(to: result)
        case .table(let plan):
          let query = try resolving { (resolver) throws(ResolveStop) in
            try resolver.scalarQuery(plan, range: range)
          }
          return try self.value(query, range: range).coerced(to: result)
        case .unknownValue, .expression, .function, .module, .undetermined:
          throw Stop(
            Diagnostic(.typeMismatch, "`\(function.name)` gives no value", at: nil))
        }
      } catch {
        let cause = error.diagnostics.all.first { $0.severity == .error }
        throw RowFunction.Failure(
          cause?.placed(in: function, calledAt: range)
            ?? Diagnostic(.invalidArgument, "the call failed", at: range))
      }
    }
  }

  override func save(
    _ table: Table, path: String, options: [String: Value], range: SourceRange,
    diagnostics: inout Diagnostics
  ) throws(ResolveStop) {
    do throws(ImportError) {
      try writeTable(table, to: registry.located(path), settings: options, control: control)
      registry.forget(path)
    } catch {
      diagnostics.report(Diagnostic(error, at: range))
      throw .reported
    }
  }

  override func save(
    _ chart: Chart, path: String, range: SourceRange, diagnostics: inout Diagnostics
  ) throws(ResolveStop) {
    do throws(ImportError) {
      try writeChart(chart, to: registry.located(path), control: control)
      registry.forget(path)
    } catch {
      diagnostics.report(Diagnostic(error, at: range))
      throw .reported
    }
  }
}
