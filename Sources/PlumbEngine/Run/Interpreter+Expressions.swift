import PlumbCharts
import PlumbColumns
import PlumbDiagnostics
import PlumbExecution
import PlumbFunctions
import PlumbPlan
import PlumbSyntax

/// The values and tables of a program's expressions.
extension Interpreter {
  /// Resolves something with the values of variables at hand; warnings go to the user.
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
      case .table(let plan): Resolved.table(resolver.visibleWithStoredTexts(plan))
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
    return scan(memoryTable(try rows(plan, range: range), of: plan, name: "let"), of: plan)
  }

  /// Rows that a plan has given, without the stored texts that are kept beside them.
  private func memoryTable(_ table: Table, of plan: LogicalPlan, name: String) -> MemoryTable {
    MemoryTable(name: name, table: table, origins: plan.origins)
  }

  /// A scan of rows that a plan has given; of a chart it is a chart still.
  private func scan(_ held: MemoryTable, of plan: LogicalPlan) -> LogicalPlan {
    let scan = LogicalPlan.scan(LogicalPlan.Scan(allOf: held))
    guard case .plot(let plot) = plan else { return scan }
    return .plot(
      LogicalPlan.Plot(input: scan, specification: plot.specification, isSaved: false))
  }

  /// The value of an expression that needs no rows.
  func value(
    _ expression: ResolvedExpression, range: SourceRange
  ) throws(Stop) -> Value {
    do { return try executor.evaluate(expression) } catch {
      throw Stop(Diagnostic(error, at: range))
    }
  }

  /// The value of an expression as it is written.
  ///
  /// - Parameter condition: Whether it must be a bool.
  func value(
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
  func evaluateShown(
    _ expression: Expression, in scope: Scope, at range: SourceRange
  ) throws(Stop) -> ShownResult? {
    if let command = Command(expression, scope: scope) {
      return try perform(command, in: scope)
    }
    let resolved = try resolving { (resolver) throws(ResolveStop) in
      switch try resolver.resolve(expression, in: scope) {
      case .table(let plan): Resolved.table(resolver.visibleWithStoredTexts(plan))
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
      let memory = memoryTable(
        try rows(plan, range: range, report: report), of: plan, name: "_")
      scope.bind("_", .table(scan(memory, of: plan)))
      let table = memory.table
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
}
