import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbPlan

/// Turns a resolved expression into nodes over the columns of one schema.
struct ExpressionBinder {
  let schema: Schema
  let environment: Environment
  let queries: QueryResults
  let isScalar: Bool

  func bind(_ expression: ResolvedExpression) throws(ExecutionError) -> any ExpressionNode {
    switch expression {
    case .literal(let value, let type):
      return ConstantNode(value: value.coerced(to: type), type: type)
    case .column(let name, let type): return try bindColumn(name, type)
    case .convert(let operand, let type):
      return ConvertNode(operand: try bind(operand), type: type)
    case .negate(let operand, let operation):
      return NegateNode(operand: try bind(operand), operation: operation)
    case .arithmetic(let symbol, let left, let right, let operation):
      return ArithmeticNode(
        symbol: symbol, left: try bind(left), right: try bind(right), operation: operation,
        isScalar: isScalar, control: environment.control)
    case .compare(let symbol, let left, let right):
      return CompareNode(symbol: symbol, left: try bind(left), right: try bind(right))
    case .not(let operand): return NotNode(operand: try bind(operand))
    case .and(let operands): return LogicNode(operands: try bind(operands), isAnd: true)
    case .or(let operands): return LogicNode(operands: try bind(operands), isAnd: false)
    case .conditional(let branches, let otherwise, let type):
      var bound: [ConditionalNode.Branch] = []
      for branch in branches {
        bound.append(
          ConditionalNode.Branch(
            condition: try bind(branch.condition), value: try bind(branch.value)))
      }
      return ConditionalNode(branches: bound, otherwise: try bind(otherwise), type: type)
    case .coalesce(let operands, let type):
      return CoalesceNode(operands: try bind(operands), type: type)
    case .isInSet(let operand, let set):
      return MembershipNode(
        operand: try bind(operand), members: MemberSet(set.values, of: operand.type))
    case .isInList(let operand, let list): return try bindListMembership(operand, list)
    case .isInQuery(let operand, let query):
      return MembershipNode(
        operand: try bind(operand), members: MemberSet(try result(of: query), of: operand.type))
    case .scalarQuery(let query, let type): return try bindScalar(query, type)
    case .matches(let text, let pattern, let operation):
      return MatchNode(
        text: try bind(text), pattern: try bind(pattern), range: operation.range,
        control: environment.control)
    case .call(let call): return try bindCall(call)
    case .field(let record, let index, let type):
      return FieldNode(record: try bind(record), index: index, type: type)
    case .element(let list, let index, let type):
      return ElementNode(list: try bind(list), index: try bind(index), type: type)
    case .list(let elements, let element):
      return ListNode(elements: try bind(elements), element: element)
    case .record(let fields):
      return RecordNode(
        names: fields.map(\.name), fields: try bind(fields.map(\.expression)),
        type: expression.type)
    case .interpolation(let pieces, let operation):
      return try bindInterpolation(pieces, operation)
    case .rowFunction(let function, let arguments, let type, let operation):
      return RowFunctionNode(
        function: function, arguments: try bind(arguments), type: type, range: operation.range,
        control: environment.control)
    }
  }

  private func bind(
    _ expressions: [ResolvedExpression]
  ) throws(ExecutionError) -> [any ExpressionNode] {
    var nodes: [any ExpressionNode] = []
    for expression in expressions { nodes.append(try bind(expression)) }
    return nodes
  }

  private func bindColumn(
    _ name: String, _ type: DataType
  ) throws(ExecutionError) -> any ExpressionNode {
    guard let index = schema.index(of: name) else {
      throw ExecutionError(.invalidArgument, "the input has no column `\(name)`")
    }
    return ColumnNode(index: index, type: type)
  }

  /// `x in list`: a constant list is a set.
  private func bindListMembership(
    _ operand: ResolvedExpression, _ list: ResolvedExpression
  ) throws(ExecutionError) -> any ExpressionNode {
    if case .list(let members, _)? = list.literalValue {
      return MembershipNode(
        operand: try bind(operand), members: MemberSet(members, of: operand.type))
    }
    return ListMembershipNode(operand: try bind(operand), list: try bind(list))
  }

  private func result(of query: QueryReference) throws(ExecutionError) -> Column {
    guard let column = queries[query] else {
      throw ExecutionError(
        .notOneValue, "a query inside an expression has not been run", range: query.range)
    }
    return column
  }

  private func bindScalar(
    _ query: QueryReference, _ type: DataType
  ) throws(ExecutionError) -> any ExpressionNode {
    let column = try result(of: query)
    guard column.count == 1 else {
      throw ExecutionError(
        .notOneValue, "a table of \(column.count) rows is used as a value",
        hint: "a table serves as a value when it has one row and one column; `| take 1` keeps one",
        range: query.range)
    }
    return ConstantNode(value: column.value(at: 0).coerced(to: type), type: type)
  }

  private func bindCall(_ call: ScalarCall) throws(ExecutionError) -> any ExpressionNode {
    var lambdas: [Int: CallNode.BoundLambda] = [:]
    for (position, lambda) in call.lambdas {
      let inner = ExpressionBinder(
        schema: Schema(schema.fields + lambda.parameters), environment: environment,
        queries: queries, isScalar: isScalar)
      lambdas[position] = CallNode.BoundLambda(
        body: try inner.bind(lambda.body), outerCount: schema.count)
    }
    return CallNode(
      call: call, arguments: try bind(call.arguments), lambdas: lambdas, environment: environment)
  }

  private func bindInterpolation(
    _ pieces: [ResolvedExpression.TextPiece], _ operation: Operation
  ) throws(ExecutionError) -> any ExpressionNode {
    var bound: [InterpolationNode.Piece] = []
    for piece in pieces {
      switch piece {
      case .text(let text): bound.append(.text(text))
      case .value(let expression, let format):
        bound.append(.value(try bind(expression), format: format))
      }
    }
    return InterpolationNode(
      pieces: bound, range: operation.range, control: environment.control)
  }
}
