import PlumbStatistics

/// A way to compare a feature's two samples: the definition from which the `drift` stage, its
/// help and its checks work.
package struct DriftMethod: Sendable {
  package let name: String
  /// Other names under which it is known.
  package let aliases: [String]
  /// One sentence: what it compares.
  package let summary: String
  /// What decides unless a threshold is given.
  package let limit: Limit
  let numbers: (@Sendable (SortedPair, _ bins: Int) -> Measured?)?
  let categories: (@Sendable (CountPair) -> Measured?)?

  /// The limit from which a feature counts as drifted.
  package enum Limit: Sendable, Equatable {
    /// The p-value below `alpha`.
    case alpha
    /// The p-value below a limit of its own, or at it if that counts.
    case pValue(Double, orAt: Bool)
    /// The statistic at or above a limit.
    case statistic(Double)
    /// The statistic above a limit.
    case above(Double)
    /// None: what counts depends on the feature's unit, or is learnt.
    case none
  }

  /// What a method found.
  package struct Measured: Sendable {
    var statistic: Double?
    var pValue: Double?
    var unchangedPSI: Double?
    var recipe: String
    var notes: [String] = []

    init(
      _ statistic: Double?, pValue: Double? = nil, unchangedPSI: Double? = nil, recipe: String,
      notes: [String] = []
    ) {
      self.statistic = statistic
      self.pValue = pValue
      self.unchangedPSI = unchangedPSI
      self.recipe = recipe
      self.notes = notes
    }
  }

  init(
    _ name: String, aliases: [String] = [], summary: String, limit: Limit,
    numbers: (@Sendable (SortedPair, _ bins: Int) -> Measured?)? = nil,
    categories: (@Sendable (CountPair) -> Measured?)? = nil
  ) {
    self.name = name
    self.aliases = aliases
    self.summary = summary
    self.limit = limit
    self.numbers = numbers
    self.categories = categories
  }

  /// Whether the method can do with the quantiles of a profile.
  var takesProfiles: Bool {
    [
      "ks", "psi", "js", "kl", "hellinger", "total_variation", "l_infinity", "wasserstein",
      "wasserstein_norm",
    ].contains(name)
  }

  /// Whether the method goes by a name.
  package func answers(to name: String) -> Bool { self.name == name || aliases.contains(name) }

  /// The distinct numbers that may be taken as categories.
  private static let categoryLimit = 1000

  /// What the method makes of numbers: one of categories takes each distinct number as one.
  func measure(_ pair: SortedPair, bins: Int) -> Measured? {
    if let numbers { return numbers(pair, bins) }
    guard let categories, let distinct = pair.distinctCounts(limit: Self.categoryLimit) else {
      return nil
    }
    return categories(distinct.counts)
  }

  func rule(alpha: Double, threshold: Double?) -> DriftRule {
    switch limit {
    case .alpha: .pValue(below: threshold ?? alpha, orAt: false)
    case .pValue(let own, let orAt): .pValue(below: threshold ?? own, orAt: orAt)
    case .statistic(let own): .statistic(from: threshold ?? own)
    case .above(let own): .statisticAbove(threshold ?? own)
    case .none: threshold.map { .statistic(from: $0) } ?? .none
    }
  }

  /// Why there is no verdict where the method has no limit.
  var noLimitNote: String { "`\(name)` has no limit of its own: give `threshold`" }
}

/// What a reader of a chi-square test of rare categories must know.
let roughNote = "some categories are rare: the p-value is rough"

extension DriftMethod {
  /// The methods of the language.
  package static let all: [DriftMethod] = [
    .ofShares("psi", "The population stability index.", 0.1) {
      $0.floored(at: shareFloor).stabilityIndex
    },
    DriftMethod(
      "ks",
      summary: "The test of Kolmogorov and Smirnov: the greatest distance of two distributions.",
      limit: .alpha
    ) { pair, _ in
      let test = KolmogorovSmirnov(pair)
      let isTooCoarse = test?.isTooCoarse == true
      return Measured(
        test?.distance, pValue: isTooCoarse ? nil : test?.pValue, recipe: ksRecipe(test),
        notes: isTooCoarse ? ["the profile is too coarse for a p-value at these sizes"] : [])
    },
    .ofShares("js", "The distance of Jensen and Shannon, base 2.", 0.1, \.jensenShannonDistance),
    .ofShares("kl", "The divergence of Kullback and Leibler from the reference, in nats.", 0.1) {
      $0.floored(at: shareFloor).kullbackLeibler
    },
    DriftMethod(
      "wasserstein", summary: "The distance of Wasserstein, in the feature's unit.", limit: .none
    ) { pair, _ in
      Measured(pair.wasserstein, recipe: "wasserstein in the unit of the feature")
    },
    DriftMethod(
      "wasserstein_norm",
      summary: "The distance of Wasserstein over the reference's standard deviation.",
      limit: .statistic(0.1)
    ) { pair, _ in
      pair.wassersteinNorm.map {
        Measured($0, recipe: "wasserstein over the reference's population standard deviation")
      }
    },
    .ofShares("hellinger", "The distance of Hellinger.", 0.1, \.hellinger),
    .ofShares("total_variation", "Half the sum of all changes of shares.", 0.1, \.totalVariation),
    .ofShares("l_infinity", "The greatest change of a share.", 0.1, \.greatestDifference),
    DriftMethod(
      "chi2", summary: "Pearson's test of the shares of categories.", limit: .alpha,
      categories: { counts in
        let test = ChiSquareTest(counts)
        return Measured(
          test?.statistic, pValue: test?.pValue, recipe: chi2Recipe(test),
          notes: test?.isRough == true ? [roughNote] : [])
      }),
    DriftMethod(
      "cramers_v", summary: "Cramér's V, uncorrected.", limit: .statistic(0.1),
      categories: { counts in
        let test = ChiSquareTest(counts)
        return Measured(test?.cramersV, pValue: test?.pValue, recipe: chi2Recipe(test))
      }),
    DriftMethod(
      "anderson_darling", summary: "The test of Anderson and Darling, which weighs the tails.",
      limit: .alpha
    ) { pair, _ in
      AndersonDarling(pair).map {
        Measured(
          $0.statistic, pValue: $0.pValue,
          recipe: "two-sample form of Scholz and Stephens with mid-ranks, p within 0.001 and 0.25")
      }
    },
    DriftMethod(
      "cramer_von_mises", summary: "The test of Cramér and von Mises.", limit: .alpha
    ) { pair, _ in
      CramerVonMises(pair).map {
        Measured($0.statistic, pValue: $0.asymptoticPValue, recipe: "T of Anderson, p asymptotic")
      }
    },
    DriftMethod(
      "mann_whitney", summary: "The rank-sum test of Mann and Whitney.", limit: .alpha
    ) { pair, _ in
      MannWhitney(pair).map {
        Measured(
          $0.statistic, pValue: $0.pValue,
          recipe: "U of the reference, p two-sided normal with continuity and ties")
      }
    },
    DriftMethod("t_test", summary: "Welch's test of two means.", limit: .alpha) { pair, _ in
      MeanDifference.welch(pair).map {
        Measured($0.statistic, pValue: $0.pValue, recipe: "Welch's t, two-sided")
      }
    },
    DriftMethod(
      "energy_distance", summary: "The energy distance, in the root of the feature's unit.",
      limit: .none
    ) { pair, _ in
      Measured(pair.energyDistance, recipe: "root of twice the squared area")
    },
  ]

  /// A method that compares shares of bins or categories.
  private static func ofShares(
    _ name: String, _ summary: String, _ limit: Double,
    _ measure: @escaping @Sendable (SharePair) -> Double
  ) -> DriftMethod {
    @Sendable func measured(_ counts: CountPair, _ recipe: String) -> Measured? {
      counts.shares.map { shares in
        let unchanged = name == "psi" ? counts.unchangedStabilityIndex() : nil
        return Measured(measure(shares), unchangedPSI: unchanged, recipe: recipe)
      }
    }
    let isFloored = name == "psi" || name == "kl"
    let floor = isFloored ? ", shares at least \(shareFloor), nats" : ""
    return DriftMethod(
      name, summary: summary, limit: .statistic(limit),
      numbers: { pair, bins in
        let edges = BinEdges.quantiles(of: pair.reference, bins: bins)
        return measured(
          edges.counts(of: pair),
          "\(edges.binCount) bins (a, b] cut at the reference's quantiles \(listed(edges.edges))"
            + floor)
      },
      categories: { measured($0, "by category" + floor) })
  }
}
