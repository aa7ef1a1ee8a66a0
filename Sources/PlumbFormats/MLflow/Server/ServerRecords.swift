import PlumbColumns

/// Records from the JSON of an MLflow server.
///
/// Members without a value are left out there, or null; numbers of 64 bits come as numbers or as
/// texts.
extension JSONTree {
  /// A number of 64 bits, also one that is written as text.
  var wholeNumber: Int? { int ?? string.flatMap { Int($0) } }

  /// Milliseconds as microseconds.
  fileprivate var time: Int? { microseconds(milliseconds: wholeNumber) }

  /// A list of keys and values, such as tags.
  var keyedTexts: [KeyedText] {
    (array ?? []).map { KeyedText($0["key"]?.string ?? "", $0["value"]?.string) }
  }

  /// A metric's value at a step and time.
  var metricPoint: MetricPoint {
    MetricPoint(
      value: self["value"]?.metricValue ?? .nan, step: self["step"]?.wholeNumber ?? 0,
      timestamp: microseconds(milliseconds: self["timestamp"]?.wholeNumber) ?? 0)
  }

  /// A value of a metric; the interface writes NaN as text.
  private var metricValue: Double? {
    let stored: Double? =
      switch self {
      case .int(let value): Double(value)
      case .float(let value): value
      case .string(let text): storedDouble(text)
      case .null, .bool, .array, .object: nil
      }
    return stored.map { PlumbFormats.metricValue($0, isNaN: $0.isNaN) }
  }
}

extension ExperimentRecord {
  /// Nil for an experiment whose identifier is no number, which no MLflow database has.
  init?(_ tree: JSONTree) {
    guard let id = tree["experiment_id"]?.wholeNumber else { return nil }
    self.init(
      id: id, name: tree["name"]?.string, lifecycleStage: tree["lifecycle_stage"]?.string,
      createdAt: tree["creation_time"]?.time, updatedAt: tree["last_update_time"]?.time,
      tags: tree["tags"]?.keyedTexts ?? [])
  }
}

extension RunRecord {
  /// Nil for a run without identifier.
  init?(_ tree: JSONTree, experiments: [Int: String]) {
    guard let info = tree["info"], let id = info["run_id"]?.string ?? info["run_uuid"]?.string,
      let experimentID = info["experiment_id"]?.wholeNumber
    else { return nil }
    let end = info["end_time"]?.time
    self.init(
      id: id, name: info["run_name"]?.string ?? info["name"]?.string, experimentID: experimentID,
      experiment: experiments[experimentID], status: info["status"]?.string,
      user: info["user_id"]?.string, startTime: info["start_time"]?.time,
      endTime: end == 0 ? nil : end, lifecycleStage: info["lifecycle_stage"]?.string,
      sourceName: info["source_name"]?.string)
  }
}

extension DatasetRecord {
  /// An input of a run.
  init(_ tree: JSONTree, runID: String) {
    let dataset = tree["dataset"]
    self.init(
      runID: runID, name: dataset?["name"]?.string, digest: dataset?["digest"]?.string,
      context: tree["tags"]?.keyedTexts.first { $0.key == "mlflow.data.context" }?.value,
      sourceType: dataset?["source_type"]?.string, source: dataset?["source"]?.string,
      schema: dataset?["schema"]?.string, profile: dataset?["profile"]?.string)
  }
}

extension ModelRecord {
  /// Nil for a model without name.
  init?(_ tree: JSONTree) {
    guard let name = tree["name"]?.string else { return nil }
    self.init(
      name: name, description: tree["description"]?.string,
      createdAt: tree["creation_timestamp"]?.time, updatedAt: tree["last_updated_timestamp"]?.time,
      aliases: (tree["aliases"]?.array ?? []).compactMap { $0["alias"]?.string },
      tags: tree["tags"]?.keyedTexts ?? [])
  }
}

extension VersionRecord {
  /// Nil for a version without model or number. Its aliases are told by the model.
  init?(_ tree: JSONTree) {
    guard let model = tree["name"]?.string, let number = tree["version"]?.wholeNumber else {
      return nil
    }
    self.init(
      model: model, version: number, stage: tree["current_stage"]?.string,
      status: tree["status"]?.string, description: tree["description"]?.string,
      runID: tree["run_id"]?.string?.nonEmpty, user: tree["user_id"]?.string?.nonEmpty,
      source: tree["source"]?.string, createdAt: tree["creation_timestamp"]?.time,
      updatedAt: tree["last_updated_timestamp"]?.time, tags: tree["tags"]?.keyedTexts ?? [])
  }
}

extension LoggedModelRecord {
  /// Nil for a model without identifier. Its metrics are not in it.
  init?(_ tree: JSONTree) {
    guard let info = tree["info"], let id = info["model_id"]?.string,
      let experimentID = info["experiment_id"]?.wholeNumber
    else { return nil }
    self.init(
      id: id, name: info["name"]?.string, experimentID: experimentID,
      sourceRunID: info["source_run_id"]?.string,
      status: info["status"]?.string.map(LoggedModelRecord.status),
      modelType: info["model_type"]?.string, createdAt: info["creation_timestamp_ms"]?.time,
      updatedAt: info["last_updated_timestamp_ms"]?.time,
      params: tree["data"]?["params"]?.keyedTexts ?? [], tags: info["tags"]?.keyedTexts ?? [])
  }

  /// A status as databases have it: `LOGGED_MODEL_UPLOAD_FAILED` is `FAILED`.
  private static func status(_ name: String) -> String {
    for prefix in ["LOGGED_MODEL_UPLOAD_", "LOGGED_MODEL_STATUS_", "LOGGED_MODEL_"]
    where name.hasPrefix(prefix) {
      return String(name.dropFirst(prefix.count))
    }
    return name
  }
}
