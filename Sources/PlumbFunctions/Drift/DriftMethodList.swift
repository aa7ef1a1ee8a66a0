import PlumbStatistics

extension DriftMethod {
  /// The methods of the language.
  package static let all: [DriftMethod] = [
    .psi, .ks, .js, .kl, .wasserstein, .wassersteinNorm, .hellinger, .totalVariation, .lInfinity,
    .chi2, .cramersV, .andersonDarling, .cramerVonMises, .mannWhitney, .tTest, .energyDistance,
    .mmd,
  ]

  static let psi = ofShares(
    "psi", "The population stability index.", isFloored: true, knowsUnchangedLevel: true,
    \.stabilityIndex)

  static let ks = DriftMethod(
    "ks",
    summary: "The test of Kolmogorov and Smirnov: the greatest distance of two distributions.",
    limit: .alpha,
    numbers: .distributions { pair in
      let test = KolmogorovSmirnov(pair)
      let isTooCoarse = test?.isTooCoarse == true
      return Measured(
        test?.distance, pValue: isTooCoarse ? nil : test?.pValue, recipe: ksRecipe(test),
        notes: isTooCoarse ? [coarseNote] : [])
    })

  static let js = ofShares(
    "js", "The distance of Jensen and Shannon, base 2.", \.jensenShannonDistance)

  static let kl = ofShares(
    "kl", "The divergence of Kullback and Leibler from the reference, in nats.", isFloored: true,
    \.kullbackLeibler)

  static let wasserstein = DriftMethod(
    "wasserstein", summary: "The distance of Wasserstein, in the feature's unit.", limit: .none,
    numbers: .distributions { pair in
      Measured(pair.wasserstein, recipe: "wasserstein in the unit of the feature")
    })

  static let wassersteinNorm = DriftMethod(
    "wasserstein_norm",
    summary: "The distance of Wasserstein over the reference's standard deviation.",
    limit: .statistic(0.1),
    numbers: .distributions { pair in
      pair.wassersteinNorm.map {
        Measured($0, recipe: "wasserstein over the reference's population standard deviation")
      }
    })

  static let hellinger = ofShares("hellinger", "The distance of Hellinger.", \.hellinger)

  static let totalVariation = ofShares(
    "total_variation", "Half the sum of all changes of shares.", \.totalVariation)

  static let lInfinity = ofShares(
    "l_infinity", "The greatest change of a share.", \.greatestDifference)

  static let chi2 = DriftMethod(
    "chi2", summary: "Pearson's test of the shares of categories.", limit: .alpha,
    categories: { counts in
      let test = ChiSquareTest(counts)
      return Measured(
        test?.statistic, pValue: test?.pValue, recipe: chi2Recipe(test),
        notes: test?.isRough == true ? [roughNote] : [])
    })

  static let cramersV = DriftMethod(
    "cramers_v", summary: "Cramér's V, uncorrected.", limit: .statistic(0.1),
    categories: { counts in
      let test = ChiSquareTest(counts)
      return Measured(test?.cramersV, pValue: test?.pValue, recipe: chi2Recipe(test))
    })

  static let andersonDarling = DriftMethod(
    "anderson_darling", summary: "The test of Anderson and Darling, which weighs the tails.",
    limit: .alpha,
    numbers: .values { pair in
      AndersonDarling(pair).map {
        Measured(
          $0.statistic, pValue: $0.pValue,
          recipe: "two-sample form of Scholz and Stephens with mid-ranks, p within 0.001 and 0.25")
      }
    })

  static let cramerVonMises = DriftMethod(
    "cramer_von_mises", summary: "The test of Cramér and von Mises.", limit: .alpha,
    numbers: .values { pair in
      CramerVonMises(pair).map {
        Measured($0.statistic, pValue: $0.asymptoticPValue, recipe: "T of Anderson, p asymptotic")
      }
    })

  static let mannWhitney = DriftMethod(
    "mann_whitney", summary: "The rank-sum test of Mann and Whitney.", limit: .alpha,
    numbers: .values { pair in
      MannWhitney(pair).map {
        Measured(
          $0.statistic, pValue: $0.pValue,
          recipe: "U of the reference, p two-sided normal with continuity and ties")
      }
    })

  static let tTest = DriftMethod(
    "t_test", summary: "Welch's test of two means.", limit: .alpha,
    numbers: .values { pair in
      MeanDifference.welch(pair).map {
        Measured($0.statistic, pValue: $0.pValue, recipe: "Welch's t, two-sided")
      }
    })

  static let energyDistance = DriftMethod(
    "energy_distance", summary: "The energy distance, in the root of the feature's unit.",
    limit: .none,
    numbers: .values { pair in
      Measured(pair.energyDistance, recipe: "root of twice the squared area")
    })

  static let mmd = DriftMethod(
    "mmd", summary: "The maximum mean discrepancy of all features that are numbers, together.",
    limit: .alpha,
    numbers: .rows { test in
      Measured(
        test.statistic,
        pValue: test.pValue(permutations: MaximumMeanDiscrepancy.divisions, seed: 1),
        recipe:
          "squared MMD, unbiased; features over the reference's mean and standard deviation; "
          + "Gaussian kernel, width by the median; at most "
          + "\(MaximumMeanDiscrepancy.divisionLimit) rows a side drawn; p by "
          + "\(MaximumMeanDiscrepancy.divisions) random divisions")
    })

  /// A method that compares shares of bins or categories.
  private static func ofShares(
    _ name: String, _ summary: String, isFloored: Bool = false, knowsUnchangedLevel: Bool = false,
    _ measure: @escaping @Sendable (SharePair) -> Double
  ) -> DriftMethod {
    let floor = isFloored ? ", shares at least \(shareFloor), nats" : ""
    @Sendable func measured(_ counts: CountPair, _ recipe: String) -> Measured? {
      counts.shares.map { shares in
        Measured(
          measure(isFloored ? shares.floored(at: shareFloor) : shares),
          unchangedPSI: knowsUnchangedLevel ? counts.unchangedStabilityIndex() : nil,
          recipe: recipe + floor)
      }
    }
    return DriftMethod(
      name, summary: summary, limit: .statistic(0.1), knowsUnchangedLevel: knowsUnchangedLevel,
      numbers: .bins { counts, edges in
        measured(
          counts,
          "\(edges.binCount) bins (a, b] cut at the reference's quantiles \(listed(edges.edges))")
      },
      categories: { measured($0, "by category") })
  }
}
