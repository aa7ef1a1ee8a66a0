import PlumbColumns

/// What the tables of a store are made from: one implementation for each kind of store.
///
/// Deleted rows are left out by the store unless it was opened with `deleted = true`.
protocol MLflowStore: AnyObject, Sendable {
  /// What was read when the store was opened.
  var contents: StoreContents { get }
  func datasets(control: RunControl) throws(ImportError) -> [DatasetRecord]
  func loggedModels(control: RunControl) throws(ImportError) -> [LoggedModelRecord]
  /// The last value of each run for each of the keys, in the order of the keys; nil if the store
  /// keeps only the history.
  func latestMetrics(
    _ keys: [String], control: RunControl
  ) throws(ImportError) -> [RunValues]?
  /// Whether `history` finds the rows of a few runs without reading all others.
  var findsRunHistory: Bool { get }
  /// Whether all of the history is at hand, so that reading parts of it saves nothing.
  var historyIsAtHand: Bool { get }
  func history(_ request: HistoryRequest, control: RunControl) throws(ImportError) -> HistoryRows
}

extension MLflowStore {
  var historyIsAtHand: Bool { false }
}

/// The small tables of a store, which are read when it is opened.
struct StoreContents: Sendable {
  var experiments: [ExperimentRecord] = []
  var runs: [RunRecord] = []
  var runDirectory: RunDirectory
  /// Parameters and tags; owners are positions in `runs`.
  var params: KeyValueRows
  var tags: KeyValueRows
  /// The keys of metrics that the runs have, in bytewise order.
  var metricKeys: [String] = []
  var models: [ModelRecord] = []
  var versions: [VersionRecord] = []
  var warnings: [String] = []

  /// The positions of the metric keys, by key.
  var metricCodes: [String: Int] {
    Dictionary(metricKeys.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

/// Values of some runs, by the run's position.
struct RunValues: Sendable {
  var runs: [UInt32] = []
  var values: [Double] = []
}

/// Which part of the metric history is wanted.
struct HistoryRequest: Sendable {
  var columns: HistoryColumns
  /// Only these keys.
  var keys: [String]?
  /// Only these runs, by position.
  var runs: [Int]?
  /// Only what lies behind this place in the store, where all keys and runs are wanted.
  var after: Int?
  /// Whether the rows' positions in the store are wanted, for merging.
  var wantsPositions = false
}

/// A choice of the columns of the metric history.
struct HistoryColumns: OptionSet, Sendable {
  let rawValue: UInt8

  static let run = HistoryColumns(rawValue: 1)
  static let key = HistoryColumns(rawValue: 2)
  static let value = HistoryColumns(rawValue: 4)
  static let step = HistoryColumns(rawValue: 8)
  static let timestamp = HistoryColumns(rawValue: 16)
  static let all: HistoryColumns = [.run, .key, .value, .step, .timestamp]

  /// The columns in the order of the table.
  static let ordered: [(column: HistoryColumns, name: String)] = [
    (.run, "run_id"), (.key, "key"), (.value, "value"), (.step, "step"),
    (.timestamp, "timestamp"),
  ]
}

/// Rows of the metric history in the order of the store.
struct HistoryRows: Sendable {
  var count: Int
  /// The columns that were asked for, by their names.
  var columns: [String: Column]
  /// Where each row lies in the store, ascending, if asked for.
  var positions: Values<Int>?
}

extension HistoryRows {
  /// The columns of a choice, those that there are.
  func columns(_ wanted: HistoryColumns) -> [String: Column] {
    var chosen: [String: Column] = [:]
    for (column, name) in HistoryColumns.ordered where wanted.contains(column) {
      chosen[name] = columns[name]
    }
    return chosen
  }
}
