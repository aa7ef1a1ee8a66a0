import PlumbColumns

extension ResolvedExpression {
  /// The expressions directly inside this one, lambda bodies left out.
  package var children: [ResolvedExpression] {
    switch self {
    case .literal, .column, .scalarQuery: []
    case .convert(let a, _), .negate(let a, _), .not(let a), .isInSet(let a, _),
      .isInQuery(let a, _), .field(let a, _, _):
      [a]
    case .arithmetic(_, let a, let b, _), .compare(_, let a, let b), .isInList(let a, let b),
      .matches(let a, let b, _), .element(let a, let b, _):
      [a, b]
    case .and(let all), .or(let all), .coalesce(let all, _), .list(let all, _),
      .rowFunction(_, let all, _, _):
      all
    case .conditional(let branches, let otherwise, _):
      branches.flatMap { [$0.condition, $0.value] } + [otherwise]
    case .call(let call): call.arguments
    case .record(let fields): fields.map(\.expression)
    case .interpolation(let pieces, _):
      pieces.compactMap { if case .value(let expression, _) = $0 { expression } else { nil } }
    }
  }

  /// The same expression with each direct child replaced.
  package func mapChildren(_ transform: (ResolvedExpression) -> ResolvedExpression)
    -> ResolvedExpression
  {
    switch self {
    case .literal, .column, .scalarQuery: self
    case .convert(let a, let type): .convert(transform(a), type)
    case .negate(let a, let operation): .negate(transform(a), operation)
    case .not(let a): .not(transform(a))
    case .isInSet(let a, let set): .isInSet(transform(a), set)
    case .isInQuery(let a, let query): .isInQuery(transform(a), query)
    case .field(let a, let index, let type): .field(transform(a), index: index, type)
    case .arithmetic(let symbol, let a, let b, let operation):
      .arithmetic(symbol, transform(a), transform(b), operation)
    case .compare(let symbol, let a, let b): .compare(symbol, transform(a), transform(b))
    case .isInList(let a, let b): .isInList(transform(a), transform(b))
    case .matches(let a, let b, let operation):
      .matches(transform(a), pattern: transform(b), operation)
    case .element(let a, let b, let type): .element(transform(a), transform(b), type)
    case .and(let all): .and(all.map(transform))
    case .or(let all): .or(all.map(transform))
    case .coalesce(let all, let type): .coalesce(all.map(transform), type)
    case .list(let all, let element): .list(all.map(transform), element: element)
    case .rowFunction(let function, let all, let type, let operation):
      .rowFunction(function, all.map(transform), type, operation)
    case .conditional(let branches, let otherwise, let type):
      .conditional(
        branches.map { Branch(transform($0.condition), transform($0.value)) },
        otherwise: transform(otherwise), type)
    case .call(let call):
      .call(
        ScalarCall(
          function: call.function, overload: call.overload,
          arguments: call.arguments.map(transform),
          lambdas: call.lambdas.mapValues {
            Lambda(parameters: $0.parameters, body: transform($0.body))
          }, type: call.type, range: call.range))
    case .record(let fields):
      .record(fields.map { OutputColumn($0.field, transform($0.expression)) })
    case .interpolation(let pieces, let operation):
      .interpolation(
        pieces.map { piece in
          switch piece {
          case .text: piece
          case .value(let expression, let format): .value(transform(expression), format: format)
          }
        }, operation)
    }
  }

  /// The names of all columns that the expression reads, lambda bodies included.
  package var columnNames: Set<String> {
    var names: Set<String> = []
    collectColumnNames(into: &names)
    return names
  }

  /// Adds the names of the columns that are read.
  package func collectColumnNames(into names: inout Set<String>) {
    if case .column(let name, _) = self { names.insert(name) }
    if case .call(let call) = self {
      for lambda in call.lambdas.values {
        var inner = lambda.body.columnNames
        inner.subtract(lambda.parameters.map(\.name))
        names.formUnion(inner)
      }
    }
    for child in children { child.collectColumnNames(into: &names) }
  }

  /// The expression with columns replaced by what `replacement` gives for their names.
  package func substituting(_ replacement: (String) -> ResolvedExpression?) -> ResolvedExpression {
    if case .column(let name, _) = self, let expression = replacement(name) { return expression }
    return mapChildren { $0.substituting(replacement) }
  }
}
