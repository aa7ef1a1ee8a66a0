import PlumbColumns
import Synchronization

/// The table `metrics`: every value that was logged, loaded when it is first asked for.
///
/// A scan for some keys reads and keeps those keys; a scan for a few runs reads their rows and
/// keeps nothing; any other scan reads the whole history, of which the columns asked for stay.
final class HistoryTable: TableProvider {
  let name = "metrics"
  let summary = "A row for each value of a metric that a run logged: the whole history."
  let columnSummaries = [
    "run_id": "The run that logged the value.",
    "key": "The name of the metric, such as `val/loss`.",
    "value": "The value, which may be NaN or infinite where a run diverged.",
    "step": "The step that the run gave, 0 if it gave none; may be negative.",
    "timestamp": "When it was logged.",
  ]
  let schema = Schema([
    Schema.Field("run_id", .string), Schema.Field("key", .string), Schema.Field("value", .float),
    Schema.Field("step", .int), Schema.Field("timestamp", .timestamp),
  ])

  private let store: any MLflowStore
  private let state = Mutex(State())

  private struct State {
    var wholeCount: Int?
    var wholeColumns: [String: Column] = [:]
    var keys: [String: KeyHistory] = [:]
  }

  init(_ store: any MLflowStore) { self.store = store }

  var knownRowCount: Int? { state.withLock { $0.wholeCount } }

  func knownTexts(of column: String) -> [String]? {
    column == "key" ? store.contents.metricKeys : nil
  }

  func usableConditions(_ conditions: [ScanCondition]) -> [ScanCondition] {
    conditions.filter {
      ($0.column == "key" || $0.column == "run_id") && $0.test.texts != nil
    }
  }

  func scan(_ request: ScanRequest, control: RunControl) throws(ImportError) -> Table {
    var columns: HistoryColumns = []
    for (column, name) in HistoryColumns.ordered where request.columns.contains(name) {
      columns.insert(column)
    }
    let directory = store.contents.runDirectory
    let runs = wanted("run_id", request.conditions)?
      .map { directory.position($0) }.filter { $0 >= 0 }.sorted()
    let keys = wanted("key", request.conditions)?.sorted()
    let table = try rows(keys: keys, runs: runs, columns: columns, control: control)
    return table.selecting(request.columns)
  }

  /// The texts that all conditions on a column leave; nil for all.
  private func wanted(_ column: String, _ conditions: [ScanCondition]) -> Set<String>? {
    var wanted: Set<String>?
    for condition in conditions where condition.column == column {
      guard let texts = condition.test.texts else { continue }
      wanted = wanted?.intersection(texts) ?? Set(texts)
    }
    return wanted
  }

  /// At least the rows of these keys and runs, in the order of the store.
  func rows(
    keys: [String]?, runs: [Int]?, columns: HistoryColumns, control: RunControl
  ) throws(ImportError) -> Table {
    if keys?.isEmpty ?? false { return table(0, [:], columns) }
    if runs?.isEmpty ?? false { return table(0, [:], columns) }
    return try state.withLock { (state: inout State) throws(ImportError) -> Table in
      if let whole = wholeIfKept(state, columns) { return whole }
      if store.historyIsAtHand { return try wholeHistory(columns, &state, control) }
      let keysAreKept = keys?.allSatisfy { state.keys[$0] != nil } ?? false
      if let runs, !keysAreKept, areFew(runs) {
        let request = HistoryRequest(columns: columns, keys: keys, runs: runs)
        let rows = try store.history(request, control: control)
        return table(rows.count, rows.columns, columns)
      }
      if let keys, keysAreKept || areFew(keys) {
        return try rowsOfKeys(keys, columns, &state, control)
      }
      return try wholeHistory(columns, &state, control)
    }
  }

  private func wholeHistory(
    _ columns: HistoryColumns, _ state: inout State, _ control: RunControl
  ) throws(ImportError) -> Table {
    try loadWhole(columns, &state, control)
    return wholeIfKept(state, columns) ?? table(0, [:], columns)
  }

  /// Finding a run's rows costs a few seeks; from about an eighth of all runs on, reading
  /// everything is faster.
  private func areFew(_ runs: [Int]) -> Bool {
    store.findsRunHistory && runs.count <= max(32, store.contents.runs.count / 8)
  }

  /// Reading by key runs through an index in one thread and sorts; half of all keys is where
  /// reading everything, in the store's order, becomes faster.
  private func areFew(_ keys: [String]) -> Bool {
    keys.count == 1 || keys.count * 2 <= store.contents.metricKeys.count
  }

  private func wholeIfKept(_ state: State, _ columns: HistoryColumns) -> Table? {
    guard let count = state.wholeCount else { return nil }
    for (column, name) in HistoryColumns.ordered where columns.contains(column) {
      if state.wholeColumns[name] == nil { return nil }
    }
    return table(count, state.wholeColumns, columns)
  }

  private func loadWhole(
    _ columns: HistoryColumns, _ state: inout State, _ control: RunControl
  ) throws(ImportError) {
    // Whole columns serve every later scan.
    state.keys = [:]
    var missing = columns
    for (column, name) in HistoryColumns.ordered where state.wholeColumns[name] != nil {
      missing.remove(column)
    }
    var rows = try store.history(HistoryRequest(columns: missing), control: control)
    if let count = state.wholeCount, count != rows.count {
      // Rows were removed since (`mlflow gc`): columns read at different times do not match.
      state.wholeCount = nil
      state.wholeColumns = [:]
      rows = try store.history(HistoryRequest(columns: columns), control: control)
    }
    state.wholeCount = rows.count
    state.wholeColumns.merge(rows.columns) { _, new in new }
    MemoryBudget.releaseUnused()
  }

  private func rowsOfKeys(
    _ keys: [String], _ columns: HistoryColumns, _ state: inout State, _ control: RunControl
  ) throws(ImportError) -> Table {
    for key in keys where state.keys[key] == nil {
      let request = HistoryRequest(columns: .all, keys: [key], wantsPositions: true)
      state.keys[key] = KeyHistory(key, try store.history(request, control: control))
    }
    let kept = keys.compactMap { state.keys[$0] }
    if kept.count == 1 { return table(kept[0].count, kept[0].columns, columns) }
    let (count, merged) = KeyHistory.merged(kept, columns, runs: store.contents.runDirectory.ids)
    return table(count, merged, columns)
  }

  private func table(
    _ count: Int, _ columns: [String: Column], _ wanted: HistoryColumns
  ) -> Table {
    var fields: [Schema.Field] = []
    for (index, (column, _)) in HistoryColumns.ordered.enumerated() where wanted.contains(column) {
      fields.append(schema.fields[index])
    }
    return Table(
      schema: Schema(fields),
      columns: fields.map { columns[$0.name] ?? .nulls($0.type, count: count) }, rowCount: count)
  }
}
