import PlumbStatistics

/// A tool whose choices and numbers the `drift` stage can reproduce.
package enum DriftTool: String, Sendable, CaseIterable {
  /// Evidently 0.7.
  case evidently
  /// NannyML 0.13, each current sample being one chunk.
  case nannyml
  /// SciPy 1.17.
  case scipy

  /// The tool's methods, by its own names.
  package var methods: [DriftMethod] {
    switch self {
    case .evidently: EvidentlyMethods.all
    case .nannyml: NannyMLMethods.all
    case .scipy: SciPyMethods.all
    }
  }

  /// How a limit is learnt, as a recipe says it.
  static let learningRecipe =
    "limit: mean and three standard deviations of 10 chunks of the reference"

  /// The rows of a chunk, where the tool learns limits from ten chunks of a reference of so many
  /// rows in their order; what is left over is a chunk too.
  func learningChunk(of count: Int) -> Int? {
    switch self {
    case .nannyml: count >= 10 ? count / 10 : nil
    case .evidently, .scipy: nil
    }
  }

  /// The mean of what was found of the chunks, and three standard deviations (of the population)
  /// more. Absent for none.
  static func limit(learntFrom statistics: [Double]) -> Double? {
    guard !statistics.isEmpty else { return nil }
    let deviation = statistics.withUnsafeBufferPointer(\.populationDeviation)
    return statistics.withUnsafeBufferPointer(\.moments).mean + 3 * deviation
  }

  /// The method that the tool picks for numbers.
  func choice(_ pair: SortedPair) -> String {
    switch self {
    case .evidently: EvidentlyMethods.choice(pair)
    case .nannyml: "jensen_shannon"
    case .scipy: "ks"
    }
  }

  /// The method that the tool picks for categories.
  func choice(_ counts: CountPair) -> String {
    switch self {
    case .evidently: EvidentlyMethods.choice(counts)
    case .nannyml: "jensen_shannon"
    case .scipy: "chi2"
    }
  }
}
