package import PlumbColumns

/// What the names of an expression may refer to besides the scope.
package struct RowContext: Sendable {
  /// The columns of the stage's input; absent where no rows are.
  package var schema: Schema?
  /// The parameters of the lambdas around the expression.
  package var lambdaParameters: [String: Schema.Field] = [:]
  package var place: Place = .row
  /// Whether a missing key of a `params` or `tags` family is null (at the left of `??`).
  package var missingKeyIsNull = false
  /// Whether the expression is an argument of an aggregate or window function.
  package var isInsideAggregate = false
  /// The columns that may stand outside aggregates (the keys of `summarize`).
  package var keyNames: Set<String> = []
  /// Whether others may too: in the argument of a function that may aggregate it.
  package var allowsAnyColumn = false

  /// Which functions may be called here.
  package enum Place: Sendable {
    /// Row by row.
    case row
    /// One value a group: aggregates.
    case group
    /// A value for each row of an ordered group: aggregates and window functions.
    case window
  }

  package static let scalar = RowContext()

  package init(schema: Schema? = nil, place: Place = .row) {
    self.schema = schema
    self.place = place
  }

  /// The context of an argument of an aggregate: the rows themselves.
  var inner: RowContext {
    var context = self
    context.isInsideAggregate = isInsideAggregate || place != .row
    context.place = .row
    context.allowsAnyColumn = false
    context.missingKeyIsNull = false
    return context
  }
}
