import PlumbColumns

/// Reads the history of metrics from a server.
///
/// One request brings a key of many runs, but no more than `pointsPerRequest` points, and nothing
/// tells what is beyond them: an answer of so many is asked for again for half of the runs, and at
/// last for one run, page by page. Releases without this request are asked for each run.
struct ServerHistory {
  private let store: ServerStore
  private let request: HistoryRequest
  private let control: RunControl
  private var knowsBulk = true

  init(_ store: ServerStore, _ request: HistoryRequest, _ control: RunControl) {
    self.store = store
    self.request = request
    self.control = control
  }

  /// What MLflow gives at most in answer to one request.
  private static let pointsPerRequest = 25_000
  private static let runsPerRequest = 100

  private enum Job {
    case manyRuns(key: String, runs: [Int])
    /// A page of one run, and the points of the pages before.
    case oneRun(key: String, run: Int, token: PageToken, points: [MetricPoint])
  }

  /// Gives all points of each run and key, ordered by time, step and value.
  mutating func read(
    _ body: (_ run: Int, _ key: String, _ points: [MetricPoint]) throws(ImportError) -> Void
  ) throws(ImportError) {
    let wanted = request.runs.map { Set($0.map { UInt32(truncatingIfNeeded: $0) }) }
    var jobs: [Job] = []
    var total = 0
    for key in request.keys ?? store.contents.metricKeys {
      var runs = store.latest[key]?.runs ?? []
      if let wanted { runs.removeAll { !wanted.contains($0) } }
      total += runs.count
      for batch in runs.map({ Int($0) }).inBatches(of: Self.runsPerRequest) {
        jobs.append(.manyRuns(key: key, runs: batch))
      }
    }
    var done = 0
    let connections = try store.client.connections(control)
    try connections.exchange(jobs, request: { httpRequest($0) }) {
      (job, response) throws(ImportError) in
      let next: [Job]
      switch job {
      case .manyRuns(let key, let runs):
        next = try take(key, runs, response, body)
        if next.isEmpty { done += runs.count }
      case .oneRun(let key, let run, let token, let points):
        let page = try page(response, key, run)
        let points = points + page.points
        if let token = try token.next(page.nextToken, store.client.address) {
          next = [.oneRun(key: key, run: run, token: token, points: points)]
        } else {
          next = []
          try body(run, key, points)
          done += 1
        }
      }
      control.report(
        RunControl.Progress(
          activity: "loading metrics", done: done, total: total, unit: "histories"))
      return next
    }
  }

  private func httpRequest(_ job: Job) -> HTTPRequest {
    let ids = store.contents.runDirectory.ids
    var query: [(name: String, value: String)] = []
    switch job {
    case .manyRuns(let key, let runs):
      query += runs.map { ("run_id", ids[$0]) }
      query += [("metric_key", key), ("max_results", String(Self.pointsPerRequest))]
      return store.client.search("ajax-api/2.0/mlflow/metrics/get-history-bulk", query)
    case .oneRun(let key, let run, let token, _):
      query += [
        ("run_id", ids[run]), ("metric_key", key), ("max_results", String(Self.pointsPerRequest)),
      ]
      if let token = token.text { query.append(("page_token", token)) }
      return store.client.search("api/2.0/mlflow/metrics/get-history", query)
    }
  }

  /// Takes the answer for many runs, or gives what is to be asked in place of it.
  private mutating func take(
    _ key: String, _ runs: [Int], _ response: HTTPResponse,
    _ body: (_ run: Int, _ key: String, _ points: [MetricPoint]) throws(ImportError) -> Void
  ) throws(ImportError) -> [Job] {
    // A part of the interface for the pages of the server itself, which not every proxy lets pass.
    if [403, 404, 405].contains(response.status) {
      return runs.map { .oneRun(key: key, run: $0, token: .first, points: []) }
    }
    _ = try store.client.isFound(response)
    let page = try page(response)
    if page.points.count >= Self.pointsPerRequest {
      guard runs.count > 1 else {
        return [.oneRun(key: key, run: runs[0], token: .first, points: [])]
      }
      let half = runs.count / 2
      return [
        .manyRuns(key: key, runs: Array(runs[..<half])),
        .manyRuns(key: key, runs: Array(runs[half...])),
      ]
    }
    var points = Dictionary(grouping: page.points.indices, by: { page.runs[$0] })
    for run in runs {
      guard let rows = points.removeValue(forKey: run) else { continue }
      try control.checkImport()
      try body(run, key, rows.map { page.points[$0] })
    }
    return []
  }

  private func page(
    _ response: HTTPResponse, _ key: String, _ run: Int
  ) throws(ImportError) -> MetricPage {
    guard try store.client.isFound(response) else {
      throw ImportError(
        .wrongFormat,
        "`\(store.client.address.text)` has no `api/2.0/mlflow/metrics/get-history`",
        remedy: "update the server to MLflow 2 or later")
    }
    return try page(response)
  }

  private func page(_ response: HTTPResponse) throws(ImportError) -> MetricPage {
    do throws(JSONError) {
      return try MetricPage(response.body, store.contents.runDirectory)
    } catch {
      throw store.client.malformed(response, error)
    }
  }
}
