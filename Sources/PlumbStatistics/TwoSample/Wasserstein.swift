extension SortedPair {
  /// The distance of Wasserstein, W1: the area between the two distribution functions, in the
  /// unit of the values (Vallender 1974). Absent when a sample is empty.
  package var wasserstein: Double? { DistributionGap(self)?.area }

  /// The energy distance √(2 ∫ (F - G)²) (Székely and Rizzo 2013), in the root of the values'
  /// unit. Absent when a sample is empty.
  package var energyDistance: Double? {
    guard !isLacking else { return nil }
    let (n, m) = (Double(referenceCount), Double(currentCount))
    var (sum, error) = (0.0, 0.0)
    var (previous, gap) = (0.0, 0.0)
    forEachDistinct { ranks in
      if gap != 0 {
        // With the rounding errors of the additions (Kahan 1965).
        let piece = gap * gap * (ranks.value - previous) - error
        let next = sum + piece
        error = (next - sum) - piece
        sum = next
      }
      previous = ranks.value
      gap = Double(ranks.referenceUpTo) / n - Double(ranks.currentUpTo) / m
    }
    return (2 * sum).squareRoot()
  }
}

extension SortedPair {
  /// The distance of Wasserstein over the standard deviation of the reference (of the population).
  /// Absent when a sample is empty or the reference is constant.
  package var wassersteinNorm: Double? { DistributionGap(self).flatMap(wassersteinNorm) }

  /// The same of a gap that is known.
  package func wassersteinNorm(_ gap: DistributionGap) -> Double? {
    let deviation = referenceDeviation
    return deviation > 0 ? gap.area / deviation : nil
  }
}
