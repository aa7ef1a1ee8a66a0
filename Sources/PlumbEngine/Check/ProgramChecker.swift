import PlumbColumns
import PlumbDiagnostics
import PlumbFormats
import PlumbFunctions
import PlumbPlan
import PlumbSyntax

/// Checks a whole program before any of it runs: names, types, arguments, the sources with
/// literal addresses.
///
/// What depends on values that only a run can tell is left for then.
final class ProgramChecker {
  let host: CheckHost
  private let modules: ModuleLoader
  private let parameters: [String: String]
  var diagnostics = Diagnostics()
  var loopDepth = 0
  var functionDepth = 0
  /// Whether a module is being checked; what its functions need is asked when they are called.
  private var isInModule = false
  /// Whether a check's scope or body is being looked at: names that are missing make the check
  /// unknown when it runs.
  var isInCheck = false
  /// Whether a branch is being looked at that will not run, such as for want of a table.
  var isUnreached = false
  /// Whether the program has checks. Then functions may name tables that no source has, because
  /// a check that calls them is unknown.
  var hasChecks = false
  /// The ids of the checks so far, as far as they are known.
  var checkIDs: Set<String> = []
  /// The functions whose bodies are still to be checked, with the scopes that they stand in.
  private var uncheckedFunctions: [(node: FunctionDefinition, scope: Scope)] = []
  /// Where the parser has found mistakes: statements around them are not checked further, so
  /// that one mistake gives one error.
  private let mistakes: [SourceRange]

  init(
    host: CheckHost, modules: ModuleLoader, parameters: [String: String],
    mistakes: [SourceRange] = []
  ) {
    self.host = host
    self.modules = modules
    self.parameters = parameters
    self.mistakes = mistakes
  }

  func check(_ statements: [Statement], in scope: Scope) {
    rejectInnerParameters(of: statements)
    checkStatements(statements, in: scope)
    // Bodies may use what is defined below them.
    while let (node, scope) = uncheckedFunctions.popLast() { checkBody(of: node, in: scope) }
  }

  /// Reports parameters within functions and other blocks: the command line knows only those that
  /// the program itself declares.
  private func rejectInnerParameters(of statements: [Statement], isInner: Bool = false) {
    for statement in statements {
      if isInner, case .parameter(let node) = statement {
        diagnostics.error(
          .misplacedControl, "`param` stands within a block", at: node.range,
          help: "declare it before, where the program begins: blocks and functions see it")
      }
      statement.forEachChild { _ in
      } block: { block in
        rejectInnerParameters(of: block.statements, isInner: true)
      }
    }
  }

  func checkStatements(_ statements: [Statement], in scope: Scope) {
    for statement in statements {
      do { try host.control.check() } catch {
        diagnostics.report(Diagnostic(ImportError(error), at: statement.range))
        return
      }
      if hasMistake(statement) { skip(statement, in: scope) } else { check(statement, in: scope) }
    }
  }

  private func hasMistake(_ statement: Statement) -> Bool {
    if case .malformed = statement { return true }
    let range = statement.range
    return mistakes.contains {
      $0.file === range.file && $0.lower >= range.lower && $0.lower <= range.upper
    }
  }

  /// Leaves a statement out; the names that it would define may mean anything.
  private func skip(_ statement: Statement, in scope: Scope) {
    switch statement {
    case .constant(let node), .variable(let node):
      scope.bind(node.name.text, .undetermined, isVariable: true)
    case .function(let node): scope.bind(node.name.text, .undetermined)
    case .parameter(let node): scope.bind(node.name.text, .undetermined)
    case .load(let node): scope.bind(node.name.text, .undetermined)
    case .open, .importModule, .malformed: host.hasUnknownSources = true
    case .assignment, .conditional, .forLoop, .whileLoop, .breakLoop, .continueLoop,
      .returnValue, .saveStore, .expect, .check, .snapshot, .explain, .profile, .expression:
      break
    }
  }

  func check(_ statement: Statement, in scope: Scope) {
    switch statement {
    case .constant(let node): bind(node, in: scope, isVariable: false)
    case .variable(let node): bind(node, in: scope, isVariable: true)
    case .assignment(let node): assign(node, in: scope)
    case .function(let node): define(node, in: scope)
    case .parameter(let node): declare(node, in: scope)
    case .conditional(let node):
      for branch in node.branches {
        condition(branch.condition, in: scope)
        let wasUnreached = isUnreached
        isUnreached = isUnreached || isFalse(branch.condition, in: scope)
        checkStatements(branch.body.statements, in: Scope(parent: scope))
        isUnreached = wasUnreached
      }
      checkStatements(node.otherwise?.statements ?? [], in: Scope(parent: scope))
    case .forLoop(let node):
      let inner = Scope(parent: scope)
      inner.bind(
        node.variable.text,
        resolving { (resolver) throws(ResolveStop) in
          try resolver.elementType(node.sequence, in: scope)
        } ?? .undetermined)
      loop { checkStatements(node.body.statements, in: inner) }
    case .whileLoop(let node):
      condition(node.condition, in: scope)
      loop { checkStatements(node.body.statements, in: Scope(parent: scope)) }
    case .breakLoop(let range), .continueLoop(let range):
      if loopDepth == 0 {
        diagnostics.error(.misplacedControl, "`\(range.text)` stands outside of a loop", at: range)
      }
    case .returnValue(let node):
      if functionDepth == 0 {
        diagnostics.error(
          .misplacedControl, "`return` stands outside of a function", at: node.range)
      } else if let value = node.value {
        _ = binding(value, in: scope)
      }
    case .importModule(let node): importModule(node, in: scope)
    case .open(let node): open(node, in: scope)
    case .load(let node): load(node, in: scope)
    case .saveStore(let node):
      if let (path, _) = address(node.path, [], in: scope) {
        do throws(ImportError) {
          try checkStoreName(path)
          host.noteSavedStore(path)
        } catch {
          diagnostics.report(Diagnostic(error, at: node.path.range))
        }
      }
    case .expect(let node):
      condition(node.condition, in: scope)
      if let message = node.message { value(message, in: scope) }
    case .check(let node): check(node, in: scope)
    case .snapshot(let node):
      for name in RegistrySnapshot.tableNames where host.table(named: name) == nil {
        if host.hasUnknownSources { break }
        diagnostics.error(
          .unknownTable, "there is no table `\(name)`, which a registry has", at: node.range,
          help: "open a registry first: `open \"mlflow.db\"`")
        break
      }
      value(node.address, in: scope)
    case .explain(let node), .profile(let node):
      _ = resolving { (resolver) throws(ResolveStop) in
        try resolver.table(node.subject, in: scope)
      }
    case .expression(let expression): show(expression, in: scope)
    case .malformed: break
    }
  }

  private func loop(_ body: () -> Void) {
    loopDepth += 1
    body()
    loopDepth -= 1
  }

  /// Resolves something; nil when it failed or is not known before the run.
  func resolving<Result>(
    _ body: (inout Resolver) throws(ResolveStop) -> Result
  ) -> Result? {
    var resolver = Resolver(host: host, functions: host.functions)
    resolver.isDefining = functionDepth > 0
    defer { report(resolver.diagnostics) }
    do { return try body(&resolver) } catch { return nil }
  }

  /// Keeps what a resolver has found; where a source could not be opened or a definition not be
  /// read, an unknown table or name is no second mistake.
  private func report(_ found: Diagnostics) {
    for diagnostic in found.all {
      if isInCheck || isUnreached || hasChecks && functionDepth > 0,
        diagnostic.code.isAboutMissingData
      {
        continue
      }
      let isAboutNames =
        diagnostic.code == .unknownTable || diagnostic.code == .unknownName
        || diagnostic.code == .unknownFunction
      if isAboutNames, host.hasUnknownSources { continue }
      diagnostics.report(diagnostic)
    }
  }

  func value(_ expression: Expression, in scope: Scope) {
    _ = resolving { (resolver) throws(ResolveStop) in
      try resolver.scalar(expression, in: scope, .scalar)
    }
  }

  func condition(_ expression: Expression, in scope: Scope) {
    let type = resolving { (resolver) throws(ResolveStop) in
      try resolver.scalar(expression, in: scope, .scalar).type
    }
    if let type, type != .bool, type != .null {
      diagnostics.error(
        .notBoolean, "a condition must be a bool, and this is of type \(type)",
        at: expression.range)
    }
  }

  /// Whether a condition asks for a table that is not there, so that its branch will not run.
  private func isFalse(_ condition: Expression, in scope: Scope) -> Bool {
    guard condition.calls("has_table") else { return false }
    var resolver = Resolver(host: host, functions: host.functions)
    guard let value = try? resolver.scalar(condition, in: scope, .scalar) else { return false }
    return host.constant(value) == .bool(false)
  }

  func binding(_ expression: Expression, in scope: Scope) -> PlumbPlan.Binding {
    let found = resolving { (resolver) throws(ResolveStop) -> PlumbPlan.Binding in
      switch try resolver.resolve(expression, in: scope) {
      case .scalar(let value): .unknownValue(value.type)
      case .table(let plan): .table(plan)
      case .function(let function): .function(function)
      case .module(let module): .module(module)
      case .undetermined: .undetermined
      }
    }
    return found ?? .undetermined
  }

  private func bind(_ node: PlumbSyntax.Binding, in scope: Scope, isVariable: Bool) {
    let found = binding(node.value, in: scope)
    scope.bind(node.name.text, found, isVariable: isVariable)
  }

  private func assign(_ node: PlumbSyntax.Binding, in scope: Scope) {
    let name = node.name.text
    let found = binding(node.value, in: scope)
    guard let old = scope.lookup(name) else {
      diagnostics.error(
        .unknownName, "unknown variable `\(name)`", at: node.name.range,
        label: nearestName(to: name, in: scope.names).map { "did you mean `\($0)`?" },
        help: "`let \(name) = …` or `var \(name) = …` makes a new one")
      return
    }
    guard scope.isVariable(name) else {
      if case .function = old {
        diagnostics.error(.immutableName, "`\(name)` is a function", at: node.name.range)
      } else {
        diagnostics.error(
          .immutableName, "`\(name)` cannot change", at: node.name.range,
          help: "define it with `var` to change it later")
      }
      return
    }
    if case .unknownValue(let before) = old, case .unknownValue(let after) = found {
      guard let unified = before.unified(with: after) else {
        diagnostics.error(
          .typeMismatch, "`\(name)` holds \(before), and this is \(after)", at: node.value.range)
        return
      }
      scope.assign(name, .unknownValue(unified))
    } else {
      scope.assign(name, found)
    }
  }

  private func define(_ node: FunctionDefinition, in scope: Scope) {
    var names: Set<String> = []
    for parameter in node.parameters where !names.insert(parameter.name.text).inserted {
      diagnostics.error(
        .duplicateName, "two parameters are called `\(parameter.name.text)`",
        at: parameter.name.range)
    }
    scope.bind(node.name.text, .function(UserFunction(node, in: scope)))
    if !isInModule { uncheckedFunctions.append((node, scope)) }
  }

  /// Checks what can be known of a function without its arguments, also when nothing calls it.
  private func checkBody(of node: FunctionDefinition, in scope: Scope) {
    let inner = Scope(parent: scope)
    for parameter in node.parameters {
      if let value = parameter.defaultValue { _ = binding(value, in: scope) }
      let type = parameter.type.flatMap { type in
        resolving { (resolver) throws(ResolveStop) in try resolver.type(type) }
      }
      inner.bind(
        parameter.name.text, (type ?? nil).map { .unknownValue($0) } ?? .undetermined,
        isVariable: true)
    }
    let outerLoopDepth = loopDepth
    loopDepth = 0
    functionDepth += 1
    switch node.body {
    case .value(let expression): _ = binding(expression, in: inner)
    case .block(let block):
      checkStatements(block.statements, in: inner)
      warnOfLostValues(block.statements, in: inner)
    }
    functionDepth -= 1
    loopDepth = outerLoopDepth
  }

  private func declare(_ node: ParameterDeclaration, in scope: Scope) {
    let reader = ParameterReader(host: host, given: parameters)
    scope.bind(node.name.text, reader.read(node, in: scope, diagnostics: &diagnostics))
  }

  private func importModule(_ node: ImportStatement, in scope: Scope) {
    guard let module = modules.module(for: node, diagnostics: &diagnostics) else {
      return scope.bind(modules.bindingName(of: node), .undetermined)
    }
    let inner = Scope()
    scope.bind(module.bindingName, .module(inner))
    guard modules.enter(module, range: node.range, diagnostics: &diagnostics) else { return }
    let wasInModule = isInModule
    isInModule = true
    rejectInnerParameters(of: module.program.statements)
    checkStatements(module.program.statements, in: inner)
    isInModule = wasInModule
    modules.leave(module)
  }

  private func open(_ node: OpenStatement, in scope: Scope) {
    guard let (path, options) = address(node.address, node.options, in: scope) else {
      host.hasUnknownSources = true
      return
    }
    guard let source = opened(path, options, at: node.address.range) else { return }
    host.registry.attach(source, alias: node.alias?.text)
  }

  private func load(_ node: LoadStatement, in scope: Scope) {
    let undetermined = { scope.bind(node.name.text, .undetermined) }
    guard let (path, options) = address(node.address, node.options, in: scope) else {
      return undetermined()
    }
    guard let source = opened(path, options.asOneTable, at: node.address.range) else {
      return undetermined()
    }
    guard let table = source.tables.first, source.tables.count == 1 else {
      diagnostics.error(
        .typeMismatch, "`\(path)` holds \(source.tables.count) tables, and `load` takes one",
        at: node.address.range, help: "use `open \"\(path)\"`")
      return undetermined()
    }
    let loaded = SourceRegistry.LoadedSource(path, source, options: options)
    if let mismatch = loaded.mismatch(
      of: table, as: node.name.text, at: node.address.range)
    {
      diagnostics.report(mismatch)
      return undetermined()
    }
    host.registry.attach(table, as: node.name.text, from: loaded)
    scope.uncover(table: node.name.text)
  }

  private func opened(
    _ path: String, _ options: [String: Value], at range: SourceRange
  ) -> (any DataSource)? {
    do throws(ResolveStop) {
      return try host.openSource(path, options: options, range: range, diagnostics: &diagnostics)
    } catch {
      host.hasUnknownSources = true
      return nil
    }
  }

  private func address(
    _ syntax: Expression, _ options: [Option], in scope: Scope
  ) -> (String, [String: Value])? {
    resolving { (resolver) throws(ResolveStop) in
      try resolver.address(syntax, options, in: scope)
    }
  }

  private func show(_ expression: Expression, in scope: Scope) {
    if let call = Command(expression, scope: scope) {
      switch call {
      case .print(let arguments): for argument in arguments { _ = binding(argument, in: scope) }
      case .help: break
      case .report(let call): checkSection(call, in: scope)
      case .unknown(let call): checkUndecided(call, in: scope)
      }
      return
    }
    scope.bind("_", binding(expression, in: scope))
  }
}
