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
  return try evaluator.evaluate(Batch(columns: [], count: 1)).onlyValue(environment.control)
}

extension Column {
  /// The value of the first row, if the memory limit has room for it.
  func onlyValue(_ control: RunControl) throws(ExecutionError) -> Value {
    do throws(RunControl.Interruption) {
      try control.check()
      try control.reserve(bytesAsValues)
    } catch {
      throw ExecutionError(error)
    }
    return value(at: 0)
  }

  /// About what the rows take as values, each a thing of its own: many times what a column takes.
  fileprivate var bytesAsValues: Int {
    let values = count * MemoryLayout<Value>.stride
    guard count > 0 else { return 0 }
    switch storage {
    case .constant, .int8, .int16, .int32, .int64, .float, .bool: return values
    case .text8(_, let dictionary), .text16(_, let dictionary), .text32(_, let dictionary):
      let average = dictionary.byteCount / max(1, dictionary.count)
      // Short texts lie in the value itself.
      return average > 15 ? values + count * (average + 32) : values
    case .list(let offsets, let elements):
      return values + elements.slice(offsets[0], offsets[count] - offsets[0]).bytesAsValues
    case .record(let fields): return fields.reduce(values) { $0 + $1.bytesAsValues }
    }
  }
}
