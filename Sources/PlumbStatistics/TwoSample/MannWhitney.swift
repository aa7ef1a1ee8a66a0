/// The rank-sum test of Mann and Whitney (1947): whether the values of one sample tend to be
/// greater than those of the other.
package struct MannWhitney: Sendable, Equatable {
  /// U of the reference: the pairs in which the reference's value is the greater, ties half.
  package let statistic: Double
  package let referenceCount: Int
  package let currentCount: Int
  /// Whether some value occurs more than once.
  package let isTied: Bool
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
    isTied = tieSum > 0
    referenceCount = pair.referenceCount
    currentCount = pair.currentCount
    variance = n * m / 12 * ((total + 1) - tieSum / (total * (total - 1)))
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

  /// The size of the smaller sample up to which SciPy counts all orders, where no values are tied.
  package static let exactLimit = 8

  /// Whether SciPy counts orders.
  package var isCounted: Bool { !isTied && min(referenceCount, currentCount) <= Self.exactLimit }

  /// The two-sided p-value as SciPy chooses it: counted for small samples without ties.
  package var automaticPValue: Double { isCounted ? exactPValue : pValue }

  /// The two-sided p-value among all orders of different values.
  package var exactPValue: Double {
    let product = Double(referenceCount) * Double(currentCount)
    return min(1, 2 * countedTail(max(statistic, product - statistic)))
  }

  /// The same against the alternative that the reference's values are the lesser.
  package var automaticPValueReferenceLess: Double {
    isCounted
      ? countedTail(Double(referenceCount) * Double(currentCount) - statistic)
      : pValueReferenceLess
  }

  /// The share of all orders whose U is at least `u`: by the coefficients of the Gaussian binomial,
  /// whose factors are multiplied and divided one by one (Mann and Whitney 1947).
  private func countedTail(_ u: Double) -> Double {
    let (few, many) = (
      min(referenceCount, currentCount), max(referenceCount, currentCount)
    )
    let greatest = few * many
    var counts = [Double](repeating: 0, count: greatest + 1)
    counts[0] = 1
    for factor in 1...few {
      let step = many + factor
      for place in stride(from: greatest, through: step, by: -1) {
        counts[place] -= counts[place - step]
      }
      for place in stride(from: factor, through: greatest, by: 1) {
        counts[place] += counts[place - factor]
      }
    }
    let all = counts.reduce(0, +)
    let first = min(max(0, Int(u.rounded(.up))), greatest + 1)
    // Of both tails the lower: its sum cancels nothing.
    let least = greatest - first
    return least < 0 ? 0 : counts[...least].reduce(0, +) / all
  }

  private func tail(_ u: Double) -> Double {
    let mean = Double(referenceCount) * Double(currentCount) / 2
    guard variance > 0 else { return 1 }
    return normalUpperTail((u - mean - 0.5) / variance.squareRoot())
  }
}
