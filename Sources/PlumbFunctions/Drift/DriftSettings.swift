package import PlumbStatistics

/// How the `drift` stage compares, as its options say.
package struct DriftSettings: Sendable {
  /// The name of a method, or `auto`.
  package var method = "auto"
  /// Whose methods are meant; absent for those of the language.
  package var tool: DriftTool?
  /// The significance level.
  package var alpha = 0.05
  /// The limit given; absent for the method's own.
  package var threshold: Double?
  /// The bins of what is binned.
  package var bins = 10
  package var correction = PValueCorrection.none
  /// The values that each sample has at least, for a verdict.
  package var minimum: Int
  /// The limit that the tool has learnt from the reference, for methods without one.
  private var learntLimit: Double?

  /// The least sample about which something is said unless another is given.
  package static let defaultMinimum = 10

  package init() { minimum = Self.defaultMinimum }

  /// Whether each feature gets the method that suits it, with effects beside the p-value.
  package var isAutomatic: Bool { method == "auto" && tool == nil }

  /// The methods that `method` may name.
  package var methods: [DriftMethod] { tool?.methods ?? DriftMethod.all }

  /// The method that `method` names; absent for `auto`.
  package var namedMethod: DriftMethod? { named(method) }

  private func named(_ name: String) -> DriftMethod? { methods.first { $0.answers(to: name) } }

  /// Whether results have the column of the level that unchanged samples stay below.
  package var showsUnchangedPSI: Bool {
    isAutomatic || namedMethod?.knowsUnchangedLevel == true
  }

  /// Whether numbers are compared by their distribution functions.
  package var comparesDistributions: Bool {
    if case .distributions? = namedMethod?.numbers { return true }
    return isAutomatic
  }

  /// The bins up to which counting values in any order is faster than sorting them.
  private static let countedBinLimit = 64

  /// Whether numbers are compared by how many lie in few bins, for which they need no order.
  package var comparesFewBins: Bool {
    if case .bins? = namedMethod?.numbers { return bins <= Self.countedBinLimit }
    return false
  }

  /// Whether all features are compared together, row by row.
  package var comparesRows: Bool {
    if case .rows? = namedMethod?.numbers { return true }
    return false
  }

  /// What two samples of numbers give.
  package func compare(_ pair: SortedPair) -> DriftFinding {
    if let lacking = lackingNote(pair.referenceCount, pair.currentCount, "finite value") {
      return .undecided(method == "auto" ? "" : method, lacking)
    }
    if isAutomatic { return automatic(pair) }
    guard let found = namedMethod ?? tool.flatMap({ named($0.choice(pair)) }) else {
      return .undecided(method, "there is no method `\(method)`")
    }
    if pair.represented != nil, tool != nil || !found.takesProfiles {
      return .undecided(found.name, "`\(found.name)` needs the rows, and a profile has none")
    }
    guard let measured = found.measure(pair, bins: bins) else {
      return .undecided(
        found.name,
        found.numbers == nil && pair.distinctCounts(limit: DriftMethod.categoryLimit) == nil
          ? "`\(found.name)` compares categories, and these are more than "
            + "\(DriftMethod.categoryLimit) distinct numbers"
          : "not defined for these samples")
    }
    return finding(found, measured, pair.referenceCount, pair.currentCount)
  }

  /// What the counts of two samples of numbers in bins cut at the reference's quantiles give.
  package func compare(_ counts: CountPair, in edges: BinEdges) -> DriftFinding {
    let (n, m) = (counts.referenceTotal, counts.currentTotal)
    guard let found = namedMethod, case .bins(let measure)? = found.numbers else {
      return .undecided(method, "`\(method)` is not about bins")
    }
    if let lacking = lackingNote(n, m, "finite value") { return .undecided(found.name, lacking) }
    guard let measured = measure(counts, edges) else {
      return .undecided(found.name, "not defined for these samples")
    }
    return finding(found, measured, n, m)
  }

  /// What the rows of two samples give, taken as points; absent for fewer than two in a sample.
  package func compare(
    _ test: MaximumMeanDiscrepancy?, _ n: Int, _ m: Int
  ) -> DriftFinding {
    guard let found = namedMethod, case .rows(let measure)? = found.numbers else {
      return .undecided(method, "`\(method)` is not about rows")
    }
    guard let test else {
      return .undecided(
        found.name,
        lackingNote(n, m, "row of finite values") ?? "not defined for these samples")
    }
    return finding(found, measure(test), n, m)
  }

  /// What two samples of categories give, these in the order of their texts.
  package func compare(_ counts: CountPair) -> DriftFinding {
    let (n, m) = (counts.referenceTotal, counts.currentTotal)
    if let lacking = lackingNote(n, m, "category") {
      return .undecided(method == "auto" ? "" : method, lacking)
    }
    if isAutomatic { return automatic(counts) }
    guard let found = namedMethod ?? tool.flatMap({ named($0.choice(counts)) }) else {
      return .undecided(method, "there is no method `\(method)`")
    }
    guard let measured = found.categories?(counts) else {
      return .undecided(
        found.name,
        found.categories == nil
          ? "`\(found.name)` compares numbers, and these are categories"
          : "not defined for these samples")
    }
    return finding(found, measured, n, m)
  }

  /// The rows of a chunk of a reference of so many rows, from which a limit is learnt; absent where
  /// none is.
  package func learningChunks(of count: Int) -> Int? {
    threshold == nil ? tool?.learningChunk(of: count) : nil
  }

  /// The same settings with the limit that the tool learns from what its method found of chunks.
  package func learning(from statistics: [Double]) -> DriftSettings {
    var copy = self
    copy.learntLimit = DriftTool.limit(learntFrom: statistics)
    return copy
  }

  /// The finding where the method needs rows and there is a profile.
  package var needsRows: DriftFinding {
    .undecided(method, "`\(method)` needs the rows, and a profile has none")
  }

  private func lackingNote(_ n: Int, _ m: Int, _ what: String) -> String? {
    switch (n, m) {
    case (0, 0): "no \(what) in the reference and none in current"
    case (0, _): "no \(what) in the reference"
    case (_, 0): "no \(what) in current"
    default: nil
    }
  }

  private func finding(
    _ method: DriftMethod, _ measured: DriftMethod.Measured, _ n: Int, _ m: Int
  ) -> DriftFinding {
    var finding = DriftFinding(method: method.name)
    finding.statistic = measured.statistic
    finding.pValue = measured.pValue
    finding.recipe = measured.recipe
    finding.effects.unchangedPSI = measured.unchangedPSI
    finding.notes = measured.notes
    finding.rule = method.rule(alpha: alpha, threshold: threshold)
    if finding.rule == .none, let learntLimit {
      finding.rule = .statisticAbove(learntLimit)
      finding.recipe += "; \(DriftTool.learningRecipe)"
    }
    if finding.rule == .none { finding.notes.append(method.noLimitNote) }
    demandMinimum(&finding, n, m)
    return finding
  }

  /// Takes the verdict from a finding about samples that are too small for one.
  private func demandMinimum(_ finding: inout DriftFinding, _ n: Int, _ m: Int) {
    guard n < minimum || m < minimum else { return }
    finding.rule = .none
    finding.notes.append("too few values: \(n) against \(m), and \(minimum) are needed")
  }

  private func automatic(_ pair: SortedPair) -> DriftFinding {
    var finding = DriftFinding(method: "ks")
    let gap = DistributionGap(pair)
    let test = gap.map { KolmogorovSmirnov($0) }
    let edges = BinEdges.quantiles(of: pair.reference, bins: bins)
    let counts = edges.counts(of: pair)
    finding.statistic = test?.distance
    finding.pValue = test?.isTooCoarse == true ? nil : test?.pValue
    finding.effects.psi = counts.stabilityIndex
    finding.effects.unchangedPSI = counts.unchangedStabilityIndex()
    finding.effects.wassersteinNorm = gap.flatMap(pair.wassersteinNorm)
    finding.recipe =
      "\(ksRecipe(test)); \(psiRecipe(edges)); "
      + "wasserstein_norm over the reference's population standard deviation"
    finding.rule = .pValueAndEffect(
      alpha: alpha, effect: finding.effects.wassersteinNorm, threshold: threshold ?? 0.1)
    if let represented = pair.represented {
      finding.recipe += "; reference from a profile, ranks within \(represented.rankError)"
    }
    if test?.isTooCoarse == true {
      finding.notes.append(coarseNote)
    }
    if finding.effects.wassersteinNorm == nil {
      finding.notes.append("the reference is constant: judged by its p-value alone")
    }
    demandMinimum(&finding, pair.referenceCount, pair.currentCount)
    return finding
  }

  private func automatic(_ counts: CountPair) -> DriftFinding {
    var finding = DriftFinding(method: "chi2")
    let test = ChiSquareTest(counts)
    finding.statistic = test?.statistic
    finding.pValue = test?.pValue
    finding.effects.psi = counts.stabilityIndex
    finding.effects.unchangedPSI = counts.unchangedStabilityIndex()
    finding.effects.jensenShannon = counts.shares?.jensenShannonDistance
    finding.recipe =
      "\(chi2Recipe(test)); psi by category, shares at least \(shareFloor), nats; js distance, base 2"
    finding.rule = .pValueAndEffect(
      alpha: alpha, effect: finding.effects.jensenShannon, threshold: threshold ?? 0.1)
    if test?.isRough == true { finding.notes.append(roughNote) }
    demandMinimum(&finding, counts.referenceTotal, counts.currentTotal)
    return finding
  }
}

/// What a reader of a chi-square test of rare categories must know.
let roughNote = "some categories are rare: the p-value is rough"

/// Why there is no p-value beside a profile.
let coarseNote = "the profile is too coarse for a p-value at these sizes"

/// The recipe of a Kolmogorov–Smirnov test.
func ksRecipe(_ test: KolmogorovSmirnov?) -> String {
  test?.isExact ?? true
    ? "ks two-sided, p exact" : "ks two-sided, p asymptotic (one-sample law at nm/(n+m))"
}

/// The recipe of a stability index of binned numbers.
func psiRecipe(_ edges: BinEdges) -> String {
  "psi in \(edges.binCount) bins (a, b] cut at the reference's quantiles "
    + "\(listed(edges.edges)), shares at least \(shareFloor), nats"
}

/// The recipe of a chi-square test.
func chi2Recipe(_ test: ChiSquareTest?) -> String {
  "chi2 of the 2x\((test?.degrees ?? 0) + 1) table, no continuity correction"
}

/// Numbers as a recipe shows them: all of few, the ends of many.
func listed(_ numbers: [Double]) -> String {
  if numbers.count <= 20 { return "[" + numbers.map { "\($0)" }.joined(separator: ", ") + "]" }
  return "[\(numbers[0]), …, \(numbers[numbers.count - 1])]"
}
