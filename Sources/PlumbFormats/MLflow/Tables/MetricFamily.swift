import PlumbColumns
import Synchronization

/// `metrics.*`, `metrics_min.*`, `metrics_max.*` or `metrics_first.*` of the table `runs`.
struct MetricFamily: ColumnFamily {
  let kind: Kind
  let family: Schema.Family
  let fields: [Schema.Field]
  private let summaries: MetricSummaries

  /// Which value of a run's metric the family has.
  enum Kind: String, CaseIterable, Sendable {
    case latest = "metrics"
    case least = "metrics_min"
    case greatest = "metrics_max"
    case first = "metrics_first"

    var summary: String {
      switch self {
      case .latest:
        "The run's last value of the metric: of the greatest step, then time, then value."
      case .least: "The least value of the metric in the run's history, NaN left out."
      case .greatest: "The greatest value of the metric in the run's history, NaN left out."
      case .first: "The run's first value of the metric: of the least step, then time."
      }
    }
  }

  init(_ kind: Kind, _ summaries: MetricSummaries) {
    self.kind = kind
    self.summaries = summaries
    let name = kind.rawValue
    family = Schema.Family(name, missingType: .float)
    fields = summaries.keys.map { Schema.Field("\(name).\($0)", .float, family: name) }
  }

  var readsHistory: Bool { kind != .latest }
  var summary: String { kind.summary }

  func columns(
    _ fields: [Schema.Field], rows: [Int]?, control: RunControl
  ) throws(ImportError) -> [Column] {
    let keys = fields.map { String($0.key) }
    let values = try summaries.values(kind, keys, runs: rows, control: control)
    return values.map { $0.column(ownerCount: summaries.runCount) }
  }
}

/// One value for each run and key: the last from the store itself, the others from the history.
final class MetricSummaries: Sendable {
  let keys: [String]
  let runCount: Int
  private let store: any MLflowStore
  private let history: HistoryTable

  init(_ store: any MLflowStore, _ history: HistoryTable) {
    keys = store.contents.metricKeys
    runCount = store.contents.runs.count
    self.store = store
    self.history = history
  }

  /// The values for each of the keys, in their order.
  func values(
    _ kind: MetricFamily.Kind, _ keys: [String], runs: [Int]?, control: RunControl
  ) throws(ImportError) -> [RunValues] {
    if kind == .latest, let latest = try store.latestMetrics(keys, control: control) {
      return latest
    }
    let points = try history.rows(keys: keys, runs: runs, columns: .all, control: control)
    guard let run = points["run_id"], let key = points["key"], let value = points["value"],
      let step = points["step"], let time = points["timestamp"]
    else { return keys.map { _ in RunValues() } }
    let fold = HistoryFold(
      runs: run.codes().codes, keys: key.codes(), values: value.doubles(),
      steps: step.integers(), times: time.integers(), count: points.rowCount, runCount: runCount)
    var folded: [RunValues] = []
    for key in keys {
      try control.checkImport()
      folded.append(fold.values(kind, key))
    }
    return folded
  }
}

/// Folds the history of each run and key into one value.
private struct HistoryFold {
  private let runs: Values<UInt32>
  private let values: Values<Double>
  private let steps: Values<Int>
  private let times: Values<Int>
  private let texts: TextDictionary
  private let runCount: Int
  /// The rows ordered by key, those of one key in the order of the store.
  private let rowsByKey: Buffer<UInt32>
  private var starts: [Int]

  init(
    runs: Values<UInt32>, keys: (codes: Values<UInt32>, dictionary: TextDictionary),
    values: Values<Double>, steps: Values<Int>, times: Values<Int>, count: Int, runCount: Int
  ) {
    self.runs = runs
    self.values = values
    self.steps = steps
    self.times = times
    self.runCount = runCount
    texts = keys.dictionary
    starts = [Int](repeating: 0, count: keys.dictionary.count + 1)
    for row in 0..<count { starts[Int(keys.codes[row]) + 1] += 1 }
    for key in 0..<keys.dictionary.count { starts[key + 1] += starts[key] }
    var next = starts
    rowsByKey = Buffer(count: count)
    for row in 0..<count {
      let key = Int(keys.codes[row])
      rowsByKey.base[next[key]] = UInt32(truncatingIfNeeded: row)
      next[key] += 1
    }
  }

  func values(_ kind: MetricFamily.Kind, _ key: String) -> RunValues {
    guard let code = texts.code(of: key) else { return RunValues() }
    // The row that each run's value is taken from.
    var chosen = [Int](repeating: -1, count: runCount)
    for position in starts[code]..<starts[code + 1] {
      let row = Int(rowsByKey.base[position])
      let run = Int(runs[row])
      let other = chosen[run]
      if other < 0 {
        // A minimum over NaN alone is null.
        if !values[row].isNaN || kind == .latest || kind == .first { chosen[run] = row }
        continue
      }
      let isBetter =
        switch kind {
        case .least: values[row] < values[other]
        case .greatest: values[row] > values[other]
        case .latest: point(row).isLater(than: point(other))
        case .first: (steps[row], times[row]) < (steps[other], times[other])
        }
      if isBetter { chosen[run] = row }
    }
    var result = RunValues()
    for run in 0..<runCount where chosen[run] >= 0 {
      result.runs.append(UInt32(truncatingIfNeeded: run))
      result.values.append(values[chosen[run]])
    }
    return result
  }

  private func point(_ row: Int) -> MetricPoint {
    MetricPoint(value: values[row], step: steps[row], timestamp: times[row])
  }
}
