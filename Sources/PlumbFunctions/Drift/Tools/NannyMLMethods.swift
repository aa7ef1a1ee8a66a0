import PlumbStatistics

/// NannyML's univariate methods as version 0.13 computes them for one chunk. Only the chi-square test
/// has a limit of its own: those of the others are learnt from chunks of the reference.
enum NannyMLMethods {
  static let all: [DriftMethod] = [
    ofShares(
      "jensen_shannon", ["js", "jensenshannon"],
      "The distance of Jensen and Shannon, base 2.", \.jensenShannonDistance),
    ofShares("hellinger", [], "The distance of Hellinger.", \.hellinger),
    DriftMethod(
      "kolmogorov_smirnov", aliases: ["ks"],
      summary:
        "The statistic of Kolmogorov and Smirnov; estimated from 10,000 reference values on.",
      limit: .none,
      numbers: .values { pair in
        guard pair.referenceCount >= estimationCount else {
          return DriftMethod.Measured(KolmogorovSmirnov(pair)?.distance, recipe: "exact")
        }
        return DriftMethod.Measured(
          estimatedDistance(pair),
          recipe:
            "estimated at the right edges of \(estimationCount) equal bins of the reference's range"
        )
      }),
    DriftMethod(
      "wasserstein",
      summary:
        "The distance of Wasserstein, in the feature's unit; estimated from 10,000 reference values on.",
      limit: .none,
      numbers: .distributions { pair in
        guard pair.referenceCount >= estimationCount else {
          return DriftMethod.Measured(pair.wasserstein, recipe: "exact")
        }
        return DriftMethod.Measured(
          estimatedArea(pair),
          recipe: "estimated in \(estimationCount) equal bins of the reference's range")
      }),
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
      numbers: .values { pair in
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

  /// From so many reference values on distances are estimated, in as many bins.
  private static let estimationCount = 10_000

  /// How many values of each sample lie up to the right edge of each bin, and the edges.
  private static func estimationBins(
    _ pair: SortedPair
  ) -> (edges: [Double], upTo: [(reference: Int, current: Int)])? {
    guard let low = pair.reference.first, let high = pair.reference.last else { return nil }
    let edges = BinEdges.equalWidth(low...high, bins: estimationCount).edges
    let upTo = edges.indices.dropFirst().map { index in
      let isLast = index == edges.count - 1
      return (
        isLast ? pair.reference.countUpTo(edges[index]) : pair.reference.countBelow(edges[index]),
        isLast ? pair.current.countUpTo(edges[index]) : pair.current.countBelow(edges[index])
      )
    }
    return (edges, upTo)
  }

  private static func estimatedDistance(_ pair: SortedPair) -> Double? {
    let (n, m) = (Double(pair.referenceCount), Double(pair.currentCount))
    return estimationBins(pair)?.upTo.reduce(0) {
      max($0, abs(Double($1.reference) / n - Double($1.current) / m))
    }
  }

  /// The area between the distribution functions: exact outside the reference's range; within it as
  /// if all values of a bin lay at its left edge, and with one value more below the range where
  /// there are any, as the tool counts it.
  private static func estimatedArea(_ pair: SortedPair) -> Double? {
    guard let (edges, upTo) = estimationBins(pair), let last = edges.last else { return nil }
    let (n, m) = (Double(pair.referenceCount), Double(pair.currentCount))
    let below = pair.current.countBelow(edges[0])
    var area = 0.0
    for rank in 0..<below {
      let next = rank + 1 < below ? pair.current[rank + 1] : edges[0]
      area += Double(rank + 1) / m * (next - pair.current[rank])
    }
    for rank in pair.current.countUpTo(last)..<pair.currentCount {
      let before = rank > 0 ? max(last, pair.current[rank - 1]) : last
      area += Double(pair.currentCount - rank) / m * (pair.current[rank] - before)
    }
    let extra = below > 0 ? 1 / m : 0
    let width = edges[1] - edges[0]
    for (reference, current) in upTo {
      area += abs(Double(reference) / n - Double(current) / m - extra) * width
    }
    return area
  }
}
