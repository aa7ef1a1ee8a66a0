import Glibc

/// The two-sided p-value of the exact test of Fisher (1922) of two categories: the probability of
/// all tables with these margins that are no more likely than the given one.
///
/// As SciPy, it takes tables for equally likely whose probabilities differ by 1e-14 of them. Absent
/// when a sample is empty or there are more than two categories; 1 for a single one.
package func fisherExactPValue(_ counts: CountPair) -> Double? {
  guard !counts.isLacking else { return nil }
  let used = counts.usedCategories
  guard used.categoryCount <= 2 else { return nil }
  if used.categoryCount < 2 { return 1 }
  let (n, m) = (used.referenceTotal, used.currentTotal)
  let first = used.reference[0] + used.current[0]
  let law = HypergeometricLaw(marked: first, unmarked: n + m - first, drawn: n)
  let limit = law.logProbability(used.reference[0]) + 1e-14
  var sum = 0.0
  for count in law.range {
    let logProbability = law.logProbability(count)
    if logProbability <= limit { sum += exp(logProbability) }
  }
  return min(1, sum)
}

extension CountPair {
  /// Without the categories that neither sample has.
  package var usedCategories: CountPair {
    let used = zip(reference, current).filter { $0 + $1 > 0 }
    return CountPair(reference: used.map(\.0), current: used.map(\.1))
  }
}
