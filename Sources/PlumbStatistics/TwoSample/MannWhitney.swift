/// The rank-sum test of Mann and Whitney (1947): whether the values of one sample tend to be
/// greater than those of the other.
package struct MannWhitney: Sendable, Equatable {
  /// U of the reference: the pairs in which the reference's value is the greater, ties half.
  package let statistic: Double
  package let referenceCount: Int
  package let currentCount: Int
  /// The variance of U, reduced for ties.
  private let variance: Double

  /// Absent when a sample is empty.
  package init?(_ pair: SortedPair) {
    guard !pair.isLacking else { return nil }
    var (rankSum, tieSum) = (0.0, 0.0)
    pair.forEachDistinct { ranks in
      let tied = Double(ranks.tied)
      let before = ranks.referenceBelow &+ ranks.currentBelow
      let rank = Double(before) + (tied + 1) / 2
      rankSum += rank * Double(ranks.referenceUpTo &- ranks.referenceBelow)
      tieSum += tied * tied * tied - tied
    }
    let (n, m) = (Double(pair.referenceCount), Double(pair.currentCount))
    let total = n + m
    statistic = rankSum - n * (n + 1) / 2
    referenceCount = pair.referenceCount
    currentCount = pair.currentCount
    variance = n * m / 12 * ((total + 1) - tieSum / (total * (total - 1)))
  }

  /// The share of pairs in which the current value is the greater, ties half: 0.5 where neither
  /// tends to be greater.
  package var probabilityOfGreater: Double {
    1 - statistic / (Double(referenceCount) * Double(currentCount))
  }

  /// The two-sided p-value by the normal approximation with continuity correction.
  package var pValue: Double {
    let product = Double(referenceCount) * Double(currentCount)
    return min(1, 2 * tail(max(statistic, product - statistic)))
  }

  /// The p-value against the alternative that the reference's values are the lesser.
  package var pValueReferenceLess: Double {
    tail(Double(referenceCount) * Double(currentCount) - statistic)
  }

  private func tail(_ u: Double) -> Double {
    let mean = Double(referenceCount) * Double(currentCount) / 2
    guard variance > 0 else { return 1 }
    return normalUpperTail((u - mean - 0.5) / variance.squareRoot())
  }
}
