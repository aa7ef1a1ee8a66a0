import PlumbColumns
import PlumbPlan

extension Executor {
  /// The rows with the greatest (or least) key, of all or of each group: one pass that keeps few
  /// candidates, on all threads.
  func top(_ node: LogicalPlan.Top, _ demand: Demand) throws(ExecutionError) -> Table {
    var pipeline = try pipeline(node.input, demand.adding([node.key.expression] + node.groups))
    let schema = demand.wanted(of: pipeline.schema)
    let kept = schema.fields.compactMap { pipeline.schema.index(of: $0.name) }
    var key = node.key
    if !OrderWords.isStreamed(key.expression.type) {
      (pipeline, key) = try ranked(pipeline, key)
    }
    let work = TopWork(
      count: max(0, node.count), withTies: node.withTies,
      key: try evaluators([key.expression], schema: pipeline.schema)[0],
      order: OrderWords(isDescending: key.isDescending),
      groups: try evaluators(node.groups, schema: pipeline.schema), kept: kept, schema: schema,
      expectedRows: pipeline.sourceRowCount)
    let sinks = try run(pipeline) { TopSink(work) }
    for later in sinks.dropFirst() {
      try attempt(control.check)
      sinks[0].merge(later)
    }
    let result = sinks[0].finish()
    return Table(schema: schema, columns: result.columns, rowCount: result.count)
  }

  /// The rows with the place of each in the order of a key, the best first, as another key.
  ///
  /// The order of texts, lists and records is known only when all of them are.
  private func ranked(
    _ pipeline: Pipeline, _ key: OrderKey
  ) throws(ExecutionError) -> (Pipeline, OrderKey) {
    let table = try collect(pipeline)
    let column = try columns([key.expression], of: table)[0]
    let order = try attempt { () throws(RunControl.Interruption) in
      try sortedRows(
        by: [(column, key.isDescending)], count: table.rowCount, control: control)
    }
    let place = Schema.Field("\u{0}place", .int)
    let ranked = Table(
      schema: Schema(table.schema.fields + [place]),
      columns: table.columns + [placesInOrder(column, order)], rowCount: table.rowCount)
    return (
      Pipeline(ranked), OrderKey(.column(place.name, place.type), isDescending: false)
    )
  }
}

/// What all threads of a `top` share.
struct TopWork: Sendable {
  let count: Int
  let withTies: Bool
  let key: ExpressionEvaluator
  let order: OrderWords
  let groups: [ExpressionEvaluator]
  /// The positions of the columns that are handed on.
  let kept: [Int]
  let schema: Schema
  let expectedRows: Int
}

/// The groups and candidates of one thread.
private final class TopSink: BatchSink {
  private let work: TopWork
  private let table: KeyTable
  private var candidates: TopCandidates
  private var groups = Buffer<UInt32>(count: 0)
  private var words = Buffer<Int>(count: 0)
  /// The rows of the candidates, in their order.
  private var rows: [Batch] = []

  init(_ work: TopWork) {
    self.work = work
    table = KeyTable(types: work.groups.map(\.type), expectedRows: work.expectedRows)
    candidates = TopCandidates(count: work.count, withTies: work.withTies)
  }

  func consume(_ batch: Batch) throws(ExecutionError) {
    if words.count < batch.count {
      words = Buffer(count: batch.count)
      groups = Buffer(count: batch.count)
    }
    let key = try work.key.evaluate(batch)
    work.order.write(key, to: words.base)
    var keys: [Column] = []
    for group in work.groups { keys.append(try group.evaluate(batch)) }
    table.insert(keys, count: batch.count, into: groups.base)
    let passing = candidates.add(
      words.base, table.hasNoKeys ? nil : UnsafePointer(groups.base),
      groupCount: max(1, table.count), rows: batch.count,
      isExcluded: { key.isNull($0) || (key.type == .float && key.double($0).isNaN) })
    guard !passing.isEmpty else { return }
    let places = Values(passing)
    rows.append(
      Batch(
        columns: work.kept.map { batch.columns[$0].gathered(places) }, count: passing.count))
    if candidates.isFull { keep(candidates.compact()) }
  }

  /// Keeps the rows at these positions among those kept, in this order.
  private func keep(_ places: [UInt32]) {
    let all = joined()
    let order = Values(places)
    rows = [Batch(columns: all.columns.map { $0.gathered(order) }, count: places.count)]
  }

  private func joined() -> Batch {
    if rows.count == 1 { return rows[0] }
    return Batch(
      columns: work.schema.fields.enumerated().map { index, field in
        Column.concatenated(rows.map { $0.columns[index] }, type: field.type)
      }, count: rows.reduce(0) { $0 + $1.count })
  }

  func merge(_ later: TopSink) {
    let map = table.merge(later.table)
    candidates.merge(
      later.candidates, groups: table.hasNoKeys ? nil : map, groupCount: max(1, table.count))
    rows += later.rows
  }

  /// The best rows by group, the best first.
  func finish() -> Batch {
    keep(candidates.sorted())
    return rows[0]
  }
}
