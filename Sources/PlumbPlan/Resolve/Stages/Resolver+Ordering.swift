import PlumbColumns
import PlumbDiagnostics
import PlumbSyntax

extension Resolver {
  mutating func orderKeys(
    _ syntax: [PlumbSyntax.SortKey], in scope: Scope
  ) throws(ResolveStop) -> [OrderKey] {
    var keys: [OrderKey] = []
    var failed = false
    for key in syntax {
      do throws(ResolveStop) {
        try checkNegation(key.value, in: scope)
        for expression in try columnExpressions(key.value, in: scope) {
          guard expression.type.isOrdered else {
            throw failure(
              .badOperand, "values of type \(expression.type) have no order", at: key.range)
          }
          keys.append(OrderKey(expression, isDescending: key.isDescending))
        }
      } catch {
        guard case .reported = error else { throw error }
        failed = true
      }
    }
    if failed { throw .reported }
    return keys
  }

  /// `sort (-name)`: in parentheses the `-` is arithmetic, which not all types have.
  private mutating func checkNegation(
    _ key: Expression, in scope: Scope
  ) throws(ResolveStop) {
    guard case .parenthesized(let node) = key, case .unary(let unary) = node.expression,
      unary.operation == .negate
    else { return }
    let type = try scalar(unary.operand, in: scope, rows).type
    guard !type.isNumeric, type != .duration, type != .null else { return }
    throw failure(
      .badOperand, "within parentheses `-` is arithmetic, which \(type) does not have",
      at: unary.range, help: "for the descending order write `-\(unary.operand.range.text)` alone")
  }

  mutating func resolveSort(
    _ node: SortStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    let keys = try orderKeys(node.keys, in: scope)
    return .sort(LogicalPlan.Sort(input: input, keys: keys))
  }

  mutating func resolveSample(
    _ node: SampleStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    let count = try count(node.count, in: scope)
    var seed: Int?
    if let option = try option("seed", node.options, in: scope) {
      guard case .int(let value) = option.value else {
        throw failure(.typeMismatch, "a seed is an int", at: option.range)
      }
      seed = value
    }
    return .sample(LogicalPlan.Sample(input: input, count: count, seed: seed))
  }

  mutating func resolveTop(
    _ node: TopStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    let count = try count(node.count, in: scope)
    let keys = try orderKeys([node.key], in: scope)
    guard keys.count == 1 else {
      throw failure(.typeMismatch, "`top` goes by one value", at: node.key.range)
    }
    var groups: [ResolvedExpression] = []
    for item in node.per { groups += try columnExpressions(item.value, in: scope) }
    return .top(
      LogicalPlan.Top(
        input: input, count: count,
        key: OrderKey(keys[0].expression, isDescending: !keys[0].isDescending), groups: groups,
        withTies: node.withTies))
  }

  mutating func resolveDistinct(
    _ node: DistinctStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    let fields =
      node.columns.isEmpty ? input.schema.visibleFields : try fields(node.columns, in: scope)
    return .distinct(
      LogicalPlan.Distinct(input: input, keys: fields.map { .column($0.name, $0.type) }))
  }

  mutating func resolvePareto(
    _ node: ParetoStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    var objectives: [OrderKey] = []
    for objective in node.objectives {
      let expression = try scalar(objective.value, in: scope, rows)
      guard expression.type.isOrdered else {
        throw failure(
          .badOperand, "values of type \(expression.type) have no order", at: objective.range)
      }
      objectives.append(OrderKey(expression, isDescending: objective.isMaximized))
    }
    return .pareto(LogicalPlan.Pareto(input: input, objectives: objectives))
  }

  mutating func resolveWindow(
    _ node: WindowStage, in scope: Scope
  ) throws(ResolveStop) -> LogicalPlan {
    var groups: [ResolvedExpression] = []
    for key in node.keys { groups += try columnExpressions(key.value, in: scope) }
    let order = try orderKeys(node.order, in: scope)
    if let bounds = node.rows { frame = try rowBounds(bounds, in: scope) }
    var context = rows
    context.place = .window
    var items: [OutputColumn] = []
    var failed = false
    for item in node.items {
      do throws(ResolveStop) {
        let expression = try scalar(item.value, in: scope, context)
        let column = OutputColumn(try aggregateName(item), expression)
        try checkNew(column.name, among: items, range: item.range)
        items.append(column)
      } catch {
        guard case .reported = error else { throw error }
        failed = true
      }
    }
    if failed { throw .reported }
    let schema = Schema(
      input.schema.fields + windowCalls.map { Schema.Field($0.name, $0.type) },
      families: input.schema.families)
    let window = LogicalPlan.window(
      LogicalPlan.Window(
        input: input, calls: windowCalls, groups: groups, sort: order, schema: schema))
    let calls = Set(windowCalls.map(\.name))
    guard case .project(let project) = projecting(items, over: window) else { return window }
    return .project(
      LogicalPlan.Project(
        input: window, items: project.items.filter { !calls.contains($0.name) },
        families: schema.families))
  }

  private mutating func rowBounds(
    _ rows: WindowStage.Rows, in scope: Scope
  ) throws(ResolveStop) -> RowBounds {
    var lower: Int?
    if let syntax = rows.lower { lower = try offset(syntax, in: scope) }
    let upper = try offset(rows.upper, in: scope)
    if let lower, lower > upper {
      throw failure(
        .invalidArgument, "the frame ends before it begins", at: rows.range,
        help: "such as `rows -9..0` for the trailing ten")
    }
    return RowBounds(lower: lower, upper: upper)
  }

  private mutating func offset(
    _ syntax: Expression, in scope: Scope
  ) throws(ResolveStop) -> Int {
    guard case .int(let value) = try constant(syntax, in: scope) else {
      throw failure(.typeMismatch, "an offset in rows is an int", at: syntax.range)
    }
    return value
  }
}
