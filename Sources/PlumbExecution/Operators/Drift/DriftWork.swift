import PlumbColumns
import PlumbFunctions
import PlumbPlan
import PlumbStatistics

/// A feature compared in one window of a key: a row of the result.
struct DriftComparison: Sendable {
  let feature: String
  /// What the feature is: `number`, `category`, `missing` or `new categories`.
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

  /// The comparisons of a feature in the windows of a key, in their order.
  func compare(
    feature: Int, group: Int
  ) throws(RunControl.Interruption) -> [[DriftComparison]] {
    let pairings = cells.pairings[cells.pairingRanges[group]]
    return features[feature].feature.isCategory
      ? try categories(features[feature], pairings) : try numbers(features[feature], pairings)
  }

  private func numbers(
    _ column: DriftFeatureColumn, _ pairings: ArraySlice<DriftCells.Pairing>
  ) throws(RunControl.Interruption) -> [[DriftComparison]] {
    if column.profile == nil, pairings.count > 2, settings.comparesDistributions,
      let first = pairings.first,
      pairings.allSatisfy({ $0.reference == first.reference })
    {
      return try numbers(column, pairings, of: first.reference)
    }
    var result: [[DriftComparison]] = []
    var references = LastSample<FiniteSample>()
    var currents = LastSample<FiniteSample>()
    for pairing in pairings {
      try control.check()
      // The window before was sorted as a current sample already.
      let known =
        cells.hasReferenceTable
        ? references[pairing.reference]
        : references[pairing.reference] ?? currents[pairing.reference]
      let reference: FiniteSample
      if let known {
        reference = known
      } else if case .numbers(let numbers)? = column.profile {
        reference = FiniteSample(numbers)
      } else {
        reference = try FiniteSample(
          column.reference, pairing.reference, of: cells.referenceRows, control: control)
      }
      let current = try FiniteSample(
        column.current, pairing.current, of: cells.currentRows, control: control)
      references.keep(reference, pairing.reference)
      currents.keep(current, pairing.current)
      result.append(compare(column, reference, current, nil))
    }
    return result
  }

  /// The comparisons of windows with one reference, whose values are looked up in it together.
  private func numbers(
    _ column: DriftFeatureColumn, _ pairings: ArraySlice<DriftCells.Pairing>, of range: Range<Int>
  ) throws(RunControl.Interruption) -> [[DriftComparison]] {
    let reference = try FiniteSample(
      column.reference, range, of: cells.referenceRows, control: control
    ).withSums()
    var currents: [FiniteSample] = []
    for pairing in pairings {
      try control.check()
      currents.append(
        try FiniteSample(column.current, pairing.current, of: cells.currentRows, control: control))
    }
    let gaps = reference.gaps(to: currents)
    var result: [[DriftComparison]] = []
    for (current, gap) in zip(currents, gaps) {
      try control.check()
      result.append(compare(column, reference, current, gap))
    }
    return result
  }

  private func compare(
    _ column: DriftFeatureColumn, _ reference: FiniteSample, _ current: FiniteSample,
    _ gap: DistributionGap?
  ) -> [DriftComparison] {
    let pair = SortedPair(reference, current, knownGap: gap)
    // Evidently takes an integer column of few values for a category.
    let distinct =
      settings.tool == .evidently && column.feature.type == .int
      ? pair.distinctCounts(limit: 10) : nil
    var finding = distinct.map { settings.compare($0.counts) } ?? settings.compare(pair)
    let type = distinct == nil ? "number" : "category"
    finding.noteLeftOut(reference, current)
    withExtendedLifetime((reference, current)) {}
    var rows = [
      DriftComparison(
        feature: column.feature.name, type: type, finding: finding,
        referenceCount: reference.valueCount, currentCount: current.count,
        missingReference: reference.missingCount, missingCurrent: current.missingCount)
    ]
    rows += missing(
      column.feature.name, reference.rowCount, current.rowCount, reference.missingCount,
      current.missingCount)
    return rows
  }

  private func categories(
    _ column: DriftFeatureColumn, _ pairings: ArraySlice<DriftCells.Pairing>
  ) throws(RunControl.Interruption) -> [[DriftComparison]] {
    var result: [[DriftComparison]] = []
    var references = LastSample<CategorySample>()
    for pairing in pairings {
      try control.check()
      let reference: CategorySample
      if let known = references[pairing.reference] {
        reference = known
      } else if case .categories(let categories)? = column.profile {
        reference = column.counts(of: categories)
      } else {
        reference = column.counts(
          column.reference, pairing.reference, of: cells.referenceRows)
      }
      let current = column.counts(column.current, pairing.current, of: cells.currentRows)
      references.keep(reference, pairing.reference)
      result.append(compare(column, reference, current))
    }
    return result
  }

  private func compare(
    _ column: DriftFeatureColumn, _ reference: CategorySample, _ current: CategorySample
  ) -> [DriftComparison] {
    var counts = CountPair(reference: [], current: [])
    var newRanks: [Int] = []
    for rank in reference.counts.indices {
      let (first, second) = (reference.counts[rank], current.counts[rank])
      if first + second == 0 { continue }
      counts.reference.append(first)
      counts.current.append(second)
      if first == 0 { newRanks.append(rank) }
    }
    let (n, m) = (counts.referenceTotal, counts.currentTotal)
    let name = column.feature.name
    var rows = [
      DriftComparison(
        feature: name, type: "category", finding: settings.compare(counts), referenceCount: n,
        currentCount: m, missingReference: reference.missing, missingCurrent: current.missing)
    ]
    rows += missing(
      name, n + reference.missing, m + current.missing, reference.missing, current.missing)
    guard settings.isAutomatic, !newRanks.isEmpty, n > 0 else { return rows }
    let unseen = newRanks.reduce(0) { $0 + current.counts[$1] }
    var finding = settings.compare(
      CountPair(reference: [n, 0], current: [m - unseen, unseen]))
    let shown = newRanks.sorted { current.counts[$0] > current.counts[$1] }.prefix(5)
      .map { "\(column.text(of: $0)) (\(current.counts[$0]))" }
    let more = newRanks.count > 5 ? ", … \(newRanks.count - 5) more" : ""
    finding.notes.insert("new: " + shown.joined(separator: ", ") + more, at: 0)
    rows.append(
      DriftComparison(
        feature: "\(name) (new categories)", type: "new categories", finding: finding,
        referenceCount: n, currentCount: m, missingReference: reference.missing,
        missingCurrent: current.missing))
    return rows
  }

  /// The share of missing values as a feature of its own, where some are missing.
  private func missing(
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
}

/// The sample that was made last, which windows of one key share or hand on.
private struct LastSample<Sample> {
  private var kept: (range: Range<Int>, sample: Sample)?

  subscript(range: Range<Int>) -> Sample? {
    guard let kept, kept.range == range else { return nil }
    return kept.sample
  }

  mutating func keep(_ sample: Sample, _ range: Range<Int>) { kept = (range, sample) }
}

extension DriftFinding {
  /// Notes in the recipe what rows were left out for want of a finite number.
  fileprivate mutating func noteLeftOut(_ reference: FiniteSample, _ current: FiniteSample) {
    var parts: [String] = []
    for (side, sample) in [("reference", reference), ("current", current)] {
      let counts = [
        (sample.missingCount, "missing"), (sample.nanCount, "NaN"),
        (sample.infiniteCount, "infinite"),
      ].filter { $0.0 > 0 }
      guard !counts.isEmpty else { continue }
      parts.append(counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ") + " of " + side)
    }
    guard !parts.isEmpty else { return }
    recipe += (recipe.isEmpty ? "" : "; ") + "left out: " + parts.joined(separator: "; ")
  }
}
