import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions

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

  /// The plan's visible columns and the stored texts of all that have one, so that rows that are
  /// held in memory keep them.
  package func visibleWithStoredTexts(_ plan: LogicalPlan) -> LogicalPlan {
    let plan = visible(plan)
    return plan.schema.fields.reduce(plan) { plan, field in
      guard field.isInferred, field.type != .string, plan.schema[field.storedTextName] == nil
      else { return plan }
      return exposing(field.storedTextName, of: field.name, in: plan) ?? plan
    }
  }

  /// The plan with a stored text as one more column, if its source can give it.
  private func exposing(
    _ textName: String, of name: String, in plan: LogicalPlan
  ) -> LogicalPlan? {
    if plan.schema[textName] != nil { return plan }
    let text = Schema.Field(textName, .string)
    func input(_ plan: LogicalPlan) -> LogicalPlan? { exposing(textName, of: name, in: plan) }
    switch plan {
    case .scan(let node):
      if let held = node.provider as? MemoryTable, held.storedTexts[textName] == nil {
        return nil
      }
      return .scan(
        LogicalPlan.Scan(
          provider: node.provider, columns: node.columns + [textName],
          conditions: node.conditions, schema: node.schema.appending(text)))
    case .filter(let node):
      return input(node.input).map {
        .filter(LogicalPlan.Filter(input: $0, condition: node.condition, range: node.range))
      }
    case .sort(let node):
      return input(node.input).map { .sort(LogicalPlan.Sort(input: $0, keys: node.keys)) }
    case .limit(let node):
      return input(node.input).map {
        .limit(LogicalPlan.Limit(input: $0, skip: node.skip, count: node.count))
      }
    case .tail(let node):
      return input(node.input).map { .tail(LogicalPlan.Tail(input: $0, count: node.count)) }
    case .sample(let node):
      return input(node.input).map {
        .sample(LogicalPlan.Sample(input: $0, count: node.count, seed: node.seed))
      }
    case .top(let node):
      return input(node.input).map {
        .top(
          LogicalPlan.Top(
            input: $0, count: node.count, key: node.key, groups: node.groups,
            withTies: node.withTies))
      }
    case .pareto(let node):
      return input(node.input).map {
        .pareto(LogicalPlan.Pareto(input: $0, objectives: node.objectives))
      }
    case .project(let node): return exposing(text, of: name, in: node)
    case .join(let node): return exposing(text, of: name, in: node)
    case .asof(let node):
      guard
        let (left, right) = exposing(
          text, of: name, left: node.left, right: node.right, node.rightColumns)
      else { return nil }
      return .asof(
        LogicalPlan.AsofJoin(
          left: left, right: right.plan, leftTime: node.leftTime, rightTime: node.rightTime,
          keys: node.keys, direction: node.direction, tolerance: node.tolerance,
          rightColumns: right.columns,
          schema: node.schema.inserting(text, at: node.schema.count - node.rightColumns.count)))
    case .window(let node):
      guard node.input.schema[name] != nil, let exposed = input(node.input) else { return nil }
      return .window(
        LogicalPlan.Window(
          input: exposed, calls: node.calls, groups: node.groups, sort: node.sort,
          schema: node.schema.inserting(text, at: node.schema.count - node.calls.count)))
    case .explode(let node):
      return input(node.input).map {
        .explode(
          LogicalPlan.Explode(
            input: $0, column: node.column, schema: node.schema.appending(text)))
      }
    case .fill(let node):
      // A key of the groups has a value in rows that are added, and no text.
      guard !node.groups.contains(name) else { return nil }
      return input(node.input).map {
        .fill(
          LogicalPlan.Fill(
            input: $0, timeColumn: node.timeColumn, stepMicroseconds: node.stepMicroseconds,
            groups: node.groups))
      }
    case .union(let node):
      return .union(
        LogicalPlan.Union(
          left: withText(text, of: name, node.left), right: withText(text, of: name, node.right),
          schema: node.schema.appending(text)))
    case .distinct(let node):
      return input(node.input).map {
        .distinct(LogicalPlan.Distinct(input: $0, keys: node.keys))
      }
    case .unpivot(let node):
      guard !node.columns.contains(name), name != node.keyName, name != node.valueName
      else { return nil }
      return input(node.input).map {
        .unpivot(
          LogicalPlan.Unpivot(
            input: $0, columns: node.columns, keyName: node.keyName, valueName: node.valueName,
            valueType: node.valueType, schema: node.schema.appending(text)))
      }
    case .aggregate(let node): return exposing(text, of: name, in: node)
    case .pivot, .describe, .drift, .plot: return nil
    }
  }

  private func exposing(
    _ text: Schema.Field, of name: String, in node: LogicalPlan.Project
  ) -> LogicalPlan? {
    guard let item = node.items.first(where: { $0.name == name }) else { return nil }
    let value: ResolvedExpression
    var input = node.input
    if let source = item.expression.plainColumnName, let field = input.schema[source] {
      guard let exposed = exposing(field.storedTextName, of: source, in: input) else { return nil }
      input = exposed
      value = .column(field.storedTextName, .string)
    } else if case .literal(.null, _) = item.expression {
      value = .literal(.null, .string)
    } else {
      return nil
    }
    return .project(
      LogicalPlan.Project(
        input: input, items: node.items + [OutputColumn(text, value)],
        families: node.schema.families))
  }

  /// The text of a key: that of its rows where they have the same one, else that of the value, as
  /// equal values may be written in several ways.
  private func exposing(
    _ text: Schema.Field, of name: String, in node: LogicalPlan.Aggregate
  ) -> LogicalPlan? {
    guard let key = node.keys.first(where: { $0.name == name }),
      let source = key.expression.plainColumnName,
      let stored = node.input.schema[source]?.storedTextName,
      let input = exposing(stored, of: source, in: node.input),
      let least = textCall("min", of: stored, as: text.name + "\u{0}least"),
      let greatest = textCall("max", of: stored, as: text.name + "\u{0}greatest")
    else { return nil }
    let grouped = LogicalPlan.aggregate(
      LogicalPlan.Aggregate(
        input: input, keys: node.keys, calls: node.calls + [least, greatest]))
    let (first, last) = (
      ResolvedExpression.column(least.name, .string),
      ResolvedExpression.column(greatest.name, .string)
    )
    let value = ResolvedExpression.conditional(
      [ResolvedExpression.Branch(.compare(.equal, first, last), first)],
      otherwise: writtenText(of: .column(name, key.expression.type)), .string)
    return .project(
      LogicalPlan.Project(
        input: grouped,
        items: node.schema.fields.map { passed($0) } + [OutputColumn(text, value)],
        families: node.schema.families))
  }

  private func textCall(
    _ function: String, of column: String, as name: String
  ) -> AggregateCall? {
    guard let function = functions.aggregates[function],
      let overload = function.overloads.first(where: { $0.parameters.count == 1 })
    else { return nil }
    return AggregateCall(
      name: name, function: function, overload: overload, arguments: [.column(column, .string)],
      condition: nil, type: .string)
  }

  private func exposing(
    _ text: Schema.Field, of name: String, in node: LogicalPlan.Join
  ) -> LogicalPlan? {
    // A key may have its value from the right side in rows that only that side has.
    if node.kind == .right || node.kind == .full,
      node.keys.contains(where: { $0.left.columnName == name })
    {
      return nil
    }
    guard
      let (left, right) = exposing(
        text, of: name, left: node.left, right: node.right, node.rightColumns)
    else { return nil }
    let schema =
      right.columns.count > node.rightColumns.count
      ? node.schema.appending(text)
      : node.schema.inserting(text, at: node.schema.count - node.rightColumns.count)
    return .join(
      LogicalPlan.Join(
        left: left, right: right.plan, kind: node.kind, keys: node.keys,
        rightColumns: right.columns, isUnique: node.isUnique, schema: schema, range: node.range))
  }

  /// Both sides of a join, one of them with the text of the column that the output calls `name`.
  private func exposing(
    _ text: Schema.Field, of name: String, left: LogicalPlan, right: LogicalPlan,
    _ columns: [RightColumn]
  ) -> (left: LogicalPlan, right: (plan: LogicalPlan, columns: [RightColumn]))? {
    if let column = columns.first(where: { $0.outputName == name }) {
      guard let field = right.schema[column.name],
        let exposed = exposing(field.storedTextName, of: column.name, in: right)
      else { return nil }
      let textColumn = RightColumn(name: field.storedTextName, outputName: text.name)
      return (left, (exposed, columns + [textColumn]))
    }
    return exposing(text.name, of: name, in: left).map { ($0, (right, columns)) }
  }

  /// One side of a union with the text of a column: the stored one, or that of the value.
  private func withText(
    _ text: Schema.Field, of name: String, _ side: LogicalPlan
  ) -> LogicalPlan {
    if let exposed = exposing(text.name, of: name, in: side) { return exposed }
    guard let field = side.schema[name] else { return side }
    let written =
      field.type == .string
      ? .column(name, .string) : writtenText(of: .column(name, field.type))
    return .project(
      LogicalPlan.Project(
        input: side, items: side.schema.fields.map { passed($0) } + [OutputColumn(text, written)],
        families: side.schema.families))
  }
}

extension Schema {
  fileprivate func appending(_ field: Field) -> Schema { inserting(field, at: count) }

  fileprivate func inserting(_ field: Field, at index: Int) -> Schema {
    var fields = fields
    fields.insert(field, at: index)
    return Schema(fields, families: families)
  }
}
