import PlumbColumns
import PlumbFunctions
import PlumbPlan
import PlumbStatistics

extension DriftWork {
  func numbers(
    _ column: DriftFeatureColumn, _ pairings: ArraySlice<DriftCells.Pairing>
  ) throws(RunControl.Interruption) -> [[DriftComparison]] {
    if column.profile == nil, settings.comparesFewBins { return try binned(column, pairings) }
    if column.profile == nil, pairings.count > 2, settings.comparesDistributions,
      let first = pairings.first,
      pairings.allSatisfy({ $0.reference == first.reference })
    {
      return try numbers(column, pairings, of: first.reference)
    }
    var result: [[DriftComparison]] = []
    var references = LastSample<(FiniteSample, DriftSettings)>()
    var currents = LastSample<FiniteSample>()
    for pairing in pairings {
      try control.check()
      let (reference, settings): (FiniteSample, DriftSettings)
      if let profile = column.profile {
        settings = self.settings
        if case .numbers(let numbers)? = profile.content(pairing.group, of: cells) {
          reference = FiniteSample(numbers)
        } else {
          reference = .empty
        }
      } else if let known = references[pairing.reference] {
        (reference, settings) = known
      } else {
        // The window before was sorted as a current sample already.
        if !cells.hasReferenceTable, let known = currents[pairing.reference] {
          reference = known
        } else {
          reference = try sample(column.reference, pairing.reference, cells.referenceRows)
        }
        settings = try learning(column, from: pairing.reference, of: reference)
      }
      let current = try sample(column.current, pairing.current, cells.currentRows)
      references.keep((reference, settings), pairing.reference)
      currents.keep(current, pairing.current)
      result.append(compare(column, reference, current, nil, settings))
    }
    return result
  }

  private func sample(
    _ column: Column, _ positions: Range<Int>, _ rows: Values<UInt32>?
  ) throws(RunControl.Interruption) -> FiniteSample {
    try FiniteSample(column, positions, of: rows, control: control)
  }

  /// The settings with the limit that is learnt from a reference of numbers.
  private func learning(
    _ column: DriftFeatureColumn, from range: Range<Int>, of reference: FiniteSample
  ) throws(RunControl.Interruption) -> DriftSettings {
    try learning(from: range) { (chunk) throws(RunControl.Interruption) in
      let chunk = try sample(column.reference, chunk, cells.referenceRows)
      return withExtendedLifetime((reference, chunk)) {
        settings.compare(SortedPair(reference, chunk)).statistic
      }
    }
  }

  /// The comparisons of windows with one reference, whose values are looked up in it together.
  private func numbers(
    _ column: DriftFeatureColumn, _ pairings: ArraySlice<DriftCells.Pairing>, of range: Range<Int>
  ) throws(RunControl.Interruption) -> [[DriftComparison]] {
    let reference = try sample(column.reference, range, cells.referenceRows).withSums()
    let settings = try learning(column, from: range, of: reference)
    var currents: [FiniteSample] = []
    for pairing in pairings {
      try control.check()
      currents.append(try sample(column.current, pairing.current, cells.currentRows))
    }
    let gaps = reference.gaps(to: currents)
    var result: [[DriftComparison]] = []
    for (current, gap) in zip(currents, gaps) {
      try control.check()
      result.append(compare(column, reference, current, gap, settings))
    }
    return result
  }

  private func compare(
    _ column: DriftFeatureColumn, _ reference: FiniteSample, _ current: FiniteSample,
    _ gap: DistributionGap?, _ settings: DriftSettings
  ) -> [DriftComparison] {
    let pair = SortedPair(reference, current, knownGap: gap)
    // Evidently takes an integer column of few values for a category.
    let distinct =
      settings.tool == .evidently && column.feature.type == .int
      ? pair.distinctCounts(limit: 10) : nil
    let finding = distinct.map { settings.compare($0.counts) } ?? settings.compare(pair)
    withExtendedLifetime((reference, current)) {}
    return comparisons(
      column, distinct == nil ? "number" : "category", finding,
      (reference.valueCount, reference.leftOut), (current.count, current.leftOut))
  }

  private func comparisons(
    _ column: DriftFeatureColumn, _ type: String, _ finding: DriftFinding,
    _ reference: (count: Int, leftOut: LeftOutRows), _ current: (count: Int, leftOut: LeftOutRows)
  ) -> [DriftComparison] {
    var finding = finding
    finding.noteLeftOut(reference.leftOut, current.leftOut)
    return [
      DriftComparison(
        feature: column.feature.name, type: type, finding: finding,
        referenceCount: reference.count, currentCount: current.count,
        missingReference: reference.leftOut.missing, missingCurrent: current.leftOut.missing)
    ]
      + missing(
        column.feature.name, reference.count + reference.leftOut.total,
        current.count + current.leftOut.total, reference.leftOut.missing, current.leftOut.missing)
  }
}

extension DriftWork {
  /// The comparisons of how many numbers lie in bins of the reference, for which nothing is sorted.
  private func binned(
    _ column: DriftFeatureColumn, _ pairings: ArraySlice<DriftCells.Pairing>
  ) throws(RunControl.Interruption) -> [[DriftComparison]] {
    var result: [[DriftComparison]] = []
    var references = LastSample<BinnedReference>()
    for pairing in pairings {
      try control.check()
      let reference: BinnedReference
      if let known = references[pairing.reference] {
        reference = known
      } else {
        reference = BinnedReference(
          try FiniteNumbers(
            column.reference, pairing.reference, of: cells.referenceRows, control: control),
          bins: settings.bins)
        references.keep(reference, pairing.reference)
      }
      let current = try FiniteNumbers(
        column.current, pairing.current, of: cells.currentRows, control: control)
      let counts = withExtendedLifetime(current) {
        CountPair(
          reference: reference.counts, current: reference.edges.counts(ofUnsorted: current.all))
      }
      result.append(
        comparisons(
          column, "number", settings.compare(counts, in: reference.edges),
          (reference.count, reference.leftOut), (current.count, current.leftOut)))
    }
    return result
  }
}

/// Where the bins of a reference meet, and how many of its numbers lie in each.
private struct BinnedReference {
  let edges: BinEdges
  let counts: [Int]
  let count: Int
  let leftOut: LeftOutRows

  init(_ numbers: FiniteNumbers, bins: Int) {
    (count, leftOut) = (numbers.count, numbers.leftOut)
    edges =
      numbers.count > 0
      ? BinEdges.quantiles(ofUnsorted: numbers.all, bins: bins)
      : BinEdges([], shape: .openRightClosed)
    counts = edges.counts(ofUnsorted: numbers.all)
    withExtendedLifetime(numbers) {}
  }
}
