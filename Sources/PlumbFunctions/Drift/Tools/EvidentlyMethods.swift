import Glibc
import PlumbStatistics

/// Evidently's statistics as version 0.7 computes them, with its limits.
enum EvidentlyMethods {
  static let all: [DriftMethod] = [
    DriftMethod(
      "ks", summary: "The p-value of `ks`.", limit: .pValue(0.05, orAt: true),
      numbers: .distributions { pair in
        KolmogorovSmirnov(pair).map {
          DriftMethod.Measured($0.distance, pValue: $0.pValue, recipe: "as Evidently's `ks`")
        }
      }),
    DriftMethod(
      "wasserstein",
      summary: "Wasserstein over the reference's standard deviation, at least 0.001.",
      limit: .statistic(0.1),
      numbers: .distributions { pair in
        pair.wasserstein.map {
          DriftMethod.Measured(
            $0 / max(pair.referenceDeviation, 0.001),
            recipe: "wasserstein over max(population standard deviation of the reference, 0.001)")
        }
      }),
    ofShares("psi", "The population stability index.", isFilled: true, \.stabilityIndex),
    ofShares(
      "jensenshannon", aliases: ["js"], "The distance of Jensen and Shannon, natural logarithm.",
      isFilled: false
    ) { $0.jensenShannonDivergence.squareRoot() },
    ofShares(
      "kl_div", aliases: ["kl"], "The divergence of Kullback and Leibler.", isFilled: true
    ) { $0.renormalized.kullbackLeibler },
    DriftMethod(
      "hellinger", summary: "The distance of Hellinger.", limit: .statistic(0.1),
      numbers: .values { pair in
        guard let range = pair.range else { return nil }
        // Over the distinct values, not over all.
        let edges = BinEdges.sturges(range, count: pair.distinctCount)
        return edges.counts(of: pair).shares.map {
          hellinger($0, "\(edges.binCount) equal bins after Sturges over the distinct values")
        }
      }, categories: { counts in counts.shares.map { hellinger($0, "by category") } }),
    test("anderson_darling", "anderson", .pValue(0.1, orAt: false)) { pair in
      AndersonDarling(pair).map { ($0.statistic, $0.pValue) }
    },
    test("cramer_von_mises", "cramer_von_mises", .pValue(0.1, orAt: true)) { pair in
      CramerVonMises(pair).map { ($0.statistic, $0.pValue) }
    },
    test("t_test", "t_test", .pValue(0.05, orAt: false)) { pair in
      MeanDifference.student(pair).map { ($0.statistic, $0.pValue) }
    },
    test("epps_singleton", "es", .pValue(0.05, orAt: false)) { pair in
      EppsSingleton(pair).map { ($0.statistic, $0.pValue) }
    },
    test("mann_whitney", "mannw", .pValue(0.05, orAt: false)) { pair in
      MannWhitney(pair).map { ($0.statistic, $0.automaticPValueReferenceLess) }
    },
    DriftMethod(
      "ed", aliases: ["energy_distance"], summary: "The energy distance.", limit: .above(0.1),
      numbers: .values { pair in
        DriftMethod.Measured(pair.energyDistance, recipe: "root of twice the squared area")
      }),
    DriftMethod(
      "chisquare", aliases: ["chi2"],
      summary: "Goodness of fit with the reference as expectation.",
      limit: .pValue(0.05, orAt: false), categories: fit),
    DriftMethod(
      "z", summary: "Two proportions: the first category against all others.",
      limit: .pValue(0.05, orAt: false), categories: proportions),
    DriftMethod(
      "g_test", aliases: ["g"],
      summary: "The likelihood ratio with the reference as expectation, for samples of one size.",
      limit: .pValue(0.1, orAt: false), categories: likelihoodRatio),
    DriftMethod(
      "fisher_exact", summary: "Fisher's exact test of two categories, for samples of one size.",
      limit: .pValue(0.1, orAt: false),
      categories: { counts in
        var found = counts.needingOneSize("Fisher's exact test, two-sided") {
          (nil, fisherExactPValue(counts))
        }
        if counts.usedCategories.categoryCount > 2 {
          found?.notes = ["Fisher's exact test is about two categories"]
        }
        return found
      }),
    DriftMethod(
      "TVD", aliases: ["total_variation"],
      summary: "The total variation distance with a p-value by dividing the values anew.",
      limit: .pValue(0.1, orAt: false),
      categories: { counts in
        DriftMethod.Measured(
          counts.shares?.totalVariation, pValue: counts.shareOfDivisionsAsFar(1000, seed: 1),
          recipe: "total variation by category, p by 1000 random divisions")
      }),
    DriftMethod(
      "empirical_mmd", aliases: ["mmd"],
      summary: "The maximum mean discrepancy with a p-value by dividing the values anew.",
      limit: .pValue(0.1, orAt: false), numbers: .values(discrepancy)),
  ]

  /// The values of a sample that are compared in pairs.
  private static let discrepancyLimit = 1000

  @Sendable private static func discrepancy(_ pair: SortedPair) -> DriftMethod.Measured? {
    func drawn(_ values: UnsafeBufferPointer<Double>) -> [Double] {
      MaximumMeanDiscrepancy.drawn(values.count, limit: discrepancyLimit).map { values[$0] }
    }
    return MaximumMeanDiscrepancy(
      reference: drawn(pair.reference), current: drawn(pair.current), columns: 1
    ).map {
      DriftMethod.Measured(
        $0.statistic, pValue: Double($0.divisionsAsFar(100, seed: 1)) / 100,
        recipe: "squared MMD, unbiased, Gaussian kernel of the median width, at most "
          + "\(discrepancyLimit) values a side drawn; p by 100 random divisions")
    }
  }

  @Sendable private static func likelihoodRatio(_ counts: CountPair) -> DriftMethod.Measured? {
    let degrees = counts.usedCategories.categoryCount - 1
    return counts.needingOneSize("likelihood ratio to the reference, df \(degrees)") {
      var sum = 0.0
      for (reference, current) in zip(counts.reference, counts.current) where current > 0 {
        sum += 2 * Double(current) * log(Double(current) / Double(reference))
      }
      return (sum, chiSquareUpperTail(sum, degrees: Double(degrees)))
    }
  }

  /// What Evidently picks: tests up to 1000 rows of reference, distances above.
  static func choice(_ pair: SortedPair) -> String {
    let distinct = pair.distinctCounts(limit: 5)?.counts.categoryCount
    guard let distinct else { return pair.referenceCount <= 1000 ? "ks" : "wasserstein" }
    if pair.referenceCount > 1000 { return "jensenshannon" }
    return distinct > 2 ? "chisquare" : "z"
  }

  static func choice(_ counts: CountPair) -> String {
    if counts.referenceTotal > 1000 { return "jensenshannon" }
    return zip(counts.reference, counts.current).count { $0 + $1 > 0 } > 2 ? "chisquare" : "z"
  }

  private static func test(
    _ own: String, _ name: String, _ limit: DriftMethod.Limit,
    _ measure: @escaping @Sendable (SortedPair) -> (Double, Double)?
  ) -> DriftMethod {
    DriftMethod(
      name, aliases: own == name ? [] : [own], summary: "The p-value of `\(own)`.", limit: limit,
      numbers: .values { pair in
        measure(pair).map {
          DriftMethod.Measured($0.0, pValue: $0.1, recipe: "as Evidently's `\(name)`")
        }
      })
  }

  private static func ofShares(
    _ name: String, aliases: [String] = [], _ summary: String, isFilled: Bool,
    _ measure: @escaping @Sendable (SharePair) -> Double
  ) -> DriftMethod {
    @Sendable func measured(_ counts: CountPair, _ recipe: String) -> DriftMethod.Measured? {
      counts.shares.map {
        DriftMethod.Measured(
          measure(isFilled ? $0.filled : $0), recipe: recipe + (isFilled ? ", zeros filled" : ""))
      }
    }
    return DriftMethod(
      name, aliases: aliases, summary: summary, limit: .statistic(0.1),
      numbers: .values { pair in
        let reference = SortedPair(reference: pair.reference, current: pair.reference)
        if reference.distinctCounts(limit: 20) != nil {
          return pair.distinctCounts(limit: .max).flatMap {
            measured($0.counts, "by distinct value")
          }
        }
        guard let range = pair.range else { return nil }
        let edges = BinEdges.sturges(range, count: pair.referenceCount + pair.currentCount)
        return measured(
          edges.counts(of: pair),
          "\(edges.binCount) equal bins [a, b) after Sturges over \(range.lowerBound)…\(range.upperBound)"
        )
      }, categories: { measured($0, "by category") })
  }

  private static func hellinger(_ shares: SharePair, _ recipe: String) -> DriftMethod.Measured {
    var overlap = 0.0
    for (p, q) in zip(shares.reference, shares.current) { overlap += (p * q).squareRoot() }
    return DriftMethod.Measured((1 - min(1, max(0, overlap))).squareRoot(), recipe: recipe)
  }

  @Sendable private static func fit(_ counts: CountPair) -> DriftMethod.Measured? {
    guard !counts.isLacking else { return nil }
    let ratio = Double(counts.currentTotal) / Double(counts.referenceTotal)
    var (sum, categories) = (0.0, 0)
    for (reference, current) in zip(counts.reference, counts.current)
    where reference + current > 0 {
      categories += 1
      let expected = Double(reference) * ratio
      let distance = Double(current) - expected
      sum += reference == 0 ? .infinity : distance * distance / expected
    }
    return DriftMethod.Measured(
      sum, pValue: chiSquareUpperTail(sum, degrees: Double(categories - 1)),
      recipe: "chi-square fit of current to the reference's shares, df \(categories - 1)")
  }

  @Sendable private static func proportions(_ counts: CountPair) -> DriftMethod.Measured? {
    let used = zip(counts.reference, counts.current).filter { $0 + $1 > 0 }
    let recipe = "pooled z of the first category against all others"
    guard let first = used.first, !counts.isLacking else { return nil }
    if used.count == 1 { return DriftMethod.Measured(0, pValue: 1, recipe: recipe) }
    let (n, m) = (counts.referenceTotal, counts.currentTotal)
    let test = ProportionTest(reference: n - first.0, of: n, current: m - first.1, of: m)
    return test.map {
      // As the tool has it: from the distribution function, whose tail ends at 1e-16.
      let below = 1 - normalUpperTail(abs($0.statistic))
      return DriftMethod.Measured($0.statistic, pValue: 2 * (1 - below), recipe: recipe)
    }
  }
}

extension CountPair {
  /// What a test gives that Evidently makes of samples of one size alone.
  fileprivate func needingOneSize(
    _ recipe: String, _ test: () -> (statistic: Double?, pValue: Double?)
  ) -> DriftMethod.Measured? {
    guard !isLacking else { return nil }
    guard referenceTotal == currentTotal else {
      return DriftMethod.Measured(
        nil, recipe: recipe,
        notes: [
          "Evidently has this test for samples of one size, not of \(referenceTotal) and "
            + "\(currentTotal)"
        ])
    }
    let found = test()
    return DriftMethod.Measured(found.statistic, pValue: found.pValue, recipe: recipe)
  }
}

extension SharePair {
  /// With 1e-4 in place of zeros, or a millionth of the least share where that is at most 1e-4.
  fileprivate var filled: SharePair {
    func filled(_ shares: [Double]) -> [Double] {
      let least = shares.filter { $0 != 0 }.min() ?? 1
      let stand = least <= 0.0001 ? least / 1e6 : 0.0001
      return shares.map { $0 == 0 ? stand : $0 }
    }
    return SharePair(reference: filled(reference), current: filled(current))
  }

  /// With shares that sum to 1.
  fileprivate var renormalized: SharePair {
    let (n, m) = (reference.reduce(0, +), current.reduce(0, +))
    return SharePair(reference: reference.map { $0 / n }, current: current.map { $0 / m })
  }
}
