extension CountPair {
  /// The share of `divisions` random divisions of all values into samples of these sizes whose
  /// total variation distance is at least that of the given one. Absent when a sample is empty.
  package func shareOfDivisionsAsFar(_ divisions: Int, seed: UInt64) -> Double? {
    guard let observed = shares?.totalVariation else { return nil }
    var random = SplitMix(seed: seed)
    let used = usedCategories
    let both = zip(used.reference, used.current).map { $0 + $1 }
    let n = used.referenceTotal
    var atLeast = 0
    for _ in 0..<divisions {
      // Category by category, of what is left of the values and of the places.
      var (left, places) = (both.reduce(0, +), n)
      var drawn = CountPair(reference: [], current: [])
      for count in both {
        let law = HypergeometricLaw(marked: count, unmarked: left - count, drawn: places)
        let inReference = law.draw(&random)
        drawn.reference.append(inReference)
        drawn.current.append(count - inReference)
        left -= count
        places -= inReference
      }
      if (drawn.shares?.totalVariation ?? 0) >= observed { atLeast += 1 }
    }
    return Double(atLeast) / Double(divisions)
  }
}
