import PlumbColumns
import PlumbFunctions
import PlumbPlan
import PlumbStatistics

/// A feature compared in one window of a key: a row of the result.
struct DriftComparison: Sendable {
  let feature: String
  /// What the feature is: `number`, `category`, `numbers`, `missing` or `new categories`.
  let type: String
  let finding: DriftFinding
  let referenceCount: Int
  let currentCount: Int
  let missingReference: Int
  let missingCurrent: Int
}

/// The comparisons of all features, keys and windows.
struct DriftWork: Sendable {
  let cells: DriftCells
  let features: [DriftFeatureColumn]
  let settings: DriftSettings
  let control: RunControl

  /// What is compared by itself in each key: the features, or all of them together.
  var subjectCount: Int { settings.comparesRows ? 1 : features.count }

  /// The comparisons of a subject in the windows of a key, in their order.
  func compare(
    subject: Int, group: Int
  ) throws(RunControl.Interruption) -> [[DriftComparison]] {
    let pairings = cells.pairings[cells.pairingRanges[group]]
    if settings.comparesRows { return try together(pairings) }
    return features[subject].feature.isCategory
      ? try categories(features[subject], pairings) : try numbers(features[subject], pairings)
  }

  /// The share of missing values as a feature of its own, where some are missing.
  func missing(
    _ name: String, _ n: Int, _ m: Int, _ missingReference: Int, _ missingCurrent: Int
  ) -> [DriftComparison] {
    guard settings.isAutomatic, missingReference + missingCurrent > 0 else { return [] }
    let finding = settings.compare(
      CountPair(
        reference: [n - missingReference, missingReference],
        current: [m - missingCurrent, missingCurrent]))
    return [
      DriftComparison(
        feature: "\(name) (missing)", type: "missing", finding: finding, referenceCount: n,
        currentCount: m, missingReference: missingReference, missingCurrent: missingCurrent)
    ]
  }

  /// The settings with the limit that the tool learns from chunks of a reference, where it does;
  /// `statistic` gives what the method finds of a chunk.
  func learning(
    from range: Range<Int>,
    _ statistic: (Range<Int>) throws(RunControl.Interruption) -> Double?
  ) throws(RunControl.Interruption) -> DriftSettings {
    guard let count = settings.learningChunks(of: range.count) else { return settings }
    var found: [Double] = []
    for start in stride(from: range.lowerBound, to: range.upperBound, by: count) {
      try control.check()
      if let value = try statistic(start..<min(start + count, range.upperBound)) {
        found.append(value)
      }
    }
    return settings.learning(from: found)
  }
}

/// The sample that was made last, which windows of one key share or hand on.
struct LastSample<Sample> {
  private var kept: (range: Range<Int>, sample: Sample)?

  subscript(range: Range<Int>) -> Sample? {
    guard let kept, kept.range == range else { return nil }
    return kept.sample
  }

  mutating func keep(_ sample: Sample, _ range: Range<Int>) { kept = (range, sample) }
}

extension DriftFinding {
  /// Notes in the recipe what rows were left out for want of a finite number.
  mutating func noteLeftOut(_ reference: LeftOutRows, _ current: LeftOutRows) {
    var parts: [String] = []
    for (side, rows) in [("reference", reference), ("current", current)] {
      let counts = [
        (rows.missing, "missing"), (rows.nan, "NaN"), (rows.infinite, "infinite"),
      ].filter { $0.0 > 0 }
      guard !counts.isEmpty else { continue }
      parts.append(counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ") + " of " + side)
    }
    guard !parts.isEmpty else { return }
    recipe += (recipe.isEmpty ? "" : "; ") + "left out: " + parts.joined(separator: "; ")
  }
}
