import PlumbColumns
import PlumbDiagnostics

extension Resolver {
  /// A column whose type was inferred from text, as the text it was stored as; other
  /// expressions unchanged.
  mutating func asStoredText(_ expression: ResolvedExpression) -> ResolvedExpression {
    guard case .column(let name, let type) = expression, type != .string,
      let field = plan?.schema[name], field.isInferred
    else { return expression }
    let textName = field.storedTextName
    if plan?.schema[textName] != nil { return .column(textName, .string) }
    if let plan, let exposed = exposing(textName, of: name, in: plan) {
      self.plan = exposed
      return .column(textName, .string)
    }
    return writtenText(of: expression)
  }

  /// The text of a value where the stored one is no longer at hand; null stays null.
  private func writtenText(of expression: ResolvedExpression) -> ResolvedExpression {
    .conditional(
      [
        ResolvedExpression.Branch(
          .compare(.equal, expression, .literal(.null, expression.type)), .literal(.null, .string))
      ],
      otherwise: .interpolation([.value(expression, format: "")], Operation(.string)), .string)
  }

  /// The plan with a stored text as one more column, if its source can give it.
  private func exposing(
    _ textName: String, of name: String, in plan: LogicalPlan
  ) -> LogicalPlan? {
    switch plan {
    case .scan(let node):
      guard !(node.provider is MemoryTable) else { return nil }
      return .scan(
        LogicalPlan.Scan(
          provider: node.provider, columns: node.columns + [textName],
          conditions: node.conditions,
          schema: Schema(
            node.schema.fields + [Schema.Field(textName, .string)],
            families: node.schema.families)))
    case .filter(let node):
      return exposing(textName, of: name, in: node.input).map {
        .filter(LogicalPlan.Filter(input: $0, condition: node.condition, range: node.range))
      }
    case .sort(let node):
      return exposing(textName, of: name, in: node.input).map {
        .sort(LogicalPlan.Sort(input: $0, keys: node.keys))
      }
    case .limit(let node):
      return exposing(textName, of: name, in: node.input).map {
        .limit(LogicalPlan.Limit(input: $0, skip: node.skip, count: node.count))
      }
    case .tail(let node):
      return exposing(textName, of: name, in: node.input).map {
        .tail(LogicalPlan.Tail(input: $0, count: node.count))
      }
    case .sample(let node):
      return exposing(textName, of: name, in: node.input).map {
        .sample(LogicalPlan.Sample(input: $0, count: node.count, seed: node.seed))
      }
    case .top(let node):
      return exposing(textName, of: name, in: node.input).map {
        .top(
          LogicalPlan.Top(
            input: $0, count: node.count, key: node.key, groups: node.groups,
            withTies: node.withTies))
      }
    case .project(let node):
      guard let item = node.items.first(where: { $0.name == name }),
        let source = item.expression.columnName, let field = node.input.schema[source],
        let input = node.input.schema[field.storedTextName] != nil
          ? node.input : exposing(field.storedTextName, of: source, in: node.input)
      else { return nil }
      let text = OutputColumn(
        Schema.Field(textName, .string), .column(field.storedTextName, .string))
      return .project(
        LogicalPlan.Project(
          input: input, items: node.items + [text], families: node.schema.families))
    case .aggregate, .distinct, .join, .asof, .window, .pivot, .unpivot, .explode, .union, .fill,
      .describe, .pareto, .plot:
      return nil
    }
  }
}
