import PlumbCharts
import PlumbColumns
import PlumbDiagnostics
import PlumbExecution
import PlumbFormats
import PlumbFunctions
import PlumbPlan
import PlumbStdlib
import PlumbSyntax

/// What both the check and the run of a program share: sources, functions, evaluation.
class ProgramHost: ResolverHost, @unchecked Sendable {
  let registry: SourceRegistry
  let functions: FunctionCatalog
  let control: RunControl
  let environment: Environment
  let executionOptions: ExecutionOptions
  let isOptimizing: Bool
  /// Whether checking a program opens the servers that it names.
  let checkOpensServers: Bool
  /// What the checks of the program have found.
  let audit = AuditRun()
  let manifest: SourceManifest
  private let auditTables: AuditTables

  init(
    registry: SourceRegistry, functions: FunctionCatalog, control: RunControl,
    nowMicroseconds: Int, options: SessionOptions
  ) {
    self.registry = registry
    self.functions = functions
    self.control = control
    environment = Environment(nowMicroseconds: nowMicroseconds, control: control)
    var execution = ExecutionOptions()
    if let rows = options.batchRows { execution.batchRows = rows }
    if let rows = options.morselRows { execution.morselRows = rows }
    executionOptions = execution
    isOptimizing = options.isOptimizing
    checkOpensServers = options.checkOpensServers
    manifest = SourceManifest(registry, nowMicroseconds: nowMicroseconds)
    auditTables = AuditTables(
      audit: audit, sources: manifest, history: options.auditHistory)
  }

  var isRunning: Bool { false }

  var isExplaining: Bool { false }

  func table(named name: String) -> (any TableProvider)? {
    registry.table(named: name) ?? auditTables.table(named: name)
  }

  var readsMissingKeysAsNull: Bool { audit.isInCheck }

  func noteMissingKey(_ name: String) { audit.noteMissingKey(name) }

  var tableNames: [String] { registry.tableNames }

  var moduleNames: [String] { StandardLibrary.modules.map(\.name) }

  var executor: Executor {
    Executor(control: control, environment: environment, options: executionOptions)
  }

  func constant(_ expression: ResolvedExpression) -> Value? {
    if let value = expression.literalValue { return value }
    guard isConstant(expression) else { return nil }
    do { return try executor.evaluate(expression) } catch { return nil }
  }

  /// Whether an expression can be computed without rows, here and now.
  private func isConstant(_ expression: ResolvedExpression) -> Bool {
    switch expression {
    case .column: return false
    case .scalarQuery, .isInQuery, .rowFunction: if !isRunning { return false }
    default: break
    }
    if case .call(let call) = expression, !call.lambdas.isEmpty {
      guard expression.columnNames.isEmpty else { return false }
      return expression.children.allSatisfy(isConstant)
    }
    return expression.children.allSatisfy(isConstant)
  }

  func read(
    address: String, options: [String: Value], range: SourceRange,
    diagnostics: inout Diagnostics
  ) throws(ResolveStop) -> any TableProvider {
    let source = try openSource(
      address, options: options.asOneTable, range: range, diagnostics: &diagnostics)
    guard source.tables.count == 1, let table = source.tables.first else {
      diagnostics.error(
        .typeMismatch,
        "`\(address)` holds \(source.tables.count) tables, and one is needed here", at: range,
        help: "attach them with `open \"\(address)\" as s`, then name one: `s."
          + "\(source.tables.first?.name ?? "table")`")
      throw .reported
    }
    return table
  }

  /// Opens a source, telling of a failure, and of what the source has to say, at the place of the
  /// program that names it.
  func openSource(
    _ address: String, options: [String: Value], range: SourceRange,
    diagnostics: inout Diagnostics
  ) throws(ResolveStop) -> any DataSource {
    do throws(ImportError) {
      let (source, isNew) = try registry.open(address, options: options, control: control)
      if isNew, let warning = source.warnings.first {
        diagnostics.warning(
          .dataWarning, warning, at: range, notes: Array(source.warnings.dropFirst()))
      }
      return source
    } catch {
      diagnostics.report(Diagnostic(error, at: range))
      throw .reported
    }
  }

  func materialize(
    _ plan: LogicalPlan, range: SourceRange, diagnostics: inout Diagnostics
  ) throws(ResolveStop) -> Table {
    throw .undetermined
  }

  func call(
    _ function: UserFunction, _ arguments: [PlumbPlan.Binding], range: SourceRange,
    diagnostics: inout Diagnostics
  ) throws(ResolveStop) -> PlumbPlan.Binding {
    throw .undetermined
  }

  func rowFunction(
    _ function: UserFunction, types: [DataType], result: DataType, range: SourceRange
  ) -> RowFunction {
    RowFunction(name: function.name) { _ throws(RowFunction.Failure) in .null }
  }

  /// A file whose name asks for a format that is not known is a mistake before anything runs.
  func noteSaved(
    path: String, range: SourceRange, diagnostics: inout Diagnostics
  ) throws(ResolveStop) {
    if isProfile(path) { return }
    do throws(ImportError) { _ = try outputFormat(forPath: path) } catch {
      diagnostics.report(Diagnostic(error, at: range))
      throw .reported
    }
  }

  func save(
    _ table: Table, path: String, options: [String: Value], range: SourceRange,
    diagnostics: inout Diagnostics
  ) throws(ResolveStop) {}

  func save(
    _ chart: Chart, path: String, range: SourceRange, diagnostics: inout Diagnostics
  ) throws(ResolveStop) {}
}
