import PlumbColumns
import PlumbDiagnostics
import PlumbExecution
import PlumbFormats
import PlumbFunctions
import PlumbPlan
import PlumbSyntax

/// The statements of a program, but for checks and snapshots.
extension Interpreter {
  /// Runs statements one after the other, up to one that leaves them.
  ///
  /// - Parameter shows: Whether bare expressions show what they give.
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

  /// Runs a statement and says where to go on.
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
      scope.bind(node.name.text, .function(UserFunction(node, in: scope)))
    case .parameter(let node):
      var diagnostics = Diagnostics()
      let reader = ParameterReader(host: self, given: parameters)
      let binding = reader.read(node, in: scope, diagnostics: &diagnostics)
      if diagnostics.hasErrors { throw Stop(diagnostics) }
      if case .value(let value, _) = binding {
        try noteParameter(node.name.text, value)
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

  /// Whether a condition is true; null is not.
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
    noteModules()
  }

  private func open(_ node: OpenStatement, in scope: Scope) throws(Stop) {
    let (source, loaded) = try opened(node.address, node.options, in: scope)
    registry.attach(source, alias: node.alias?.text, as: loaded.address)
  }

  private func load(_ node: LoadStatement, in scope: Scope) throws(Stop) {
    let (source, loaded) = try opened(node.address, node.options, asOneTable: true, in: scope)
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
    scope.uncover(table: node.name.text)
  }

  private func saveStore(_ node: SaveStoreStatement, in scope: Scope) throws(Stop) {
    try resolving { (resolver) throws(ResolveStop) in
      let path = try resolver.address(node.path, in: scope).path
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
    _ address: Expression, _ options: [Option], asOneTable: Bool = false, in scope: Scope
  ) throws(Stop) -> (any DataSource, SourceRegistry.LoadedSource) {
    try resolving { (resolver) throws(ResolveStop) in
      let (path, values) = try resolver.address(address, options, in: scope)
      let source = try self.openSource(
        path, options: asOneTable ? values.asOneTable : values, range: address.range,
        diagnostics: &resolver.diagnostics)
      return (source, SourceRegistry.LoadedSource(path, source, options: values))
    }
  }

  /// Does what a call of `print`, `help` and their like asks for.
  func perform(_ command: Command, in scope: Scope) throws(Stop) -> ShownResult? {
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
    let plan = try whileExplaining { () throws(Stop) in
      try resolving { (resolver) throws(ResolveStop) in
        resolver.visible(try resolver.table(node.subject, in: scope))
      }
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
}
