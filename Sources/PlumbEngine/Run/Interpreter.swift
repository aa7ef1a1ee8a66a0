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
  private let parameters: [String: String]
  /// Which of the program's checks run.
  let selection: CheckSelection
  private let callDepth = Atomic<Int>(0)

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

  // MARK: Statements

  func execute(
    _ statements: [Statement], in scope: Scope, shows: Bool
  ) throws(Stop) -> Flow {
    for statement in statements {
      switch try execute(statement, in: scope, shows: shows) {
      case .next: continue
      case .breakLoop: return .breakLoop
      case .continueLoop: return .continueLoop
      case .leave(let value): return .leave(value)
      }
    }
    return .next
  }

  func execute(
    _ statement: Statement, in scope: Scope, shows: Bool
  ) throws(Stop) -> Flow {
    try checkpoint(statement.range)
    switch statement {
    case .constant(let node):
      scope.bind(node.name.text, try evaluate(node.value, in: scope))
    case .variable(let node):
      scope.bind(node.name.text, try evaluate(node.value, in: scope), isVariable: true)
    case .assignment(let node): try assign(node, in: scope)
    case .function(let node):
      scope.bind(
        node.name.text,
        .function(
          UserFunction(
            name: node.name.text, parameters: node.parameters, body: node.body,
            documentation: node.documentation, scope: scope)))
    case .parameter(let node):
      var diagnostics = Diagnostics()
      let reader = ParameterReader(host: self, given: parameters)
      let binding = reader.read(node, in: scope, diagnostics: &diagnostics)
      if diagnostics.hasErrors { throw Stop(diagnostics) }
      if case .value(let value, _) = binding {
        audit.noteParameter(node.name.text, value: plainText(value))
      }
      scope.bind(node.name.text, binding)
    case .conditional(let node): return try branch(node, in: scope, shows: shows)
    case .forLoop(let node): return try loop(node, in: scope, shows: shows)
    case .whileLoop(let node): return try loop(node, in: scope, shows: shows)
    case .breakLoop: return .breakLoop
    case .continueLoop: return .continueLoop
    case .returnValue(let node):
      guard let value = node.value else { return .leave(.value(.null, .null)) }
      return .leave(try evaluate(value, in: scope))
    case .importModule(let node): try importModule(node, in: scope)
    case .open(let node): try open(node, in: scope)
    case .load(let node): try load(node, in: scope)
    case .saveStore(let node): try saveStore(node, in: scope)
    case .expect(let node): try expect(node, in: scope)
    case .check(let node): try check(node, in: scope)
    case .snapshot(let node): try snapshot(node, in: scope)
    case .explain(let node): try explain(node, in: scope)
    case .profile(let node): try profile(node, in: scope)
    case .expression(let expression):
      let shown = try evaluateShown(expression, in: scope, at: statement.range)
      if shows, let shown { handler(.shown(shown)) }
    case .malformed(let range):
      throw Stop(Diagnostic(.unexpectedToken, "this statement has an error", at: range))
    }
    return .next
  }

  private func checkpoint(_ range: SourceRange) throws(Stop) {
    do { try control.check() } catch {
      throw Stop(Diagnostic(ExecutionError(error), at: range))
    }
  }

  private func assign(_ node: PlumbSyntax.Binding, in scope: Scope) throws(Stop) {
    let value = try evaluate(node.value, in: scope)
    guard scope.isVariable(node.name.text) else {
      throw Stop(
        Diagnostic(
          .immutableName, "`\(node.name.text)` cannot change", at: node.name.range,
          help: "define it with `var` to change it later"))
    }
    scope.assign(node.name.text, value)
  }

  private func branch(
    _ node: IfStatement, in scope: Scope, shows: Bool
  ) throws(Stop) -> Flow {
    for branch in node.branches where try isTrue(branch.condition, in: scope) {
      return try execute(branch.body.statements, in: Scope(parent: scope), shows: shows)
    }
    guard let otherwise = node.otherwise else { return .next }
    return try execute(otherwise.statements, in: Scope(parent: scope), shows: shows)
  }

  func isTrue(_ condition: Expression, in scope: Scope) throws(Stop) -> Bool {
    guard case .bool(true) = try value(condition, in: scope, condition: true) else {
      return false
    }
    return true
  }

  private func loop(
    _ node: WhileStatement, in scope: Scope, shows: Bool
  ) throws(Stop) -> Flow {
    while try isTrue(node.condition, in: scope) {
      try checkpoint(node.range)
      switch try execute(node.body.statements, in: Scope(parent: scope), shows: shows) {
      case .next, .continueLoop: continue
      case .breakLoop: return .next
      case .leave(let value): return .leave(value)
      }
    }
    return .next
  }

  private func loop(
    _ node: ForStatement, in scope: Scope, shows: Bool
  ) throws(Stop) -> Flow {
    let elements = try self.elements(of: node.sequence, in: scope)
    for index in 0..<elements.count {
      try checkpoint(node.range)
      let inner = Scope(parent: scope)
      inner.bind(node.variable.text, .value(elements.value(index), elements.type))
      switch try execute(node.body.statements, in: inner, shows: shows) {
      case .next, .continueLoop: continue
      case .breakLoop: return .next
      case .leave(let value): return .leave(value)
      }
    }
    return .next
  }

  /// What a `for` loop goes over.
  private struct Elements {
    let count: Int
    let type: DataType
    let value: (Int) -> Value
  }

  private func elements(of syntax: Expression, in scope: Scope) throws(Stop) -> Elements {
    switch try evaluate(syntax, in: scope) {
    case .table(.scan(let scan)):
      let table = try rows(.scan(scan), range: syntax.range)
      let type = Resolver(host: self, functions: functions).recordType(of: table.schema)
      return Elements(count: table.rowCount, type: type) { row in
        .record(
          zip(table.schema.fields, table.columns).map { field, column in
            Value.RecordField(field.name, column.value(at: row))
          })
      }
    case .value(.list(let values, let element), _):
      return Elements(count: values.count, type: element) { values[$0] }
    case .value, .table, .unknownValue, .expression, .function, .module, .undetermined:
      throw Stop(
        Diagnostic(
          .typeMismatch, "`for` goes over a table, a list or a range", at: syntax.range))
    }
  }

  private func expect(_ node: ExpectStatement, in scope: Scope) throws(Stop) {
    if try isTrue(node.condition, in: scope) { return }
    var message = "the expectation `\(node.condition.range.text)` is not true"
    if let syntax = node.message { message = plainText(try value(syntax, in: scope)) }
    throw Stop(Diagnostic(.expectationFailed, message, at: node.condition.range))
  }

  private func importModule(_ node: ImportStatement, in scope: Scope) throws(Stop) {
    var diagnostics = Diagnostics()
    guard let module = modules.module(for: node, diagnostics: &diagnostics),
      modules.enter(module, range: node.range, diagnostics: &diagnostics)
    else { throw Stop(diagnostics) }
    defer { modules.leave(module) }
    let inner = Scope()
    _ = try execute(module.program.statements, in: inner, shows: false)
    scope.bind(module.bindingName, .module(inner))
  }

  private func open(_ node: OpenStatement, in scope: Scope) throws(Stop) {
    let (source, loaded) = try opened(node.address, node.options, in: scope)
    registry.attach(source, alias: node.alias?.text, as: loaded.address)
  }

  private func load(_ node: LoadStatement, in scope: Scope) throws(Stop) {
    let (source, loaded) = try opened(node.address, node.options, in: scope)
    guard let table = source.tables.first, source.tables.count == 1 else {
      throw Stop(
        Diagnostic(
          .typeMismatch,
          "`\(source.address)` holds \(source.tables.count) tables, and `load` takes one",
          at: node.address.range, help: "use `open \"\(source.address)\"`"))
    }
    if let mismatch = loaded.mismatch(
      of: table, as: node.name.text, at: node.address.range)
    {
      throw Stop(mismatch)
    }
    registry.attach(table, as: node.name.text, from: loaded)
    scope.remove(node.name.text)
  }

  private func saveStore(_ node: SaveStoreStatement, in scope: Scope) throws(Stop) {
    try resolving { (resolver) throws(ResolveStop) in
      guard case .string(let path) = try resolver.constant(node.path, in: scope) else {
        resolver.reportAddress(node.path)
        throw .reported
      }
      do throws(ImportError) {
        try checkStoreName(path)
        try writeStore(self.registry, to: self.registry.located(path), control: self.control)
        self.registry.forget(path)
      } catch {
        resolver.diagnostics.report(Diagnostic(error, at: node.path.range))
        throw .reported
      }
    }
  }

  private func opened(
    _ address: Expression, _ options: [Option], in scope: Scope
  ) throws(Stop) -> (any DataSource, SourceRegistry.LoadedSource) {
    try resolving { (resolver) throws(ResolveStop) in
      guard case .string(let path) = try resolver.constant(address, in: scope) else {
        resolver.reportAddress(address)
        throw .reported
      }
      var values: [String: Value] = [:]
      for option in options {
        values[option.name.text] = try resolver.constant(option.value, in: scope)
      }
      let source = try self.openSource(
        path, options: values, range: address.range, diagnostics: &resolver.diagnostics)
      return (source, SourceRegistry.LoadedSource(path, source, options: values))
    }
  }

  // MARK: Expressions

  func resolving<Result>(
    _ body: (inout Resolver) throws(ResolveStop) -> Result
  ) throws(Stop) -> Result {
    var resolver = Resolver(host: self, functions: functions)
    do {
      let result = try body(&resolver)
      for warning in resolver.diagnostics.all { handler(.diagnostic(warning)) }
      return result
    } catch {
      var diagnostics = resolver.diagnostics
      if !diagnostics.hasErrors {
        diagnostics.error(.notConstant, "this cannot be known at this place", at: nil)
      }
      throw Stop(diagnostics)
    }
  }

  /// The value, table or function that an expression gives; tables are held in memory.
  func evaluate(
    _ expression: Expression, in scope: Scope
  ) throws(Stop) -> PlumbPlan.Binding {
    let resolved = try resolving { (resolver) throws(ResolveStop) in
      switch try resolver.resolve(expression, in: scope) {
      case .table(let plan): Resolved.table(resolver.visible(plan))
      case let other: other
      }
    }
    switch resolved {
    case .scalar(let value):
      return .value(try self.value(value, range: expression.range), value.type)
    case .table(let plan): return .table(try held(plan, range: expression.range))
    case .function(let function): return .function(function)
    case .module(let module): return .module(module)
    case .undetermined:
      throw Stop(
        Diagnostic(.notConstant, "this cannot be known at this place", at: expression.range))
    }
  }

  /// A scan of the plan's rows, held in memory.
  private func held(_ plan: LogicalPlan, range: SourceRange) throws(Stop) -> LogicalPlan {
    if case .scan(let scan) = plan, scan.provider is MemoryTable { return plan }
    return held(try rows(plan, range: range), of: plan, name: "let")
  }

  /// A scan of rows that a plan has given; of a chart it is a chart still.
  private func held(_ table: Table, of plan: LogicalPlan, name: String) -> LogicalPlan {
    let provider = MemoryTable(name: name, table: table, origins: plan.origins)
    let scan = LogicalPlan.scan(
      LogicalPlan.Scan(
        provider: provider, columns: table.schema.fields.map(\.name), schema: table.schema))
    guard case .plot(let plot) = plan else { return scan }
    return .plot(
      LogicalPlan.Plot(input: scan, specification: plot.specification, isSaved: false))
  }

  func value(
    _ expression: ResolvedExpression, range: SourceRange
  ) throws(Stop) -> Value {
    do { return try executor.evaluate(expression) } catch {
      throw Stop(Diagnostic(error, at: range))
    }
  }

  private func value(
    _ syntax: Expression, in scope: Scope, condition: Bool = false
  ) throws(Stop) -> Value {
    let expression = try resolving { (resolver) throws(ResolveStop) in
      try resolver.scalar(syntax, in: scope, .scalar)
    }
    if condition, expression.type != .bool, expression.type != .null {
      throw Stop(
        Diagnostic(
          .notBoolean, "a condition must be a bool, and this is of type \(expression.type)",
          at: syntax.range))
    }
    return try value(expression, range: syntax.range)
  }

  /// The rows of a plan.
  func rows(
    _ plan: LogicalPlan, range: SourceRange?, report: ExecutionReport? = nil
  ) throws(Stop) -> Table {
    let executor = Executor(
      control: control, environment: environment, options: executionOptions, report: report)
    do { return try executor.execute(optimized(plan).plan) } catch {
      throw Stop(Diagnostic(error, at: range))
    }
  }

  /// The plan as it is run, and the names of the rules that changed it.
  func optimized(_ plan: LogicalPlan) -> (plan: LogicalPlan, fired: [String]) {
    guard isOptimizing else { return (plan, []) }
    let executor = executor
    let optimizer = Optimizer { expression in
      // An expression that fails keeps its place, so that the run tells of it there.
      do { return try executor.evaluate(expression) } catch { return nil }
    }
    return optimizer.optimize(plan)
  }

  /// What a bare expression shows; nil for commands, and for what goes to a file instead.
  private func evaluateShown(
    _ expression: Expression, in scope: Scope, at range: SourceRange
  ) throws(Stop) -> ShownResult? {
    if let command = Command(expression, scope: scope) {
      return try perform(command, in: scope)
    }
    let resolved = try resolving { (resolver) throws(ResolveStop) in
      switch try resolver.resolve(expression, in: scope) {
      case .table(let plan): Resolved.table(resolver.visible(plan))
      case let other: other
      }
    }
    switch resolved {
    case .scalar(let expression):
      let value = try self.value(expression, range: range)
      scope.bind("_", .value(value, expression.type))
      return .value(value, expression.type)
    case .table(let plan):
      let report = ExecutionReport()
      let table = try rows(plan, range: range, report: report)
      scope.bind("_", .table(held(table, of: plan, name: "_")))
      if case .plot(let plot) = plan {
        if plot.isSaved { return nil }
        return .chart(
          Chart(plot.specification, table), nullConditionRows: report.nullConditionRows)
      }
      if case .pipeline(let pipeline) = expression.withoutParentheses,
        case .save? = pipeline.stages.last
      {
        return nil
      }
      return .table(table, nullConditionRows: report.nullConditionRows)
    case .function(let function):
      return .text("function \(function.name)")
    case .module(let module):
      return .text("module with " + module.localNames.joined(separator: ", "))
    case .undetermined: return nil
    }
  }

  private func perform(_ command: Command, in scope: Scope) throws(Stop) -> ShownResult? {
    switch command {
    case .print(let arguments):
      var texts: [String] = []
      for argument in arguments { texts.append(plainText(try value(argument, in: scope))) }
      handler(.printed(texts.joined(separator: " ")))
      return nil
    case .help(let subject):
      let catalog = HelpCatalog(functions: functions, registry: registry, scope: scope)
      return .text(HelpTextRenderer().text(catalog, for: subject.map { $0.range.text }))
    case .report(let call):
      try addSection(call, in: scope)
      return nil
    case .unknown(let call): throw try undecided(call, in: scope)
    }
  }

  private func explain(_ node: InspectStatement, in scope: Scope) throws(Stop) {
    let plan = try resolving { (resolver) throws(ResolveStop) in
      resolver.visible(try resolver.table(node.subject, in: scope))
    }
    let (optimized, fired) = optimized(plan)
    do {
      let chunks = try executor.plannedChunks(optimized)
      handler(.shown(.text(explainText(optimized, fired: fired, annotations: chunks))))
    } catch {
      throw Stop(Diagnostic(error, at: node.range))
    }
  }

  private func profile(_ node: InspectStatement, in scope: Scope) throws(Stop) {
    let plan = try resolving { (resolver) throws(ResolveStop) in
      resolver.visible(try resolver.table(node.subject, in: scope))
    }
    let report = ExecutionReport()
    _ = try rows(plan, range: node.range, report: report)
    handler(.shown(.text(profileText(report))))
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
    _ function: UserFunction, types: [DataType], result: DataType
  ) -> RowFunction {
    RowFunction(name: function.name) { [self] (values) throws(FunctionError) in
      let arguments = zip(values, types).map { PlumbPlan.Binding.value($0, $1) }
      do throws(Stop) {
        guard case .value(let value, _) = try call(function, arguments, range: nil) else {
          throw Stop(
            Diagnostic(.typeMismatch, "`\(function.name)` gives no value", at: nil))
        }
        return value.coerced(to: result)
      } catch {
        throw FunctionError(error.diagnostics.all.first?.message ?? "the call failed")
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
