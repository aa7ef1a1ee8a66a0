import Glibc

/// Pearson's test (1900) of whether two samples have the same shares of categories: the table of
/// two rows and a column for each category that occurs.
package struct ChiSquareTest: Sendable, Equatable {
  package let statistic: Double
  /// The categories that occur, less one.
  package let degrees: Int
  /// The values of both samples.
  package let total: Int
  /// Whether fewer than five values are expected somewhere, so that the p-value is rough.
  package let isRough: Bool

  /// `isCorrected`: with the continuity correction of Yates (1934) where there are two
  /// categories. Absent when a sample is empty.
  package init?(_ counts: CountPair, isCorrected: Bool = false) {
    guard !counts.isLacking else { return nil }
    let (n, m) = (Double(counts.referenceTotal), Double(counts.currentTotal))
    var categories = 0
    for index in 0..<counts.categoryCount
    where counts.reference[index] + counts.current[index] > 0 {
      categories += 1
    }
    var (sum, least) = (0.0, Double.infinity)
    for index in 0..<counts.categoryCount {
      let both = Double(counts.reference[index] + counts.current[index])
      if both == 0 { continue }
      for (observed, size) in [(counts.reference[index], n), (counts.current[index], m)] {
        let expected = both * size / (n + m)
        var distance = abs(Double(observed) - expected)
        if isCorrected, categories == 2 { distance -= min(0.5, distance) }
        sum += distance * distance / expected
        least = min(least, expected)
      }
    }
    statistic = sum
    degrees = categories - 1
    total = Int(n + m)
    isRough = categories > 1 && least < 5
  }

  package var pValue: Double { chiSquareUpperTail(statistic, degrees: Double(degrees)) }

  /// Cramér's V (1946), 0 to 1, without correction for chance: for a table of two rows, the root
  /// of the statistic over the number of values.
  package var cramersV: Double { min(1, (statistic / Double(total)).squareRoot()) }
}

/// The likelihood-ratio statistic 2 Σ o ln(o / e) of the same table (Woolf 1957); absent when a
/// sample is empty.
package func likelihoodRatio(_ counts: CountPair) -> Double? {
  guard !counts.isLacking else { return nil }
  let (n, m) = (Double(counts.referenceTotal), Double(counts.currentTotal))
  var sum = 0.0
  for index in 0..<counts.categoryCount {
    let both = Double(counts.reference[index] + counts.current[index])
    for (observed, size) in [(counts.reference[index], n), (counts.current[index], m)]
    where observed > 0 {
      sum += Double(observed) * log(Double(observed) * (n + m) / (both * size))
    }
  }
  return 2 * sum
}
