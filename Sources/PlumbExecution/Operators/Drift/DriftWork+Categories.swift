import PlumbColumns
import PlumbFunctions
import PlumbPlan
import PlumbStatistics

extension DriftWork {
  func categories(
    _ column: DriftFeatureColumn, _ pairings: ArraySlice<DriftCells.Pairing>
  ) throws(RunControl.Interruption) -> [[DriftComparison]] {
    var result: [[DriftComparison]] = []
    var references = LastSample<(CategorySample, DriftSettings)>()
    for pairing in pairings {
      try control.check()
      let (reference, settings): (CategorySample, DriftSettings)
      if let profile = column.profile {
        settings = self.settings
        if case .categories(let categories)? = profile.content(pairing.group, of: cells) {
          reference = column.counts(of: categories)
        } else {
          reference = column.counts(column.reference, 0..<0, of: nil)
        }
      } else if let known = references[pairing.reference] {
        (reference, settings) = known
      } else {
        reference = column.counts(column.reference, pairing.reference, of: cells.referenceRows)
        settings = try learning(from: pairing.reference) { chunk in
          let chunk = column.counts(column.reference, chunk, of: cells.referenceRows)
          return self.settings.compare(chunk.paired(to: reference)).statistic
        }
        references.keep((reference, settings), pairing.reference)
      }
      let current = column.counts(column.current, pairing.current, of: cells.currentRows)
      result.append(compare(column, reference, current, settings))
    }
    return result
  }

  private func compare(
    _ column: DriftFeatureColumn, _ reference: CategorySample, _ current: CategorySample,
    _ settings: DriftSettings
  ) -> [DriftComparison] {
    let counts = current.paired(to: reference)
    let (n, m) = (counts.referenceTotal, counts.currentTotal)
    let name = column.feature.name
    var rows = [
      DriftComparison(
        feature: name, type: "category", finding: settings.compare(counts), referenceCount: n,
        currentCount: m, missingReference: reference.missing, missingCurrent: current.missing)
    ]
    rows += missing(
      name, n + reference.missing, m + current.missing, reference.missing, current.missing)
    guard settings.isAutomatic, n > 0 else { return rows }
    let newRanks = current.counts.indices.filter {
      reference.counts[$0] == 0 && current.counts[$0] > 0
    }
    guard !newRanks.isEmpty else { return rows }
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
}

extension CategorySample {
  /// The counts of the categories that occur in a reference or here, in the order of their texts.
  fileprivate func paired(to reference: CategorySample) -> CountPair {
    var counts = CountPair(reference: [], current: [])
    for (first, second) in zip(reference.counts, self.counts) where first + second > 0 {
      counts.reference.append(first)
      counts.current.append(second)
    }
    return counts
  }
}
