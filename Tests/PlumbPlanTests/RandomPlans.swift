import PlumbColumns
import PlumbColumnsTesting
import PlumbPlan

/// Plans that a seed brings back: a few stages over the sample tables, with conditions of which
/// some fail, some are constant and some are null.
struct PlanGenerator {
  private var random: SeededGenerator
  private var nameCount = 0

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func plan(stages: Int) -> LogicalPlan {
    var plan = random.once(in: 4) ? runs : metrics
    for _ in 0..<stages { plan = stage(plan) }
    return plan
  }

  private mutating func stage(_ plan: LogicalPlan) -> LogicalPlan {
    switch Int.random(in: 0..<26, using: &random) {
    case 0...5: return plan.filter(condition(plan.schema, depth: 2))
    case 6, 7: return plan.derive(computed(plan.schema), computed(plan.schema))
    case 8, 9: return selection(plan)
    case 10: return plan.sort(anyColumn(plan.schema), isDescending: random.once(in: 2))
    case 11: return plan.sort(number(.int, plan.schema, depth: 1), anyColumn(plan.schema))
    case 12: return plan.limit(count(), skip: random.once(in: 2) ? 0 : count())
    case 13: return plan.distinct(anyColumn(plan.schema), anyColumn(plan.schema))
    case 14: return summary(plan)
    case 15: return join(plan)
    case 16: return plan.union(plan.filter(condition(plan.schema, depth: 1)))
    case 17: return window(plan)
    case 18: return exploded(plan)
    case 19:
      let groups = random.once(in: 2) ? [] : [anyColumn(plan.schema)]
      return .top(
        LogicalPlan.Top(
          input: plan, count: 2,
          key: OrderKey(number(.float, plan.schema, depth: 1), isDescending: true),
          groups: groups, withTies: random.once(in: 2)))
    case 21...24: return filteredJoin(plan)
    case 20: return .tail(LogicalPlan.Tail(input: plan, count: count()))
    default: return .sample(LogicalPlan.Sample(input: plan, count: 6, seed: 7))
    }
  }

  private mutating func count() -> Int { Int.random(in: 0...12, using: &random) }

  private mutating func name() -> String {
    nameCount += 1
    return "c\(nameCount)"
  }

  // MARK: Stages

  private mutating func computed(_ schema: Schema) -> OutputColumn {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: OutputColumn(name(), number(.int, schema, depth: 2))
    case 1: OutputColumn(name(), number(.float, schema, depth: 2))
    case 2: OutputColumn(name(), condition(schema, depth: 1))
    default: OutputColumn(name(), anyColumn(schema))
    }
  }

  private mutating func selection(_ plan: LogicalPlan) -> LogicalPlan {
    var items: [OutputColumn] = []
    for field in plan.schema.fields.shuffled(using: &random) where !random.once(in: 3) {
      items.append(OutputColumn(field, .column(field.name, field.type)))
    }
    if items.isEmpty || random.once(in: 2) { items.append(computed(plan.schema)) }
    return .project(LogicalPlan.Project(input: plan, items: items))
  }

  private mutating func summary(_ plan: LogicalPlan) -> LogicalPlan {
    let schema = plan.schema
    var calls = [aggregate(name(), "count", type: .int)]
    calls.append(aggregate(name(), "sum", number(.int, schema, depth: 1), type: .int))
    calls.append(aggregate(name(), "max", number(.float, schema, depth: 1), type: .float))
    var keys: [OutputColumn] = []
    if !random.once(in: 4) { keys.append(OutputColumn(name(), anyColumn(schema))) }
    if random.once(in: 4) { keys.append(computed(schema)) }
    return .aggregate(LogicalPlan.Aggregate(input: plan, keys: keys, calls: calls))
  }

  private mutating func join(_ plan: LogicalPlan) -> LogicalPlan {
    let ids = plan.schema.fields.filter { $0.type == .int }
    guard let left = ids.randomElement(using: &random) else { return plan }
    let kinds: [LogicalPlan.Join.Kind] = [.inner, .left, .right, .full, .semi, .anti]
    let kind = kinds[Int.random(in: 0..<kinds.count, using: &random)]
    let right = random.once(in: 2) ? runs : runs.filter(condition(runs.schema, depth: 1))
    let columns =
      kind == .semi || kind == .anti
      ? [] : right.schema.fields.map { RightColumn(name: $0.name, outputName: name()) }
    let added = zip(columns, right.schema.fields).map {
      Schema.Field($0.outputName, $1.type)
    }
    return .join(
      LogicalPlan.Join(
        left: plan, right: right, kind: kind,
        keys: [KeyPair(left: .column(left.name, .int), right: id)], rightColumns: columns,
        isUnique: kind == .left && random.once(in: 3),
        schema: Schema(plan.schema.fields + added), range: nil))
  }

  /// A join and a condition on one column of it, which may be moved below.
  private mutating func filteredJoin(_ plan: LogicalPlan) -> LogicalPlan {
    let joined = join(plan)
    let fields = joined.schema.fields.filter { $0.type != .list(.int) }
    guard let field = fields.randomElement(using: &random) else { return joined }
    return joined.filter(condition(Schema([field]), depth: 1))
  }

  private mutating func window(_ plan: LogicalPlan) -> LogicalPlan {
    if plan.schema.index(of: "rank") != nil { return plan }
    return plan.rank(by: anyColumn(plan.schema), sort: anyColumn(plan.schema))
  }

  private mutating func exploded(_ plan: LogicalPlan) -> LogicalPlan {
    let lists = plan.schema.fields.filter { $0.type == .list(.int) }
    return lists.randomElement(using: &random).map { plan.explode($0.name) } ?? plan
  }

  // MARK: Expressions

  private mutating func anyColumn(_ schema: Schema) -> ResolvedExpression {
    let fields = schema.fields.filter { $0.type != .list(.int) }
    guard let field = fields.randomElement(using: &random) else { return literal(1) }
    return .column(field.name, field.type)
  }

  private mutating func column(_ type: DataType, _ schema: Schema) -> ResolvedExpression? {
    schema.fields.filter { $0.type == type }.randomElement(using: &random).map {
      .column($0.name, type)
    }
  }

  private mutating func number(
    _ type: DataType, _ schema: Schema, depth: Int
  ) -> ResolvedExpression {
    if depth > 0, random.once(in: 2) {
      let symbols: [ArithmeticOperator] = [.add, .subtract, .multiply, .floorDivide, .remainder]
      return .arithmetic(
        symbols[Int.random(in: 0..<symbols.count, using: &random)],
        number(type, schema, depth: depth - 1), number(type, schema, depth: depth - 1),
        Operation(type))
    }
    if depth > 0, random.once(in: 4) {
      return .conditional(
        [
          ResolvedExpression.Branch(
            condition(schema, depth: depth - 1), number(type, schema, depth: depth - 1))
        ], otherwise: number(type, schema, depth: depth - 1), type)
    }
    if let found = column(type, schema), !random.once(in: 4) { return found }
    if type == .int {
      return random.once(in: 9) ? literal(Int.max) : literal(Int.random(in: -2...9, using: &random))
    }
    return literal(Double(Int.random(in: -2...9, using: &random)) / 2)
  }

  private mutating func condition(_ schema: Schema, depth: Int) -> ResolvedExpression {
    if depth > 0 {
      switch Int.random(in: 0..<8, using: &random) {
      case 0, 1:
        return .and([condition(schema, depth: depth - 1), condition(schema, depth: depth - 1)])
      case 2:
        return .or([condition(schema, depth: depth - 1), condition(schema, depth: depth - 1)])
      case 3: return .not(condition(schema, depth: depth - 1))
      case 4:
        return .coalesce([condition(schema, depth: depth - 1), literal(random.once(in: 2))], .bool)
      default: break
      }
    }
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return literal(random.once(in: 2))
    case 1: return .literal(.null, .bool)
    case 2: return column(.bool, schema) ?? literal(true)
    case 3, 4:
      guard let text = column(.string, schema) else { return literal(true) }
      if random.once(in: 3) { return .isInSet(text, ValueSet([.string("loss"), .null])) }
      return .compare(random.once(in: 2) ? .equal : .less, text, literal("loss"))
    default:
      let type: DataType = random.once(in: 2) ? .int : .float
      let symbols = ComparisonOperator.allCases
      return .compare(
        symbols[Int.random(in: 0..<symbols.count, using: &random)],
        number(type, schema, depth: depth), number(type, schema, depth: depth))
    }
  }
}
