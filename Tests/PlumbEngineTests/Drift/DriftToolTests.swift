import Foundation
import PlumbEngine
import Testing

/// `drift … like = TOOL` against what the tools themselves computed.
@Suite struct DriftToolTests {
  @Test(arguments: DriftPair.all)
  func evidently(_ pair: DriftPair) throws {
    let tests: Set = [
      "ks", "anderson", "cramer_von_mises", "t_test", "mannw", "chisquare", "z", "es", "g_test",
      "fisher_exact",
    ]
    let distances = ["wasserstein", "psi", "jensenshannon", "kl_div", "hellinger", "ed"]
    for method in ["default"] + tests.sorted() + distances {
      let rows = try pair.drift(
        "like = \"evidently\"" + (method == "default" ? "" : " method = \"\(method)\""))
      for column in pair.columns where pair.has(column, "evidently.\(method).score") {
        let row = try #require(rows[column])
        // Of few values the tool's inverse is made of rounding errors; and what it makes of a third
        // category depends on the order of a set of texts.
        if method == "es", pair.distinctCount(column) <= 5 { continue }
        if method == "fisher_exact", row.note?.contains("two categories") == true { continue }
        let path = "evidently.\(method)"
        let own = pair.text(column, path + ".method") ?? method
        let expected = pair.number(column, path + ".score")
        let found = tests.contains(own) ? row.pValue : row.statistic
        #expect(
          agrees(found, expected, column, method: own),
          "\(pair) \(column) \(method): \(found as Any), expected \(expected as Any)")
        // Where the tool's number is not defined it says "no drift", and here nothing is said.
        if expected != nil {
          #expect(row.drifted == (pair.number(column, path + ".drifted") == 1), "\(pair) \(column)")
        }
      }
    }
  }

  /// The distance whose p-value Evidently draws at random, and what its report counts as drifted.
  @Test(arguments: DriftPair.all)
  func evidentlyReport(_ pair: DriftPair) throws {
    let distances = try pair.drift("like = \"evidently\" method = \"TVD\"")
    for column in pair.columns where pair.has(column, "evidently.TVD_statistic_before_permutation")
    {
      let expected = pair.number(column, "evidently.TVD_statistic_before_permutation")
      let row = try #require(distances[column])
      #expect(
        DriftPair.agrees(row.statistic, expected, column, isP: false), "\(pair) \(column) TVD")
      if let p = row.pValue { #expect((0...1).contains(p)) }
    }
    guard let count = pair.presetCount else { return }
    let rows = try pair.drift("like = \"evidently\"")
    #expect(rows.values.count { $0.drifted == true } == count, "\(pair)")
  }

  /// SciPy's own defaults: exact p-values for small samples, Yates for two categories.
  @Test(arguments: DriftPair.all)
  func sciPy(_ pair: DriftPair) throws {
    let paths = [
      ("ks", "tests.ks.D", ["tests.ks.p_auto"]),
      ("wasserstein", "distances.wasserstein", []), ("energy_distance", "distances.energy", []),
      (
        "anderson_darling", "tests.anderson_darling.statistic_midrank",
        ["tests.anderson_darling.p_midrank"]
      ),
      ("t_test", "tests.student_t.t", ["tests.student_t.p"]),
      (
        "mann_whitney", "tests.mann_whitney.U_ref",
        ["tests.mann_whitney.p_exact_two_sided", "tests.mann_whitney.p_two_sided"]
      ),
      (
        "cramer_von_mises", "tests.cramer_von_mises.T",
        ["tests.cramer_von_mises.p_exact", "tests.cramer_von_mises.p_asymp"]
      ), ("chi2", "tests.chi2_yates.statistic", ["tests.chi2_yates.p"]),
      ("chi2", "tests.chi2.statistic", ["tests.chi2.p"]),
    ]
    for (method, statistic, p) in paths {
      let rows = try pair.drift("like = \"scipy\" method = \"\(method)\"")
      for column in pair.columns where pair.has(column, statistic) {
        // Of two categories the corrected table is meant.
        if statistic == "tests.chi2.statistic", pair.has(column, "tests.chi2_yates.p") { continue }
        let row = try #require(rows[column])
        let expected = pair.number(column, statistic)
        #expect(
          DriftPair.agrees(row.statistic, expected, column, isP: false),
          "\(pair) \(column) \(method): \(row.statistic as Any), expected \(expected as Any)")
        // The tool counts where a side has at most eight values.
        let isCounted = method != "mann_whitney" || pair.leastCount(column) <= 8
        guard let path = p.first(where: { pair.has(column, $0) && (isCounted || $0 == p.last) })
        else { continue }
        #expect(
          DriftPair.agrees(row.pValue, pair.number(column, path), column, isP: true),
          "\(pair) \(column) \(method): p \(row.pValue as Any)")
      }
    }
  }

  /// What NannyML's limits are: the mean and three standard deviations of ten chunks.
  @Test func learntLimits() throws {
    let program = """
      let r = table(map(range(0, 205), fn (i) => {i: i, x: (i * 37) % 100 + 0.5}))
      let c = r | derive x = x + 10
      c | drift against r on x like = "nannyml" method = "kolmogorov_smirnov"
      """
    let table = try #require(try Session().run(program).last?.table)
    // By chunks of 20 rows and one of the 5 left over.
    let values = (0..<205).map { Double($0 * 37 % 100) + 0.5 }
    let distances = stride(from: 0, to: 205, by: 20).map { start in
      let chunk = values[start..<min(start + 20, 205)]
      return values.map { value in
        let (own, all) = (chunk.count { $0 <= value }, values.count { $0 <= value })
        return abs(Double(own) / Double(chunk.count) - Double(all) / 205)
      }.max() ?? 0
    }
    let mean = distances.reduce(0, +) / Double(distances.count)
    let variance = distances.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(distances.count)
    let limit = try #require(try table.doubles("threshold")[0])
    #expect(abs(limit - (mean + 3 * variance.squareRoot())) < 1e-12)
    #expect(try table.bools("drifted")[0] == false)
  }

  @Test(arguments: DriftPair.all)
  func nannyML(_ pair: DriftPair) throws {
    for method in [
      "jensen_shannon", "hellinger", "kolmogorov_smirnov", "wasserstein", "chi2", "l_infinity",
    ] {
      let rows = try pair.drift("like = \"nannyml\" method = \"\(method)\"")
      for column in pair.columns where pair.has(column, "nannyml.\(method)") {
        let expected = pair.number(column, "nannyml.\(method)")
        let found = try #require(rows[column]).statistic
        #expect(
          agrees(found, expected, column, method: method),
          "\(pair) \(column) \(method): \(found as Any), expected \(expected as Any)")
      }
    }
  }

  @Test(arguments: DriftPair.all)
  func ownMethods(_ pair: DriftPair) throws {
    let paths = [
      ("ks", "tests.ks.D", "tests.ks.p_auto"), ("wasserstein", "distances.wasserstein", ""),
      ("wasserstein_norm", "distances.wasserstein_over_ref_std", ""),
      ("psi", "deciles.psi", ""), ("js", "deciles.js_distance_base2", ""),
      ("kl", "deciles.kl_ref_cur", ""), ("hellinger", "deciles.hellinger", ""),
      ("total_variation", "deciles.tvd", ""), ("l_infinity", "deciles.l_infinity", ""),
      ("energy_distance", "distances.energy", ""),
      ("cramer_von_mises", "tests.cramer_von_mises.T", "tests.cramer_von_mises.p_asymp"),
      ("mann_whitney", "tests.mann_whitney.U_ref", "tests.mann_whitney.p_two_sided"),
      ("t_test", "tests.welch_t.t", "tests.welch_t.p"),
      (
        "anderson_darling", "tests.anderson_darling.statistic_midrank",
        "tests.anderson_darling.p_midrank"
      ),
    ]
    for (method, statistic, p) in paths {
      let rows = try pair.drift("method = \"\(method)\"")
      for column in pair.columns {
        let isNumber = pair.types[column] == "num"
        let path = isNumber ? statistic : statistic.replacing("deciles.", with: "distances.")
        guard isNumber || path.hasPrefix("distances.") && statistic.hasPrefix("deciles.") else {
          continue
        }
        let row = try #require(rows[column])
        let expected = pair.number(column, path)
        #expect(
          agrees(row.statistic, expected, column, method: method),
          "\(pair) \(column) \(method): \(row.statistic as Any), expected \(expected as Any)")
        if !p.isEmpty {
          let expected = pair.number(column, p)
          #expect(
            agrees(row.pValue, expected, column, method: "p"),
            "\(pair) \(column) \(method): \(row.pValue as Any), expected \(expected as Any)")
        }
      }
    }
  }

  @Test(arguments: DriftPair.all)
  func ownMethodsOfCategories(_ pair: DriftPair) throws {
    for (method, statistic) in [
      ("chi2", "tests.chi2.statistic"), ("cramers_v", "distances.cramers_v"),
    ] {
      let rows = try pair.drift("method = \"\(method)\"")
      for column in pair.columns where pair.has(column, statistic) {
        let row = try #require(rows[column])
        #expect(
          DriftPair.agrees(row.statistic, pair.number(column, statistic), column, isP: false),
          "\(pair) \(column) \(method)")
        #expect(
          DriftPair.agrees(row.pValue, pair.number(column, "tests.chi2.p"), column, isP: true),
          "\(pair) \(column) \(method)")
      }
    }
  }

  /// The tolerances of `expected.json`.
  private func agrees(
    _ found: Double?, _ expected: Double?, _ column: String, method: String
  ) -> Bool {
    guard let found, let expected else {
      // One category has no test; the tool's is not a number.
      return expected == nil && (found == nil || method == "chisquare")
    }
    if found == expected { return true }
    let isTail = [
      "p", "ks", "chisquare", "z", "t_test", "mannw", "anderson", "es", "g_test", "fisher_exact",
    ].contains(method)
    var relative = isTail ? 1e-6 : method == "ed" || method == "energy_distance" ? 1e-7 : 1e-9
    // One less a distribution function, and by the tool in half precision up to 20 rows.
    if method == "cramer_von_mises" { relative = 1e-3 }
    // What is left of a small spread beside a large mean depends on the order of additions.
    if column == "large_offset" { relative = max(relative, 1e-4) }
    if column == "almost_constant" { relative = 1e-2 }
    if isTail, expected <= 1e-12 {
      return found < 1e-300 && expected < 1e-300 || abs(log10(found / expected)) < 0.01
    }
    return abs(found - expected) <= max(1e-12, relative * abs(expected))
  }
}
