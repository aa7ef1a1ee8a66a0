package import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
package import PlumbPlan

extension Executor {
  /// The value of an expression without columns.
  package func evaluate(
    _ expression: ResolvedExpression
  ) throws(ExecutionError) -> Value {
    let queries = try results(ofQueriesIn: [expression])
    return try evaluateConstant(expression, environment: environment, queries: queries)
  }

  /// Binds expressions to the columns of a schema; queries inside them are run first.
  func evaluators(
    _ expressions: [ResolvedExpression], schema: Schema
  ) throws(ExecutionError) -> [ExpressionEvaluator] {
    let queries = try results(ofQueriesIn: expressions)
    var result: [ExpressionEvaluator] = []
    for expression in expressions {
      result.append(
        try ExpressionEvaluator(
          expression, schema: schema, environment: environment, queries: queries))
    }
    return result
  }

  /// The values of expressions for all rows of a table.
  func columns(
    _ expressions: [ResolvedExpression], of table: Table
  ) throws(ExecutionError) -> [Column] {
    var result: [Column] = []
    for evaluator in try evaluators(expressions, schema: table.schema) {
      if let index = evaluator.columnIndex {
        result.append(table.columns[index])
        continue
      }
      let batchRows = max(1, options.batchRows)
      let batchCount = (table.rowCount + batchRows - 1) / batchRows
      let parts = try runWorkers(batchCount, control: control) {
        (batch, scope) throws(ExecutionError) -> Column in
        try scope.check()
        let start = batch * batchRows
        return try evaluator.evaluate(
          table.batch.slice(start, min(batchRows, table.rowCount - start)))
      }
      result.append(.concatenated(parts, type: evaluator.type))
    }
    return result
  }

  /// Runs the plans inside expressions.
  private func results(
    ofQueriesIn expressions: [ResolvedExpression]
  ) throws(ExecutionError) -> QueryResults {
    var queries: [QueryReference] = []
    for expression in expressions { expression.collectQueries(into: &queries) }
    var results = QueryResults()
    for query in queries where results[query] == nil {
      let table = try table(query.plan, Demand(columns: nil, depth: 1))
      guard let column = table.columns.first, table.columns.count == 1 else {
        throw ExecutionError(
          .notOneValue, "a table of \(table.columns.count) columns is used as a value",
          hint: "`| select` the one column that is meant", range: query.range)
      }
      results[query] = column
    }
    return results
  }
}

extension ResolvedExpression {
  /// All plans inside the expression, lambda bodies included.
  fileprivate func collectQueries(into queries: inout [QueryReference]) {
    switch self {
    case .scalarQuery(let query, _): queries.append(query)
    case .isInQuery(_, let query): queries.append(query)
    case .call(let call):
      for lambda in call.lambdas.values { lambda.body.collectQueries(into: &queries) }
    case .literal, .column, .convert, .negate, .arithmetic, .compare, .not, .and, .or,
      .conditional, .coalesce, .isInSet, .isInList, .matches, .field, .element, .list, .record,
      .interpolation, .rowFunction:
      break
    }
    for child in children { child.collectQueries(into: &queries) }
  }
}
