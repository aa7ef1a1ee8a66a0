/// An experiment as both kinds of store keep it.
///
/// Times are microseconds.
struct ExperimentRecord: Sendable {
  var id: Int
  var name: String?
  var lifecycleStage: String?
  var createdAt: Int?
  var updatedAt: Int?
  var tags: [KeyedText] = []
}

/// A run without its parameters, tags and metrics.
///
/// Times are microseconds.
struct RunRecord: Sendable {
  var id: String
  var name: String?
  var experimentID: Int
  var experiment: String?
  var status: String?
  var user: String?
  var startTime: Int?
  var endTime: Int?
  var lifecycleStage: String?
  var sourceName: String?
}

/// A dataset used by a run.
struct DatasetRecord: Sendable {
  var runID: String
  var name: String?
  var digest: String?
  var context: String?
  var sourceType: String?
  var source: String?
  var schema: String?
  var profile: String?
}

/// A registered model, or a prompt kept as one.
struct ModelRecord: Sendable {
  var name: String
  var description: String?
  var createdAt: Int?
  var updatedAt: Int?
  var aliases: [String] = []
  var tags: [KeyedText] = []

  /// Prompts are registered models that carry this tag.
  var isPrompt: Bool {
    tags.contains { $0.key == "mlflow.prompt.is_prompt" && $0.value?.lowercased() == "true" }
  }
}

/// A version of a registered model.
struct VersionRecord: Sendable {
  var model: String
  var version: Int
  var stage: String?
  var aliases: [String] = []
  var status: String?
  var description: String?
  var runID: String?
  var user: String?
  var source: String?
  var createdAt: Int?
  var updatedAt: Int?
  var tags: [KeyedText] = []
  /// Whether the version is one of a prompt.
  var isOfPrompt = false

  /// The stage that marks a deleted version.
  static let deletedStage = "Deleted_Internal"
}

/// A model logged with a run (MLflow 3).
struct LoggedModelRecord: Sendable {
  var id: String
  var name: String?
  var experimentID: Int
  var sourceRunID: String?
  var status: String?
  var modelType: String?
  var createdAt: Int?
  var updatedAt: Int?
  var params: [KeyedText] = []
  var tags: [KeyedText] = []
  /// The last value of each metric.
  var metrics: [String: MetricPoint] = [:]

  /// The names of the numbers that stores keep for a logged model's status.
  static func status(_ number: Int) -> String? {
    switch number {
    case 0: "UNSPECIFIED"
    case 1: "PENDING"
    case 2: "READY"
    case 3: "FAILED"
    default: nil
    }
  }
}

/// A parameter or tag of an entity.
struct KeyedText: Sendable {
  let key: String
  let value: String?

  init(_ key: String, _ value: String?) {
    self.key = key
    self.value = value
  }
}

/// A metric's value at a step and time (microseconds).
struct MetricPoint: Sendable {
  var value: Double
  var step: Int
  var timestamp: Int

  /// Whether MLflow takes this point as the last of the two: greatest step, then time, then
  /// value.
  ///
  /// MLflow compares NaN as 0, which is what its databases hold in place of it.
  func isLater(than other: MetricPoint) -> Bool {
    if step != other.step { return step > other.step }
    if timestamp != other.timestamp { return timestamp > other.timestamp }
    return (value.isNaN ? 0 : value) > (other.value.isNaN ? 0 : other.value)
  }
}

/// Milliseconds as stores keep them in microseconds; nil where they leave 64 bits.
func microseconds(milliseconds: Int?) -> Int? {
  guard let milliseconds else { return nil }
  let (value, overflow) = milliseconds.multipliedReportingOverflow(by: 1_000)
  return overflow ? nil : value
}

/// A stored metric value: MLflow's databases flag NaN and clamp infinities to the largest double.
@inline(__always)
func metricValue(_ stored: Double, isNaN: Bool) -> Double {
  if isNaN { return .nan }
  if stored.magnitude == .greatestFiniteMagnitude { return stored > 0 ? .infinity : -.infinity }
  return stored
}

extension String {
  /// The text, or nil if it is empty: databases keep '' where nothing was said.
  var nonEmpty: String? { isEmpty ? nil : self }
}
