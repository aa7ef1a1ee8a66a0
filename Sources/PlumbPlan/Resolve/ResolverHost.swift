package import PlumbCharts
package import PlumbColumns
package import PlumbDiagnostics

/// What the resolver asks of the session around it.
package protocol ResolverHost: AnyObject, Sendable {
  /// The table of an open source (`runs`, or `b.runs` for one opened as `b`).
  func table(named name: String) -> (any TableProvider)?
  /// The names of all such tables, for suggestions.
  var tableNames: [String] { get }
  /// The modules of the standard library, which a program may import by name.
  var moduleNames: [String] { get }
  /// Whether values are known: false while the program is only checked.
  var isRunning: Bool { get }
  /// Whether a plan is only to be shown: no file is written then.
  var isExplaining: Bool { get }
  /// Whether a key of `params` or `tags` that no row has reads as null: inside a check.
  var readsMissingKeysAsNull: Bool { get }
  /// Notes that a key that no row has was read as null.
  func noteMissingKey(_ name: String)
  /// The value of an expression without columns; nil if it cannot be computed yet or fails.
  func constant(_ expression: ResolvedExpression) -> Value?
  /// Reads a file as a table: `read("x.csv", types = {…})`.
  func read(
    address: String, options: [String: Value], range: SourceRange,
    diagnostics: inout Diagnostics
  ) throws(ResolveStop) -> any TableProvider
  /// Runs a plan and keeps its rows. Only while running.
  func materialize(
    _ plan: LogicalPlan, range: SourceRange, diagnostics: inout Diagnostics
  ) throws(ResolveStop) -> Table
  /// Calls a function with known arguments. Only while running.
  func call(
    _ function: UserFunction, _ arguments: [Binding], range: SourceRange,
    diagnostics: inout Diagnostics
  ) throws(ResolveStop) -> Binding
  /// A closure that calls a function row by row. Only while running.
  func rowFunction(
    _ function: UserFunction, types: [DataType], result: DataType, range: SourceRange
  ) -> RowFunction
  /// Notes that the program writes a file, which it may read later.
  func noteSaved(
    path: String, range: SourceRange, diagnostics: inout Diagnostics
  ) throws(ResolveStop)
  /// Writes a table to a file, whose ending chooses the format. Only while running.
  func save(
    _ table: Table, path: String, options: [String: Value], range: SourceRange,
    diagnostics: inout Diagnostics
  ) throws(ResolveStop)
  /// Writes a chart to a file, whose ending chooses the format. Only while running.
  func save(
    _ chart: Chart, path: String, range: SourceRange, diagnostics: inout Diagnostics
  ) throws(ResolveStop)
}
