package import PlumbColumns
package import PlumbDiagnostics
package import PlumbFunctions
package import PlumbSyntax

/// Turns syntax into typed expressions and plans: finds what names mean, checks types, fills in
/// defaults, picks overloads.
///
/// A program is resolved twice: once as a whole before anything runs, when of variables only the
/// types are known, and again statement by statement when values are known and stand as literals.
package struct Resolver {
  package let host: any ResolverHost
  package let functions: FunctionCatalog
  package var diagnostics: Diagnostics
  /// The plan whose rows an expression is resolved over. Resolving may extend it by columns that
  /// the text of an inferred column is read from.
  var plan: LogicalPlan?
  /// Aggregates found in the expression at hand.
  var aggregateCalls: [AggregateCall] = []
  /// Window functions found in the expression at hand.
  var windowCalls: [WindowFunctionCall] = []
  /// The frame of the `window` stage at hand.
  var frame: RowBounds?
  /// How many pipelines stand around the expression at hand.
  var rowLevel = 0
  /// How deep functions of the program are being expanded.
  var expansionDepth = 0
  /// The functions of the program that are being expanded.
  var expanding: [UserFunction] = []
  /// Whether only types are asked for, so that values may be unknown also while running.
  var isInferring = false
  /// Whether the body of a function is resolved without a call. Then it is not known whether it
  /// will stand among groups of rows, where it may aggregate.
  package var isDefining = false
  /// Makes names of lambda parameters unique.
  var lambdaCount = 0

  /// How deep functions may expand into each other.
  static let expansionLimit = 48

  package init(
    host: any ResolverHost, functions: FunctionCatalog, diagnostics: Diagnostics = Diagnostics()
  ) {
    self.host = host
    self.functions = functions
    self.diagnostics = diagnostics
  }

  /// Whether everything that does not depend on rows has a value: the program is running.
  var knowsValues: Bool { host.isRunning && !isInferring }

  /// Reports a mistake and gives the stop to throw.
  package mutating func failure(
    _ code: DiagnosticCode, _ message: String, at range: SourceRange?, label: String? = nil,
    notes: [String] = [], help: String? = nil, fix: Diagnostic.Fix? = nil
  ) -> ResolveStop {
    diagnostics.error(
      code, message, at: range, label: label, notes: notes, help: help, fix: fix)
    return .reported
  }

  /// `did you mean …?` for the nearest of some names.
  package func suggestion(for name: String, among names: some Sequence<String>) -> String? {
    nearestName(to: name, in: names).map { "did you mean \(NameSpelling.quoted($0))?" }
  }

  /// Resolves what may be a value, a table, a function or a module.
  package mutating func resolve(
    _ expression: Expression, in scope: Scope
  ) throws(ResolveStop) -> Resolved {
    switch expression {
    case .pipeline(let pipeline): return try resolvePipeline(pipeline, in: scope)
    case .parenthesized(let node): return try resolve(node.expression, in: scope)
    case .name(let name):
      if let found = try resolveNamed(name, in: scope) { return found }
    case .variable(let name):
      if let binding = scope.lookup(name.text) { return try resolved(binding) }
    case .member(let member):
      if let found = try resolveMemberOfScope(member, in: scope) { return found }
    case .call(let call):
      if let found = try resolveTableCall(call, in: scope) { return found }
    case .lambda(let lambda):
      return .function(
        UserFunction(lambda, in: scope))
    case .conditional(let node):
      // A conditional whose condition is known may give tables.
      let condition = try scalar(node.condition, in: scope, .scalar)
      if let value = host.constant(condition), case .bool(let isTrue) = value {
        let chosen = try resolve(isTrue ? node.consequence : node.alternative, in: scope)
        guard case .scalar(let value) = chosen else { return chosen }
        return .scalar(try agreed(value, in: node, isTrue: isTrue, scope, .scalar))
      }
    case .literal, .string, .interpolation, .index, .unary, .binary, .comparisonChain, .between,
      .membership, .range, .list, .record, .choice, .malformed:
      break
    }
    return .scalar(try scalar(expression, in: scope, .scalar))
  }

  func resolved(_ binding: Binding) throws(ResolveStop) -> Resolved {
    switch binding {
    case .value(let value, let type): .scalar(.literal(value, type))
    case .unknownValue(let type): .scalar(Self.placeholder(type))
    case .expression(let expression, _): .scalar(expression)
    case .table(let plan): .table(plan)
    case .function(let function): .function(function)
    case .module(let scope): .module(scope)
    case .undetermined: throw .undetermined
    }
  }

  /// What stands for a value that is not known while checking.
  package static func placeholder(_ type: DataType) -> ResolvedExpression {
    .column("\u{0}unknown", type)
  }

  /// Resolves something that must be a table.
  package mutating func table(
    _ expression: Expression, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    switch try resolve(expression, in: scope) {
    case .table(let plan): return plan
    case .undetermined: throw .undetermined
    case .scalar(let value):
      if case .list(.record) = value.type, let literal = host.constant(value) {
        return .scan(memoryScan(tableOfRecords(literal, type: value.type), name: "table"))
      }
      throw failure(
        .notATable, "a table is needed here, and this is a value of type \(value.type)",
        at: expression.range, help: Self.wayToTable(from: value.type, expression))
    case .function:
      throw failure(
        .notATable, "a table is needed here, and this is a function", at: expression.range,
        help: "call it with parentheses")
    case .module:
      throw failure(
        .notATable, "a table is needed here, and this is a module", at: expression.range,
        help: "name a function or table of it with a point")
    }
  }

  /// How a table is made of a value of a type; nil where there is no way to tell.
  static func wayToTable(from type: DataType, _ expression: Expression) -> String? {
    switch type {
    case .list(.record): return "write `table(…)` around it"
    case .list:
      let text = expression.range.text
      let list = text.utf8.count <= 30 && !text.contains("\n") ? text : "…"
      return "a row for each element: `table([{value: \(list)}]) | explode value`"
    case .record: return "one row: `table([…])`"
    case .string: return "a file is read with `read(…)`"
    case .null, .bool, .int, .float, .timestamp, .duration: return nil
    }
  }

  /// A scan of all columns of a provider.
  package func scan(_ provider: any TableProvider) -> LogicalPlan {
    .scan(LogicalPlan.Scan(allOf: provider))
  }

  func memoryScan(
    _ table: Table, name: String, origins: [any TableProvider] = []
  ) -> LogicalPlan.Scan {
    LogicalPlan.Scan(allOf: MemoryTable(name: name, table: table, origins: origins))
  }
}
