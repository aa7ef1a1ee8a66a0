import PlumbColumns

/// An MLflow store behind a tracking server, read through its REST interface.
///
/// A server has no snapshots: what is read later may be newer than what was read at the opening.
final class ServerStore: MLflowStore {
  let client: ServerClient
  let contents: StoreContents
  let includesDeleted: Bool
  /// The last value of each metric, by the metric's key.
  let latest: [String: RunValues]
  private let datasetRecords: [DatasetRecord]

  /// Reads all but the histories of metrics and the logged models.
  init(
    _ client: ServerClient, includesDeleted: Bool, control: RunControl
  ) throws(ImportError) {
    self.client = client
    self.includesDeleted = includesDeleted
    var opening = ServerOpening(client, includesDeleted: includesDeleted, control: control)
    try opening.readExperiments()
    try opening.readRuns()
    let models = try opening.models()
    let versions = try opening.versions(models)
    let runs = opening.runsInOrder()
    latest = runs.latest
    datasetRecords = runs.datasets
    contents = StoreContents(
      experiments: opening.experiments, runs: runs.records,
      runDirectory: RunDirectory(runs.records), params: runs.params, tags: runs.tags,
      metricKeys: runs.latest.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) },
      models: models.map(\.record), versions: versions,
      warnings: includesDeleted
        ? [
          "`\(client.address.text)` gives deleted experiments and runs, but no deleted versions "
            + "and logged models"
        ] : [])
  }

  func datasets(control: RunControl) throws(ImportError) -> [DatasetRecord] { datasetRecords }

  func latestMetrics(
    _ keys: [String], control: RunControl
  ) throws(ImportError) -> [RunValues]? {
    keys.map { latest[$0] ?? RunValues() }
  }

  var findsRunHistory: Bool { true }

  func loggedModels(control: RunControl) throws(ImportError) -> [LoggedModelRecord] {
    var models: [LoggedModelRecord] = []
    var points: [LoggedModelPoint] = []
    let ids = contents.experiments.map { JSONTree.string(String($0.id)) }
    for batch in ids.inBatches(of: ServerOpening.experimentsPerRequest) {
      _ = try client.pages(control: control) { token in
        var body: JSONTree = [
          "max_results": .int(ServerStore.modelsPerPage),
          "order_by": [["field_name": "creation_time", "ascending": true]],
        ]
        body["experiment_ids"] = .array(batch)
        body["page_token"] = token.map(JSONTree.string)
        return client.search("api/2.0/mlflow/logged-models/search", body)
      } page: { (tree) throws(ImportError) in
        for model in tree["models"]?.array ?? [] {
          guard let record = LoggedModelRecord(model) else { continue }
          for metric in model["data"]?["metrics"]?.array ?? [] {
            points.append(LoggedModelPoint(metric, model: models.count))
          }
          models.append(record)
        }
      }
    }
    try models.setMetrics(points) { (zeros) throws(ImportError) in try areNaN(zeros, control) }
    return models.sorted { ($0.createdAt ?? 0, $0.id) < ($1.createdAt ?? 0, $1.id) }
  }

  private static let modelsPerPage = 100

  /// Which of the points are NaN in the history of their runs.
  private func areNaN(
    _ points: [LoggedModelPoint], _ control: RunControl
  ) throws(ImportError) -> [Bool] {
    let directory = contents.runDirectory
    let request = HistoryRequest(
      columns: .all, keys: Set(points.map(\.place.key)).sorted(),
      runs: Set(points.map { directory.position($0.place.run) }).filter { $0 >= 0 }.sorted())
    var missing: Set<LoggedModelPoint.Place> = []
    var history = ServerHistory(self, request, control)
    try history.read { (run, key, points) throws(ImportError) in
      for point in points where point.value.isNaN {
        missing.insert(
          LoggedModelPoint.Place(
            key: key, milliseconds: point.timestamp / 1_000, step: point.step,
            run: directory.ids[run]))
      }
    }
    return points.map { missing.contains($0.place) }
  }

  func history(
    _ request: HistoryRequest, control: RunControl
  ) throws(ImportError) -> HistoryRows {
    let keys = contents.metricKeys
    let codes = contents.metricCodes
    // Answers come in any order: positions put the rows into that of runs, keys and times.
    var positioned = request
    positioned.wantsPositions = true
    let rows = HistoryPoints(
      positioned, runCount: contents.runs.count, keyCount: keys.count, control: control)
    var history = ServerHistory(self, request, control)
    try history.read { (run, key, points) throws(ImportError) in
      let code = codes[key] ?? 0
      for (line, point) in points.enumerated() {
        try rows.append(point, run: run, key: code, line: line)
      }
    }
    let assembly = HistoryAssembly(
      rows.chunks, runTexts: contents.runDirectory.ids,
      keyTexts: TextDictionary(keys, isUnique: true), control: control)
    return try assembly.rows(request.columns)
  }
}

extension LoggedModelPoint {
  fileprivate init(_ tree: JSONTree, model: Int) {
    let value = tree.metricPoint.value
    self.init(
      model: model,
      place: Place(
        key: tree["key"]?.string ?? "", milliseconds: tree["timestamp"]?.wholeNumber ?? 0,
        step: tree["step"]?.wholeNumber ?? 0, run: tree["run_id"]?.string ?? ""),
      value: value.isNaN ? nil : value)
  }
}

extension Array {
  /// The elements in lists of at most `count`.
  func inBatches(of count: Int) -> [[Element]] {
    stride(from: 0, to: self.count, by: count).map {
      [Element](self[$0..<Swift.min($0 + count, self.count)])
    }
  }
}
