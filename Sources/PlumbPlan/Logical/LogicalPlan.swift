package import PlumbCharts
package import PlumbColumns
package import PlumbDiagnostics

/// What a pipeline computes, as a tree of relational operations.
///
/// A node is a value that knows its input and its schema. The set is closed: every switch over
/// it names all cases, so that a new operation is missed nowhere.
package indirect enum LogicalPlan: Sendable {
  case scan(Scan)
  case filter(Filter)
  case project(Project)
  case aggregate(Aggregate)
  case sort(Sort)
  case limit(Limit)
  case tail(Tail)
  case sample(Sample)
  case top(Top)
  case distinct(Distinct)
  case join(Join)
  case asof(AsofJoin)
  case window(Window)
  case pivot(Pivot)
  case unpivot(Unpivot)
  case explode(Explode)
  case union(Union)
  case fill(Fill)
  case describe(Describe)
  case drift(Drift)
  case pareto(Pareto)
  case plot(Plot)
}

extension LogicalPlan {
  /// Rows of a table: the named columns, in this order.
  package struct Scan: Sendable {
    package let provider: any TableProvider
    package let columns: [String]
    /// Conditions that the provider may use to load less; a filter above still applies them.
    package let conditions: [ScanCondition]
    package let schema: Schema

    package init(
      provider: any TableProvider, columns: [String], conditions: [ScanCondition] = [],
      schema: Schema
    ) {
      self.provider = provider
      self.columns = columns
      self.conditions = conditions
      self.schema = schema
    }

    /// All columns of a provider.
    package init(allOf provider: any TableProvider) {
      self.init(
        provider: provider, columns: provider.schema.fields.map(\.name), schema: provider.schema)
    }
  }

  /// The rows for which the condition is true.
  package struct Filter: Sendable {
    package let input: LogicalPlan
    package let condition: ResolvedExpression
    package let range: SourceRange?

    package init(input: LogicalPlan, condition: ResolvedExpression, range: SourceRange? = nil) {
      self.input = input
      self.condition = condition
      self.range = range
    }
  }

  /// Just these columns, computed from the input.
  package struct Project: Sendable {
    package let input: LogicalPlan
    package let items: [OutputColumn]
    package let schema: Schema

    package init(input: LogicalPlan, items: [OutputColumn], families: [Schema.Family] = []) {
      self.input = input
      self.items = items
      schema = Schema(items.map(\.field), families: families)
    }
  }

  /// A row per group in order of first appearance: keys, then aggregates. Without keys one row.
  package struct Aggregate: Sendable {
    package let input: LogicalPlan
    package let keys: [OutputColumn]
    package let calls: [AggregateCall]
    package let schema: Schema

    package init(input: LogicalPlan, keys: [OutputColumn], calls: [AggregateCall]) {
      self.input = input
      self.keys = keys
      self.calls = calls
      schema = Schema(keys.map(\.field) + calls.map { Schema.Field($0.name, $0.type) })
    }
  }

  /// Stable order by the keys.
  package struct Sort: Sendable {
    package let input: LogicalPlan
    package let keys: [OrderKey]

    package init(input: LogicalPlan, keys: [OrderKey]) {
      self.input = input
      self.keys = keys
    }
  }

  /// The rows from `skip`, at most `count` of them.
  package struct Limit: Sendable {
    package let input: LogicalPlan
    package let skip: Int
    package let count: Int?

    package init(input: LogicalPlan, skip: Int, count: Int?) {
      self.input = input
      self.skip = skip
      self.count = count
    }
  }

  /// The last rows.
  package struct Tail: Sendable {
    package let input: LogicalPlan
    package let count: Int

    package init(input: LogicalPlan, count: Int) {
      self.input = input
      self.count = count
    }
  }

  /// `count` rows drawn without replacement, in their old order.
  package struct Sample: Sendable {
    package let input: LogicalPlan
    package let count: Int
    /// Equal seeds draw equal rows; absent: drawn anew each time.
    package let seed: Int?

    package init(input: LogicalPlan, count: Int, seed: Int?) {
      self.input = input
      self.count = count
      self.seed = seed
    }
  }

  /// The `count` rows with the greatest key in each group, greatest first, rows with a null or
  /// NaN key left out, equal keys in the order of the rows; groups in order of first appearance
  /// (among the input's rows).
  package struct Top: Sendable {
    package let input: LogicalPlan
    package let count: Int
    /// `isDescending` true: the greatest; false: the least.
    package let key: OrderKey
    package let groups: [ResolvedExpression]
    /// Also keep all rows whose key equals that of the last row kept.
    package let withTies: Bool

    package init(
      input: LogicalPlan, count: Int, key: OrderKey, groups: [ResolvedExpression], withTies: Bool
    ) {
      self.input = input
      self.count = count
      self.key = key
      self.groups = groups
      self.withTies = withTies
    }
  }

  /// The first row of each combination of the keys.
  package struct Distinct: Sendable {
    package let input: LogicalPlan
    package let keys: [ResolvedExpression]

    package init(input: LogicalPlan, keys: [ResolvedExpression]) {
      self.input = input
      self.keys = keys
    }
  }

  /// Rows of two inputs whose keys are equal; null and NaN keys match nothing.
  ///
  /// The output has the left columns, then `rightColumns`. In order of the left rows, then of the
  /// right; unmatched right rows (right and full) come last.
  package struct Join: Sendable {
    package let left: LogicalPlan
    package let right: LogicalPlan
    package let kind: Kind
    package let keys: [KeyPair]
    /// The columns of the right input that are kept, under their names in the output.
    package let rightColumns: [RightColumn]
    /// A second match of a left row is an error (`lookup`).
    package let isUnique: Bool
    package let schema: Schema
    package let range: SourceRange?

    package enum Kind: String, Sendable { case inner, left, right, full, semi, anti }

    package init(
      left: LogicalPlan, right: LogicalPlan, kind: Kind, keys: [KeyPair],
      rightColumns: [RightColumn], isUnique: Bool, schema: Schema, range: SourceRange?
    ) {
      self.left = left
      self.right = right
      self.kind = kind
      self.keys = keys
      self.rightColumns = rightColumns
      self.isUnique = isUnique
      self.schema = schema
      self.range = range
    }
  }

  /// For each left row the nearest right row in time among those with equal `by` keys.
  package struct AsofJoin: Sendable {
    package let left: LogicalPlan
    package let right: LogicalPlan
    /// Any ordered numeric type or timestamp, of one type on both sides.
    package let leftTime: ResolvedExpression
    package let rightTime: ResolvedExpression
    package let keys: [KeyPair]
    package let direction: Direction
    /// The greatest distance, in the time's unit (microseconds for timestamps).
    package let tolerance: Value?
    package let rightColumns: [RightColumn]
    package let schema: Schema

    package enum Direction: String, Sendable { case backward, forward, nearest }

    package init(
      left: LogicalPlan, right: LogicalPlan, leftTime: ResolvedExpression,
      rightTime: ResolvedExpression,
      keys: [KeyPair], direction: Direction, tolerance: Value?, rightColumns: [RightColumn],
      schema: Schema
    ) {
      self.left = left
      self.right = right
      self.leftTime = leftTime
      self.rightTime = rightTime
      self.keys = keys
      self.direction = direction
      self.tolerance = tolerance
      self.rightColumns = rightColumns
      self.schema = schema
    }
  }

  /// The input's columns and a column per call, computed over ordered groups; rows keep their
  /// order.
  package struct Window: Sendable {
    package let input: LogicalPlan
    package let calls: [WindowFunctionCall]
    package let groups: [ResolvedExpression]
    package let sort: [OrderKey]
    package let schema: Schema

    package init(
      input: LogicalPlan, calls: [WindowFunctionCall], groups: [ResolvedExpression],
      sort: [OrderKey],
      schema: Schema
    ) {
      self.input = input
      self.calls = calls
      self.groups = groups
      self.sort = sort
      self.schema = schema
    }
  }

  /// A row per group of `keys` and a column per value of `column`, each an aggregate of its rows.
  package struct Pivot: Sendable {
    package let input: LogicalPlan
    package let call: AggregateCall
    package let column: ResolvedExpression
    /// The values that become columns, in this order, and the columns' names.
    package let values: [(value: Value, name: String)]
    package let keys: [OutputColumn]
    package let schema: Schema

    package init(
      input: LogicalPlan, call: AggregateCall, column: ResolvedExpression,
      values: [(value: Value, name: String)], keys: [OutputColumn]
    ) {
      self.input = input
      self.call = call
      self.column = column
      self.values = values
      self.keys = keys
      schema = Schema(keys.map(\.field) + values.map { Schema.Field($0.name, call.type) })
    }
  }

  /// For each row a row per column of `columns`, with its name and its value; the other columns
  /// are repeated.
  package struct Unpivot: Sendable {
    package let input: LogicalPlan
    package let columns: [String]
    package let keyName: String
    package let valueName: String
    package let valueType: DataType
    package let schema: Schema

    package init(
      input: LogicalPlan, columns: [String], keyName: String, valueName: String,
      valueType: DataType, schema: Schema
    ) {
      self.input = input
      self.columns = columns
      self.keyName = keyName
      self.valueName = valueName
      self.valueType = valueType
      self.schema = schema
    }
  }

  /// For each row a row per element of its list; a null or empty list gives one row with null.
  package struct Explode: Sendable {
    package let input: LogicalPlan
    package let column: String
    package let schema: Schema

    package init(input: LogicalPlan, column: String, schema: Schema) {
      self.input = input
      self.column = column
      self.schema = schema
    }
  }

  /// All rows of the left, then all of the right, by name; both inputs have the output's columns
  /// in its order (the resolver puts projections below).
  package struct Union: Sendable {
    package let left: LogicalPlan
    package let right: LogicalPlan
    package let schema: Schema

    package init(left: LogicalPlan, right: LogicalPlan, schema: Schema) {
      self.left = left
      self.right = right
      self.schema = schema
    }
  }

  /// Adds the missing rows of a time grid: for each group, from its least to its greatest bucket
  /// of `time`, a row for each bucket that has none; other columns are null there. Rows come out
  /// in order of group (first appearance), then time.
  package struct Fill: Sendable {
    package let input: LogicalPlan
    package let timeColumn: String
    package let stepMicroseconds: Int
    package let groups: [String]

    package init(
      input: LogicalPlan, timeColumn: String, stepMicroseconds: Int, groups: [String]
    ) {
      self.input = input
      self.timeColumn = timeColumn
      self.stepMicroseconds = stepMicroseconds
      self.groups = groups
    }
  }

  /// A row per column: `column` `type` `count` `nulls` `distinct` `mean` `stddev` `min` `p25`
  /// `p50` `p75` `max`. min and max are text (the plain form); the others float or int.
  package struct Describe: Sendable {
    package let input: LogicalPlan
    package static let schema = Schema([
      Schema.Field("column", .string), Schema.Field("type", .string),
      Schema.Field("count", .int), Schema.Field("nulls", .int), Schema.Field("distinct", .int),
      Schema.Field("mean", .float), Schema.Field("stddev", .float),
      Schema.Field("min", .string), Schema.Field("p25", .float), Schema.Field("p50", .float),
      Schema.Field("p75", .float), Schema.Field("max", .string),
    ])

    package init(input: LogicalPlan) { self.input = input }
  }

  /// The rows that no other row beats: as good in every objective and better in one. Rows with a
  /// null or NaN objective are left out.
  package struct Pareto: Sendable {
    package let input: LogicalPlan
    /// `isDescending` true for `max`, false for `min`.
    package let objectives: [OrderKey]

    package init(input: LogicalPlan, objectives: [OrderKey]) {
      self.input = input
      self.objectives = objectives
    }
  }

  /// The rows of the input, which are to be shown as a chart where nothing else is done with them.
  package struct Plot: Sendable {
    package let input: LogicalPlan
    package let specification: ChartSpecification
    /// Whether a file has the chart already, so that it is not shown.
    package let isSaved: Bool

    package init(input: LogicalPlan, specification: ChartSpecification, isSaved: Bool) {
      self.input = input
      self.specification = specification
      self.isSaved = isSaved
    }
  }
}
