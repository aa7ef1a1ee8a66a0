import PlumbColumns

/// Reads what is read when a server is opened.
struct ServerOpening {
  private let client: ServerClient
  private let includesDeleted: Bool
  private let control: RunControl
  private(set) var experiments: [ExperimentRecord] = []
  private var runs: [FoundRun] = []
  private var positions: [String: Int] = [:]
  /// Texts that come with many runs, such as the schema of a dataset, kept once.
  private var texts: Set<String> = []

  /// A run with all that a search tells of it.
  private struct FoundRun {
    var record: RunRecord
    var params: [KeyedText]
    var tags: [KeyedText]
    var metrics: [(key: String, value: Double)]
    var datasets: [DatasetRecord]
  }

  init(_ client: ServerClient, includesDeleted: Bool, control: RunControl) {
    self.client = client
    self.includesDeleted = includesDeleted
    self.control = control
  }

  /// A search of runs names the experiments to look in.
  static let experimentsPerRequest = 200
  private static let entitiesPerPage = 1_000
  /// A page of runs takes a server some seconds, and a megabyte.
  private static let runsPerPage = 500

  private var viewType: JSONTree { includesDeleted ? "ALL" : "ACTIVE_ONLY" }

  private func report(_ done: Int, _ unit: String) {
    control.report(
      RunControl.Progress(
        activity: "opening \(client.address.text)", done: done, total: nil, unit: unit))
  }

  // MARK: Experiments and runs

  /// Finds the experiments, in the order of their numbers.
  mutating func readExperiments() throws(ImportError) {
    report(0, "experiments")
    let isKnown = try client.pages(control: control) { token in
      var body: JSONTree = ["max_results": .int(ServerOpening.entitiesPerPage)]
      body["view_type"] = viewType
      body["page_token"] = token.map(JSONTree.string)
      return client.search("api/2.0/mlflow/experiments/search", body)
    } page: { (tree) throws(ImportError) in
      for experiment in tree["experiments"]?.array ?? [] {
        guard let record = ExperimentRecord(experiment) else { continue }
        experiments.append(record)
      }
    }
    guard isKnown else { throw try reasonOfNoExperiments() }
    experiments.sort { $0.id < $1.id }
  }

  /// Why a server does not search experiments: it is too old, or no MLflow server.
  private func reasonOfNoExperiments() throws(ImportError) -> ImportError {
    let place = "`\(client.address.text)`"
    var isOld = false
    var version: String?
    let connections = try client.connections(control)
    try connections.exchange(
      ["api/2.0/mlflow/experiments/list", "version"], request: { client.search($0, []) }
    ) { (endpoint, response) throws(ImportError) in
      guard response.status == 200 else { return [] }
      if endpoint == "version" {
        let text = String(decoding: response.body.prefix(40), as: UTF8.self)
        if text.first?.isNumber ?? false, !text.contains(where: \.isWhitespace) { version = text }
      } else {
        isOld = (try? JSONTree.parse(response.body))?["experiments"] != nil
      }
      return []
    }
    if isOld || version != nil {
      let release = version.map { "MLflow \($0)" } ?? "a release of MLflow"
      return ImportError(
        .wrongFormat, "\(place) runs \(release) that is too old: it does not search experiments",
        remedy: "update the server to MLflow 2 or later, or open its database or folder itself")
    }
    return ImportError(
      .wrongFormat, "\(place) is no MLflow server: it has no `api/2.0/mlflow/experiments/search`",
      remedy: "give the address that `MLFLOW_TRACKING_URI` has, with the path before `/api` or `/#`"
    )
  }

  /// Finds the runs of the experiments.
  mutating func readRuns() throws(ImportError) {
    let names = Dictionary(
      experiments.map { ($0.id, $0.name ?? "") }, uniquingKeysWith: { first, _ in first })
    let ids = experiments.map { JSONTree.string(String($0.id)) }
    for batch in ids.inBatches(of: ServerOpening.experimentsPerRequest) {
      report(runs.count, "runs")
      _ = try client.pages(control: control) { token in
        var body: JSONTree = [
          "max_results": .int(ServerOpening.runsPerPage),
          // New runs come last, so that pages do not shift.
          "order_by": ["attributes.start_time ASC"],
        ]
        body["run_view_type"] = viewType
        body["experiment_ids"] = .array(batch)
        body["page_token"] = token.map(JSONTree.string)
        return client.search("api/2.0/mlflow/runs/search", body)
      } page: { (tree) throws(ImportError) in
        for run in tree["runs"]?.array ?? [] { add(run, names) }
        report(runs.count, "runs")
      }
    }
  }

  private mutating func add(_ tree: JSONTree, _ experiments: [Int: String]) {
    guard let record = RunRecord(tree, experiments: experiments), positions[record.id] == nil else {
      return
    }
    positions[record.id] = runs.count
    let data = tree["data"]
    runs.append(
      FoundRun(
        record: record, params: data?["params"]?.keyedTexts ?? [],
        tags: data?["tags"]?.keyedTexts ?? [],
        metrics: (data?["metrics"]?.array ?? []).map {
          (kept($0["key"]?.string) ?? "", $0.metricPoint.value)
        },
        datasets: (tree["inputs"]?["dataset_inputs"]?.array ?? []).map { input in
          var dataset = DatasetRecord(input, runID: record.id)
          dataset.source = kept(dataset.source)
          dataset.schema = kept(dataset.schema)
          dataset.profile = kept(dataset.profile)
          return dataset
        }))
  }

  private mutating func kept(_ text: String?) -> String? {
    guard let text else { return nil }
    return texts.insert(text).memberAfterInsert
  }

  /// The runs and what belongs to them, owners by their position in the table.
  struct Runs {
    var records: [RunRecord] = []
    var params: KeyValueRows
    var tags: KeyValueRows
    var latest: [String: RunValues] = [:]
    var datasets: [DatasetRecord] = []
  }

  /// The runs in the order of their starts.
  func runsInOrder() -> Runs {
    let ordered = runs.sorted {
      ($0.record.startTime ?? 0, $0.record.id) < ($1.record.startTime ?? 0, $1.record.id)
    }
    var result = Runs(
      records: ordered.map(\.record), params: .collecting(ordered.map(\.params)),
      tags: .collecting(ordered.map(\.tags)))
    for (position, run) in ordered.enumerated() {
      result.datasets += run.datasets
      for (key, value) in run.metrics {
        result.latest[key, default: RunValues()].runs.append(UInt32(truncatingIfNeeded: position))
        result.latest[key, default: RunValues()].values.append(value)
      }
    }
    return result
  }

  // MARK: The model registry

  /// A search leaves prompts out unless it asks for them; before there were prompts it finds all.
  private static let registrySearches = ["", "tags.`mlflow.prompt.is_prompt` = 'true'"]

  private func searchRegistry(
    _ endpoint: String, _ page: (JSONTree) throws(ImportError) -> Void
  ) throws(ImportError) {
    for filter in ServerOpening.registrySearches {
      _ = try client.pages(control: control) { token in
        var query = [("max_results", String(ServerOpening.entitiesPerPage))]
        if !filter.isEmpty { query.append(("filter", filter)) }
        if let token { query.append(("page_token", token)) }
        return client.search("api/2.0/mlflow/\(endpoint)/search", query)
      } page: { (tree) throws(ImportError) in
        try page(tree)
      }
    }
  }

  /// The registered models, in the order of their making.
  func models() throws(ImportError) -> [FoundModel] {
    var models: [FoundModel] = []
    var names: Set<String> = []
    try searchRegistry("registered-models") { (tree) throws(ImportError) in
      for model in tree["registered_models"]?.array ?? [] {
        guard let found = FoundModel(model), names.insert(found.record.name).inserted else {
          continue
        }
        models.append(found)
      }
      report(models.count, "models")
    }
    return models.sorted {
      ($0.record.createdAt ?? 0, $0.record.name) < ($1.record.createdAt ?? 0, $1.record.name)
    }
  }

  /// A registered model and the aliases of its versions, which no version tells of itself.
  struct FoundModel {
    let record: ModelRecord
    let aliases: [Int: [String]]

    init?(_ tree: JSONTree) {
      guard let record = ModelRecord(tree) else { return nil }
      self.record = record
      var aliases: [Int: [String]] = [:]
      for alias in tree["aliases"]?.array ?? [] {
        guard let version = alias["version"]?.wholeNumber, let name = alias["alias"]?.string else {
          continue
        }
        aliases[version, default: []].append(name)
      }
      self.aliases = aliases
    }
  }

  /// The versions of the models, in the order of their making.
  func versions(_ models: [FoundModel]) throws(ImportError) -> [VersionRecord] {
    let modelOfName = Dictionary(
      models.map { ($0.record.name, $0) }, uniquingKeysWith: { first, _ in first })
    var versions: [VersionRecord] = []
    var seen: Set<String> = []
    try searchRegistry("model-versions") { (tree) throws(ImportError) in
      for version in tree["model_versions"]?.array ?? [] {
        guard var record = VersionRecord(version),
          seen.insert("\(record.version) \(record.model)").inserted
        else { continue }
        let model = modelOfName[record.model]
        record.aliases = model?.aliases[record.version] ?? []
        record.isOfPrompt = model?.record.isPrompt ?? false
        versions.append(record)
      }
      report(versions.count, "versions")
    }
    return versions.sorted {
      ($0.createdAt ?? 0, $0.model, $0.version) < ($1.createdAt ?? 0, $1.model, $1.version)
    }
  }
}
