import PlumbColumns
import PlumbExecution
import PlumbFunctions
import PlumbPlan

/// A table that takes the conditions on one column, and remembers what it was asked.
final class SampleTable: TableProvider {
  let name: String
  let table: Table
  let usableColumn: String

  init(_ name: String, _ table: Table, usableColumn: String = "key") {
    self.name = name
    self.table = table
    self.usableColumn = usableColumn
  }

  var summary: String { "" }
  var schema: Schema { table.schema }
  var knownRowCount: Int? { table.rowCount }

  func usableConditions(_ conditions: [ScanCondition]) -> [ScanCondition] {
    conditions.filter { $0.column == usableColumn }
  }

  func scan(_ request: ScanRequest, control: RunControl) throws(ImportError) -> Table {
    table.selecting(request.columns)
  }
}

/// The rows of one value per column.
func rows(_ fields: [Schema.Field], _ rows: [[Value]]) -> Table {
  Table(
    schema: Schema(fields),
    columns: fields.indices.map { column in
      Column(rows.map { $0[column] }, type: fields[column].type)
    }, rowCount: rows.count)
}

/// A few metrics: `id` `key` `value` `step` `done` `steps`.
let metrics: LogicalPlan = {
  let fields = [
    Schema.Field("id", .int), Schema.Field("key", .string), Schema.Field("value", .float),
    Schema.Field("step", .int), Schema.Field("done", .bool), Schema.Field("steps", .list(.int)),
  ]
  let keys: [Value] = [.string("loss"), .string("auc"), .null]
  let table = rows(
    fields,
    (0..<24).map { (row: Int) -> [Value] in
      let value: Value = row % 11 == 0 ? .float(.nan) : .float(Double(row % 9) / 4)
      let steps: [Value] = (0..<(row % 3)).map { .int($0) }
      let cells: [Value] = [
        .int(row % 5), keys[row % 3], row % 7 == 0 ? .null : value, .int(row * 7 % 13),
        row % 4 == 0 ? .null : .bool(row % 2 == 0), .list(steps, element: .int),
      ]
      return cells
    })
  return scan(SampleTable("metrics", table))
}()

/// A few runs: `id` `name` `score`.
let runs: LogicalPlan = {
  let fields = [
    Schema.Field("id", .int), Schema.Field("name", .string), Schema.Field("score", .float),
  ]
  let table = rows(
    fields,
    [
      [.int(1), .string("a"), .float(0.5)], [.int(2), .string("b"), .null],
      [.int(2), .null, .float(.nan)], [.null, .string("d"), .float(-0.0)],
      [.int(9), .string("e"), .float(0)],
    ])
  return scan(SampleTable("runs", table, usableColumn: "id"))
}()

func scan(_ provider: any TableProvider) -> LogicalPlan {
  .scan(
    LogicalPlan.Scan(
      provider: provider, columns: provider.schema.fields.map(\.name), schema: provider.schema))
}

let environment = Environment(nowMicroseconds: 0, control: RunControl())

func executor() -> Executor { Executor(control: RunControl(), environment: environment) }

/// An optimizer with all rules, or with some.
func optimizer(_ rules: [OptimizerRule] = Optimizer.rules) -> Optimizer {
  Optimizer(rules: rules) { try? executor().evaluate($0) }
}

/// Just the rules of these names.
func rules(_ names: String...) -> [OptimizerRule] {
  Optimizer.rules.filter { names.contains($0.name) }
}

// MARK: Expressions

func column(_ name: String, _ type: DataType) -> ResolvedExpression { .column(name, type) }
func literal(_ value: Value) -> ResolvedExpression { .literal(value, value.type) }
func literal(_ value: Int) -> ResolvedExpression { .literal(.int(value), .int) }
func literal(_ value: Double) -> ResolvedExpression { .literal(.float(value), .float) }
func literal(_ value: String) -> ResolvedExpression { .literal(.string(value), .string) }
func literal(_ value: Bool) -> ResolvedExpression { .literal(.bool(value), .bool) }

let id = column("id", .int)
let key = column("key", .string)
let value = column("value", .float)
let step = column("step", .int)
let done = column("done", .bool)
let isLoss = ResolvedExpression.compare(.equal, key, literal("loss"))
let isHigh = ResolvedExpression.compare(.greater, value, literal(0.5))
/// Fails on overflow, and so for some row perhaps.
let nextStep = sum(step, literal(1))
let isNextStepLow = ResolvedExpression.compare(.less, nextStep, literal(9))

func sum(_ a: ResolvedExpression, _ b: ResolvedExpression) -> ResolvedExpression {
  .arithmetic(.add, a, b, Operation(a.type))
}

func product(_ a: ResolvedExpression, _ b: ResolvedExpression) -> ResolvedExpression {
  .arithmetic(.multiply, a, b, Operation(a.type))
}

func call(_ name: String, _ arguments: ResolvedExpression..., type: DataType) -> ResolvedExpression
{
  let function = FunctionCatalog.builtin.scalars[name]!
  let overload =
    function.overloads.first { $0.parameters.count == arguments.count } ?? function.overloads[0]
  return .call(
    ScalarCall(function: function, overload: overload, arguments: arguments, type: type))
}

func aggregate(
  _ name: String, _ function: String, _ arguments: ResolvedExpression..., type: DataType,
  where condition: ResolvedExpression? = nil
) -> AggregateCall {
  let function = FunctionCatalog.builtin.aggregates[function]!
  let overload =
    function.overloads.first { overload in
      overload.parameters.count == arguments.count
        && zip(overload.parameters, arguments).allSatisfy { accepts($0.pattern, $1.type) }
    } ?? function.overloads[0]
  return AggregateCall(
    name: name, function: function, overload: overload, arguments: arguments,
    condition: condition, type: type)
}

private func accepts(_ pattern: TypePattern, _ type: DataType) -> Bool {
  switch pattern {
  case .exactly(let exact): exact == type
  case .number: type.isNumeric
  case .quantity: type.isNumeric || type == .duration
  default: true
  }
}

// MARK: Stages

extension LogicalPlan {
  func filter(_ condition: ResolvedExpression) -> LogicalPlan {
    .filter(Filter(input: self, condition: condition))
  }

  func project(_ items: OutputColumn...) -> LogicalPlan {
    .project(Project(input: self, items: items))
  }

  /// All columns and more.
  func derive(_ items: OutputColumn...) -> LogicalPlan {
    let names = Set(items.map(\.name))
    let kept = schema.fields.filter { !names.contains($0.name) }
    return .project(
      Project(input: self, items: kept.map { OutputColumn($0, .column($0.name, $0.type)) } + items))
  }

  func summarize(_ calls: AggregateCall..., by keys: [OutputColumn] = []) -> LogicalPlan {
    .aggregate(Aggregate(input: self, keys: keys, calls: calls))
  }

  func sort(_ keys: ResolvedExpression..., isDescending: Bool = false) -> LogicalPlan {
    .sort(Sort(input: self, keys: keys.map { OrderKey($0, isDescending: isDescending) }))
  }

  func limit(_ count: Int?, skip: Int = 0) -> LogicalPlan {
    .limit(Limit(input: self, skip: skip, count: count))
  }

  func distinct(_ keys: ResolvedExpression...) -> LogicalPlan {
    .distinct(Distinct(input: self, keys: keys))
  }

  /// A join on `id`; the right columns but the key get `right_`.
  func join(_ right: LogicalPlan, _ kind: Join.Kind, isUnique: Bool = false) -> LogicalPlan {
    let isFiltering = kind == .semi || kind == .anti
    let rightFields = isFiltering ? [] : right.schema.fields.filter { $0.name != "id" }
    return .join(
      Join(
        left: self, right: right, kind: kind,
        keys: [KeyPair(left: PlumbPlanTests.id, right: PlumbPlanTests.id)],
        rightColumns: rightFields.map {
          RightColumn(name: $0.name, outputName: "right_\($0.name)")
        }, isUnique: isUnique,
        schema: Schema(
          schema.fields + rightFields.map { Schema.Field("right_\($0.name)", $0.type) }),
        range: nil))
  }

  func union(_ right: LogicalPlan) -> LogicalPlan {
    .union(Union(left: self, right: right, schema: schema))
  }

  func rank(by groups: ResolvedExpression..., sort: ResolvedExpression) -> LogicalPlan {
    let function = FunctionCatalog.builtin.windows["rank"]!
    let call = WindowFunctionCall(
      name: "rank",
      kind: .function(function, function.overloads[0], arguments: [], type: .int, range: nil))
    return .window(
      Window(
        input: self, calls: [call], groups: groups,
        sort: [OrderKey(sort, isDescending: false)],
        schema: Schema(schema.fields + [Schema.Field("rank", .int)])))
  }

  func explode(_ name: String) -> LogicalPlan {
    let fields = schema.fields.map { field in
      if field.name == name, case .list(let element) = field.type {
        return Schema.Field(name, element)
      }
      return field
    }
    return .explode(Explode(input: self, column: name, schema: Schema(fields)))
  }

  func unpivot(_ columns: String...) -> LogicalPlan {
    let kept = schema.fields.filter { !columns.contains($0.name) }
    let type = schema[columns[0]]?.type ?? .float
    return .unpivot(
      Unpivot(
        input: self, columns: columns, keyName: "column", valueName: "cell", valueType: type,
        schema: Schema(
          kept + [Schema.Field("column", .string), Schema.Field("cell", type)])))
  }
}

/// The plan's text without the rules' line.
func text(_ plan: LogicalPlan) -> String { explainText(plan, fired: []) }
