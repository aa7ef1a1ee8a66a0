import Foundation
import PlumbStatistics
import Testing

/// Statistics of two samples against those of SciPy and of their plain definitions.
@Suite struct TwoSampleTests {
  private func with<Result>(
    _ column: GoldenDrift.Column, _ body: (SortedPair) -> Result
  ) -> Result {
    let reference = GoldenDrift.Column.numbers(column.reference)
    let current = GoldenDrift.Column.numbers(column.current)
    return reference.withUnsafeBufferPointer { reference in
      current.withUnsafeBufferPointer { current in
        body(SortedPair(reference: reference, current: current))
      }
    }
  }

  private func expect(
    _ column: GoldenDrift.Column, _ path: String, _ found: Double?, relative: Double = 1e-9
  ) {
    let tolerance = column.name == "large_offset" ? max(relative, 1e-6) : relative
    let expected = column.expected[path]
    #expect(
      GoldenDrift.agrees(found, expected, relative: tolerance),
      "\(column.testDescription) \(path): \(found as Any), expected \(expected as Any)")
  }

  private func expectP(
    _ column: GoldenDrift.Column, _ path: String, _ found: Double?, relative: Double = 1e-6
  ) {
    let expected = column.expected[path]
    #expect(
      GoldenDrift.agreesAsP(found, expected, relative: relative),
      "\(column.testDescription) \(path): \(found as Any), expected \(expected as Any)")
  }

  @Test(arguments: GoldenDrift.numbers)
  func kolmogorovSmirnov(_ column: GoldenDrift.Column) {
    with(column) { pair in
      let test = KolmogorovSmirnov(pair)
      expect(column, "tests.ks.D", test?.distance)
      expectP(column, "tests.ks.p_auto", test?.pValue)
      if column.expected["tests.ks.p_exact"] != nil {
        expectP(column, "tests.ks.p_exact", test?.exactPValue)
      }
      if column.expected["tests.ks.p_asymp"] != nil {
        expectP(column, "tests.ks.p_asymp", test?.asymptoticPValue)
      }
      expectP(column, "tests.ks.p_kolmogorov", test?.limitPValue)
    }
  }

  @Test(arguments: GoldenDrift.numbers)
  func distances(_ column: GoldenDrift.Column) {
    with(column) { pair in
      expect(column, "distances.wasserstein", pair.wasserstein)
      // Of a standard deviation of a few units in the last place of the mean little is left.
      expect(
        column, "distances.wasserstein_over_ref_std", pair.wassersteinNorm,
        relative: column.name == "almost_constant" ? 1e-6 : 1e-9)
      expect(column, "distances.energy", pair.energyDistance, relative: 1e-7)
    }
  }

  /// A reference that is looked up gives what a merge gives.
  @Test(arguments: GoldenDrift.numbers)
  func lookedUpReference(_ column: GoldenDrift.Column) {
    with(column) { pair in
      let sums = UnsafeMutableBufferPointer<Double>.allocate(capacity: pair.referenceCount + 1)
      defer { sums.deallocate() }
      let known = ReferenceSums(of: pair.reference, sums: sums)
      let merged = DistributionGap(pair)
      let searched =
        pair.isLacking
        ? nil : DistributionGap.looked(up: [pair.current], in: pair.reference, known)[0]
      #expect(searched?.greatest == merged?.greatest)
      let relative = column.name == "large_offset" ? 1e-6 : 1e-9
      #expect(GoldenDrift.agrees(searched?.area, merged?.area, relative: relative))
    }
  }

  @Test(arguments: GoldenDrift.numbers)
  func cramerVonMises(_ column: GoldenDrift.Column) {
    with(column) { pair in
      let test = CramerVonMises(pair)
      expect(column, "tests.cramer_von_mises.T", test?.statistic)
      let (found, expected) = (
        test?.asymptoticPValue, column.expected["tests.cramer_von_mises.p_asymp"]
      )
      // One less a distribution function: beside 1, some 25 units in its last place are left open.
      #expect(
        GoldenDrift.agreesAsP(found, expected) || abs((found ?? 1) - (expected ?? 0)) < 4e-15,
        "\(column.testDescription): \(found as Any), expected \(expected as Any)")
      if column.expected["tests.cramer_von_mises.p_exact"] != nil {
        expectP(column, "tests.cramer_von_mises.p_exact", test?.exactPValue)
      }
    }
  }

  @Test(arguments: GoldenDrift.numbers)
  func andersonDarling(_ column: GoldenDrift.Column) {
    with(column) { pair in
      let test = AndersonDarling(pair)
      expect(column, "tests.anderson_darling.statistic_midrank", test?.statistic)
      expectP(column, "tests.anderson_darling.p_midrank", test?.pValue)
    }
  }

  @Test(arguments: GoldenDrift.numbers)
  func mannWhitney(_ column: GoldenDrift.Column) {
    with(column) { pair in
      let test = MannWhitney(pair)
      expect(column, "tests.mann_whitney.U_ref", test?.statistic)
      expectP(column, "tests.mann_whitney.p_two_sided", test?.pValue)
      expectP(column, "tests.mann_whitney.p_ref_less", test?.pValueReferenceLess)
      if column.expected["tests.mann_whitney.p_exact_two_sided"] != nil {
        expectP(column, "tests.mann_whitney.p_exact_two_sided", test?.exactPValue)
      }
    }
  }

  @Test(arguments: GoldenDrift.numbers)
  func means(_ column: GoldenDrift.Column) {
    // Where the mean is large beside the spread, SciPy itself is some digits short.
    let relative =
      ["large_offset": 1e-4, "almost_constant": 1e-2][column.name] ?? 1e-9
    with(column) { pair in
      let welch = MeanDifference.welch(pair)
      expect(column, "tests.welch_t.t", welch?.statistic, relative: relative)
      expectP(column, "tests.welch_t.p", welch?.pValue, relative: max(relative, 1e-6))
      let student = MeanDifference.student(pair)
      expect(column, "tests.student_t.t", student?.statistic, relative: relative)
      expectP(column, "tests.student_t.p", student?.pValue, relative: max(relative, 1e-6))
    }
  }

  @Test(arguments: GoldenDrift.numbers)
  func eppsSingleton(_ column: GoldenDrift.Column) {
    guard column.expected.has("tests.epps_singleton.W2") else { return }
    with(column) { pair in
      // Of fewer values the covariance is singular, and the tool's inverse made of rounding errors.
      guard pair.distinctCount > 5 else { return }
      let test = EppsSingleton(pair)
      expect(column, "tests.epps_singleton.W2", test?.statistic, relative: 1e-6)
      expectP(column, "tests.epps_singleton.p", test?.pValue, relative: 1e-5)
    }
  }

  @Test(arguments: GoldenDrift.numbers)
  func bins(_ column: GoldenDrift.Column) {
    with(column) { pair in
      guard !pair.isLacking, let range = pair.range else {
        #expect(column.expected["deciles.psi"] == nil)
        return
      }
      let edges = BinEdges.quantiles(of: pair.reference, bins: 10)
      let deciles = edges.counts(of: pair)
      expectDivergences(column, "deciles", deciles)
      expectLists(column, "deciles", edges, deciles)
      expect(column, "deciles.psi_left_closed", leftClosed(pair, edges).stabilityIndex)
      let missing = deciles.appending(
        reference: column.reference.count - pair.referenceCount,
        current: column.current.count - pair.currentCount)
      expect(column, "deciles.psi_missing_bin", missing.stabilityIndex)
      let equal = BinEdges.equalWidth(range, bins: 10)
      expectDivergences(column, "width10", equal.counts(of: pair))
      expectLists(column, "width10", equal, equal.counts(of: pair))
      if column.expected.list("nannyml.doane_edges") != nil {
        expectList(
          column, "nannyml.doane_edges", BinEdges.doane(of: pair.reference)?.edges ?? [])
      }
    }
  }

  /// The counts of the same bins with values on an edge above it.
  private func leftClosed(_ pair: SortedPair, _ edges: BinEdges) -> CountPair {
    func counts(_ values: UnsafeBufferPointer<Double>) -> [Int] {
      let sums = edges.edges.map { values.countBelow($0) } + [values.count]
      return zip(sums, [0] + sums).map { $0 - $1 }
    }
    return CountPair(reference: counts(pair.reference), current: counts(pair.current))
  }

  private func expectLists(
    _ column: GoldenDrift.Column, _ path: String, _ edges: BinEdges, _ counts: CountPair
  ) {
    expectList(column, path + ".edges", edges.edges)
    expectList(column, path + ".ref_counts", counts.reference.map { Double($0) })
    expectList(column, path + ".cur_counts", counts.current.map { Double($0) })
  }

  private func expectList(_ column: GoldenDrift.Column, _ path: String, _ found: [Double]) {
    let expected = column.expected.list(path) ?? []
    #expect(found.count == expected.count, "\(column.testDescription) \(path)")
    for (found, expected) in zip(found, expected) {
      #expect(
        GoldenDrift.agrees(found, expected, relative: 1e-12),
        "\(column.testDescription) \(path): \(found), expected \(expected)")
    }
  }

  @Test(arguments: GoldenDrift.categories)
  func categories(_ column: GoldenDrift.Column) {
    let (reference, current) = column.categories
    let counts = CountPair(reference: reference, current: current)
    expectDivergences(column, "distances", counts)
    let test = ChiSquareTest(counts)
    expect(column, "tests.chi2.statistic", test?.statistic)
    expectP(column, "tests.chi2.p", test?.pValue)
    expect(column, "tests.g.statistic", likelihoodRatio(counts))
    if column.expected.has("tests.fisher_exact.p") {
      expectP(column, "tests.fisher_exact.p", fisherExactPValue(counts))
    }
    if column.expected.has("distances.cramers_v") {
      expect(column, "distances.cramers_v", test?.cramersV)
    }
    if column.expected.has("tests.chi2_yates.p") {
      let corrected = ChiSquareTest(counts, isCorrected: true)
      expect(column, "tests.chi2_yates.statistic", corrected?.statistic)
      expectP(column, "tests.chi2_yates.p", corrected?.pValue)
    }
    let missing = counts.appending(
      reference: column.reference.count { $0 == nil }, current: column.current.count { $0 == nil })
    expect(column, "distances.psi_missing_category", missing.stabilityIndex)
  }

  private func expectDivergences(
    _ column: GoldenDrift.Column, _ path: String, _ counts: CountPair
  ) {
    let shares = counts.shares
    let floored = shares?.floored(at: shareFloor)
    expect(column, path + ".psi", counts.stabilityIndex)
    expect(column, path + ".kl_ref_cur", floored?.kullbackLeibler)
    let swapped = floored.map { SharePair(reference: $0.current, current: $0.reference) }
    expect(column, path + ".kl_cur_ref", swapped?.kullbackLeibler)
    expect(column, path + ".js_distance_base2", shares?.jensenShannonDistance)
    let divergence = shares?.jensenShannonDivergence
    expect(column, path + ".js_divergence_nats", divergence)
    expect(column, path + ".js_distance_nats", divergence?.squareRoot())
    expect(column, path + ".js_divergence_bits", divergence.map { $0 / log(2) })
    expect(column, path + ".hellinger", shares?.hellinger)
    expect(column, path + ".tvd", shares?.totalVariation)
    expect(column, path + ".l_infinity", shares?.greatestDifference)
  }

  @Test(arguments: GoldenDrift.numbers)
  func discrepancy(_ column: GoldenDrift.Column) {
    // The tool expands (x - y)², which leaves nothing of a small spread beside a large mean.
    guard column.expected.has("distances.mmd_rbf_median.mmd2_unbiased"),
      column.name != "large_offset"
    else { return }
    let test = MaximumMeanDiscrepancy(
      reference: GoldenDrift.Column.numbers(column.reference),
      current: GoldenDrift.Column.numbers(column.current), columns: 1)
    expect(column, "distances.mmd_rbf_median.sigma", test?.width)
    expect(column, "distances.mmd_rbf_median.mmd2_unbiased", test?.statistic)
  }

  @Test func corrections() {
    var cases = GoldenDrift.expected["multiple_testing"] as? [[String: Any]] ?? []
    for pair in GoldenDrift.expected["pairs"] as? [[String: Any]] ?? [] {
      if let adjusted = pair["adjusted"] as? [String: Any] { cases.append(adjusted) }
    }
    #expect(cases.count > 10)
    for example in cases {
      func list(_ key: String) -> [Double] {
        (example[key] as? [Any])?.compactMap { GoldenDrift.number($0) } ?? []
      }
      for (correction, key) in [
        (PValueCorrection.bonferroni, "bonferroni"), (.holm, "holm"),
        (.benjaminiHochberg, "fdr_bh"), (.benjaminiYekutieli, "fdr_by"),
      ] {
        let found = correction.adjusted(list("p"))
        for (found, expected) in zip(found, list(key)) {
          #expect(GoldenDrift.agrees(found, expected, relative: 1e-12), "\(key)")
        }
      }
    }
  }
}
