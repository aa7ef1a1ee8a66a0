package import PlumbColumns
package import PlumbPlan

/// The results of the plans inside expressions, computed before the expressions are.
package struct QueryResults: Sendable {
  private var columns: [ObjectIdentifier: Column] = [:]

  package init() {}

  /// The one column of a query's result.
  package subscript(query: QueryReference) -> Column? {
    get { columns[ObjectIdentifier(query)] }
    set { columns[ObjectIdentifier(query)] = newValue }
  }
}
