import PlumbStatistics

/// A tool whose choices and numbers the `drift` stage can reproduce.
package enum DriftTool: String, Sendable, CaseIterable {
  /// Evidently 0.7.
  case evidently
  /// NannyML 0.13, with the whole current sample as one chunk.
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
