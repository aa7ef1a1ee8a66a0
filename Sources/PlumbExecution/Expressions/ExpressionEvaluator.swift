package import PlumbColumns
package import PlumbFunctions
package import PlumbPlan

/// An expression bound to the columns of an input, ready to be computed on batches of it.
///
/// Names are looked up, sets hashed and patterns compiled once. Evaluators may be shared by
/// threads: what they learn of a dictionary is kept for the next batch under a lock.
package struct ExpressionEvaluator: Sendable {
  private let root: any ExpressionNode
  /// The type of the columns that `evaluate` gives.
  package let type: DataType

  /// Binds an expression to the columns of `schema`, in their order.
  ///
  /// `queries` holds the results of all plans inside the expression. In scalar mode `int // 0` is
  /// an error, else it is null.
  package init(
    _ expression: ResolvedExpression, schema: Schema, environment: Environment,
    queries: QueryResults = QueryResults(), isScalar: Bool = false
  ) throws(ExecutionError) {
    let binder = ExpressionBinder(
      schema: schema, environment: environment, queries: queries, isScalar: isScalar)
    root = try binder.bind(expression)
    type = expression.type
  }

  /// The expression's value for each row of a batch.
  ///
  /// Nothing that is the same in all rows is laid out: the result may be in the `.constant`
  /// layout.
  package func evaluate(_ batch: Batch) throws(ExecutionError) -> Column {
    try root.values(RowFrame(batch))
  }

  /// The expression as an `and` of several operands, if it is one.
  var conjunction: LogicNode? {
    guard let logic = root as? LogicNode, logic.isAnd, logic.operands.count > 1 else { return nil }
    return logic
  }

  /// The position of the column, if the expression is nothing but a column.
  package var columnIndex: Int? { (root as? ColumnNode)?.index }
}

/// The value of an expression without columns, as the optimizer and scalar statements need it.
package func evaluateConstant(
  _ expression: ResolvedExpression, environment: Environment,
  queries: QueryResults = QueryResults(), isScalar: Bool = true
) throws(ExecutionError) -> Value {
  let evaluator = try ExpressionEvaluator(
    expression, schema: Schema([]), environment: environment, queries: queries,
    isScalar: isScalar)
  return try evaluator.evaluate(Batch(columns: [], count: 1)).value(at: 0)
}
