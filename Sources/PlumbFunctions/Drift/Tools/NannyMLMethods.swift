import PlumbStatistics

/// NannyML's univariate methods as version 0.13 computes them for one chunk. Its limits are learnt
/// from chunks of the reference, so that only the chi-square test has one here.
enum NannyMLMethods {
  static let all: [DriftMethod] = [
    ofShares(
      "jensen_shannon", ["js", "jensenshannon"],
      "The distance of Jensen and Shannon, base 2.", \.jensenShannonDistance),
    ofShares("hellinger", [], "The distance of Hellinger.", \.hellinger),
    DriftMethod(
      "kolmogorov_smirnov", aliases: ["ks"],
      summary: "The statistic of Kolmogorov and Smirnov; estimated from 10,000 reference rows on.",
      limit: .none
    ) { pair, _ in
      guard pair.referenceCount >= 10_000 else {
        return DriftMethod.Measured(KolmogorovSmirnov(pair)?.distance, recipe: "exact")
      }
      return DriftMethod.Measured(
        estimatedDistance(pair),
        recipe: "estimated at the right edges of 10,000 equal bins of the reference's range")
    },
    DriftMethod(
      "wasserstein", summary: "The distance of Wasserstein, in the feature's unit.", limit: .none
    ) { pair, _ in
      DriftMethod.Measured(
        pair.wasserstein, recipe: "exact",
        notes: pair.referenceCount >= 10_000
          ? ["NannyML estimates this from 10,000 reference rows on; here it is exact"] : [])
    },
    DriftMethod(
      "chi2",
      summary: "The chi-square test with the correction of Yates where there are two categories.",
      limit: .pValue(0.05, orAt: false),
      categories: { counts in
        let test = ChiSquareTest(counts, isCorrected: true)
        return DriftMethod.Measured(
          test?.statistic, pValue: test?.pValue, recipe: "2xk table, Yates for 2x2")
      }),
    DriftMethod(
      "l_infinity", summary: "The greatest change of a share.", limit: .none,
      categories: { counts in
        counts.shares.map {
          DriftMethod.Measured($0.greatestDifference, recipe: "by category")
        }
      }),
  ]

  private static func ofShares(
    _ name: String, _ aliases: [String], _ summary: String,
    _ measure: @escaping @Sendable (SharePair) -> Double
  ) -> DriftMethod {
    DriftMethod(
      name, aliases: aliases, summary: summary, limit: .none,
      numbers: { pair, _ in
        guard let edges = BinEdges.doane(of: pair.reference) else { return nil }
        var counts = edges.counts(of: pair)
        let outside = pair.currentCount - counts.currentTotal
        if outside > 0 { counts = counts.appending(reference: 0, current: outside) }
        return counts.shares.map {
          DriftMethod.Measured(
            measure($0),
            recipe: "\(edges.binCount) equal bins after Doane over the reference, one for the rest")
        }
      },
      categories: { counts in
        // Categories that the reference has not are one.
        var pooled = CountPair(reference: [], current: [])
        var unseen = 0
        for (reference, current) in zip(counts.reference, counts.current) {
          if reference == 0 {
            unseen += current
          } else {
            pooled = pooled.appending(reference: reference, current: current)
          }
        }
        if unseen > 0 { pooled = pooled.appending(reference: 0, current: unseen) }
        return pooled.shares.map {
          DriftMethod.Measured(
            measure($0), recipe: "by category of the reference, one for the rest")
        }
      })
  }

  private static func estimatedDistance(_ pair: SortedPair) -> Double? {
    guard let low = pair.reference.first, let high = pair.reference.last else { return nil }
    let edges = BinEdges.equalWidth(low...high, bins: 10_000).edges
    let (n, m) = (Double(pair.referenceCount), Double(pair.currentCount))
    var greatest = 0.0
    for (index, edge) in edges.enumerated().dropFirst() {
      let isLast = index == edges.count - 1
      let reference = isLast ? pair.reference.countUpTo(edge) : pair.reference.countBelow(edge)
      let current = isLast ? pair.current.countUpTo(edge) : pair.current.countBelow(edge)
      greatest = max(greatest, abs(Double(reference) / n - Double(current) / m))
    }
    return greatest
  }
}
