package import PlumbColumns

extension ResolvedExpression {
  /// The type of the expression's values.
  package var type: DataType {
    switch self {
    case .literal(_, let type), .column(_, let type), .convert(_, let type),
      .conditional(_, _, let type), .coalesce(_, let type), .field(_, _, let type),
      .element(_, _, let type), .scalarQuery(_, let type), .rowFunction(_, _, let type, _):
      type
    case .negate(_, let operation), .arithmetic(_, _, _, let operation),
      .matches(_, _, let operation), .interpolation(_, let operation):
      operation.type
    case .compare, .not, .and, .or, .isInSet, .isInList, .isInQuery: .bool
    case .call(let call): call.type
    case .list(_, let element): .list(element)
    case .record(let fields):
      .record(fields.map { DataType.Field($0.name, $0.expression.type) })
    }
  }

  /// The value, if the expression is a literal.
  package var literalValue: Value? {
    if case .literal(let value, _) = self { value } else { nil }
  }

  /// The column's name, if the expression is just a column.
  package var columnName: String? {
    if case .column(let name, _) = self { name } else { nil }
  }

  /// The column's name, if the expression is a column, converted or not.
  package var plainColumnName: String? {
    if case .convert(let inner, _) = self { inner.columnName } else { columnName }
  }

  package static let trueLiteral = ResolvedExpression.literal(.bool(true), .bool)
}
