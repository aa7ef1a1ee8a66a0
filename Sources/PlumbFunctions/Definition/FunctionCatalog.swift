/// The functions that a program may call: a value handed to the resolver, never a singleton.
package struct FunctionCatalog: Sendable {
  package let scalars: [String: ScalarFunction]
  package let aggregates: [String: AggregateFunction]
  package let windows: [String: WindowFunction]

  package init(
    scalars: [ScalarFunction], aggregates: [AggregateFunction], windows: [WindowFunction]
  ) {
    self.scalars = Dictionary(scalars.map { ($0.name, $0) }) { first, _ in first }
    self.aggregates = Dictionary(aggregates.map { ($0.name, $0) }) { first, _ in first }
    self.windows = Dictionary(windows.map { ($0.name, $0) }) { first, _ in first }
  }

  /// All functions of this program.
  package static let builtin = FunctionCatalog(
    scalars: ScalarCatalog.all, aggregates: AggregateCatalog.all, windows: WindowCatalog.all)
}
