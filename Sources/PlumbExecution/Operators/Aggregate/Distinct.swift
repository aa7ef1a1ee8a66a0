import PlumbColumns
import PlumbPlan

extension Executor {
  /// The first row of each combination of the keys.
  func distinct(_ node: LogicalPlan.Distinct, _ demand: Demand) throws(ExecutionError) -> Table {
    let pipeline = try pipeline(node.input, demand.adding(node.keys))
    let keys = try evaluators(node.keys, schema: pipeline.schema)
    let schema = demand.wanted(of: pipeline.schema)
    let kept = schema.fields.compactMap { pipeline.schema.index(of: $0.name) }
    let sinks = try run(pipeline) {
      DistinctSink(
        keys: keys, kept: kept,
        table: KeyTable(types: keys.map(\.type), expectedRows: pipeline.sourceRowCount))
    }
    for later in sinks.dropFirst() {
      try attempt(control.check)
      try sinks[0].merge(later, control)
    }
    return try concatenate(sinks[0].batches, schema: schema)
  }
}

/// The first rows of each combination of keys that one thread has seen.
private final class DistinctSink: BatchSink {
  private let keys: [ExpressionEvaluator]
  private let kept: [Int]
  private let table: KeyTable
  private var groups = Buffer<UInt32>(count: 0)
  /// The rows with a new key, in the order of the keys' numbers.
  private(set) var batches: [Batch] = []

  init(keys: [ExpressionEvaluator], kept: [Int], table: KeyTable) {
    self.keys = keys
    self.kept = kept
    self.table = table
  }

  func consume(_ batch: Batch) throws(ExecutionError) {
    if groups.count < batch.count { groups = Buffer(count: batch.count) }
    let known = table.count
    var columns: [Column] = []
    for key in keys { columns.append(try key.evaluate(batch)) }
    table.insert(columns, count: batch.count, into: groups.base)
    guard table.count > known else { return }
    let rows = firstRows(
      Values(groups, offset: 0, count: batch.count), from: known, to: table.count)
    batches.append(
      Batch(columns: kept.map { batch.columns[$0].gathered(rows) }, count: rows.count))
  }

  /// Adds the rows of a later thread whose keys are new here.
  func merge(_ later: DistinctSink, _ control: RunControl) throws(ExecutionError) {
    var known = table.count
    let map = table.merge(later.table)
    var start = 0
    for batch in later.batches {
      do throws(RunControl.Interruption) { try control.check() } catch {
        throw ExecutionError(error)
      }
      var rows: [UInt32] = []
      for row in 0..<batch.count where Int(map[start + row]) == known {
        rows.append(UInt32(truncatingIfNeeded: row))
        known += 1
      }
      start += batch.count
      guard !rows.isEmpty else { continue }
      let places = Values(rows)
      batches.append(
        Batch(columns: batch.columns.map { $0.gathered(places) }, count: rows.count))
    }
  }
}

/// The first row of each group from `first` to `end`, groups being numbered in order of first
/// appearance.
private func firstRows(_ groups: Values<UInt32>, from first: Int, to end: Int) -> Values<UInt32> {
  let rows = Buffer<UInt32>(count: end - first)
  let source = groups.pointer
  var next = first
  for row in 0..<groups.count where Int(source[row]) == next {
    rows.base[next - first] = UInt32(truncatingIfNeeded: row)
    next += 1
    if next == end { break }
  }
  return Values(rows)
}
