import Foundation
import PlumbEngine
import Testing

/// The aggregates of two samples against what established tools compute of the same columns.
@Suite struct DriftAggregateTests {
  /// Of numbers: the call and the path of its value in `expected.json`.
  private static let ofNumbers = [
    "psi(x, c)": "deciles.psi", "psi(x, c, missing = true)": "deciles.psi_missing_bin",
    "js(x, c)": "deciles.js_distance_base2", "kl(x, c)": "deciles.kl_ref_cur",
    "hellinger(x, c)": "deciles.hellinger", "total_variation(x, c)": "deciles.tvd",
    "l_infinity(x, c)": "deciles.l_infinity", "ks(x, c)": "tests.ks.D",
    "ks_p(x, c)": "tests.ks.p_auto", "wasserstein(x, c)": "distances.wasserstein",
    "wasserstein_norm(x, c)": "distances.wasserstein_over_ref_std",
    "energy_distance(x, c)": "distances.energy",
    "anderson_darling(x, c)": "tests.anderson_darling.statistic_midrank",
    "anderson_darling_p(x, c)": "tests.anderson_darling.p_midrank",
    "cramer_von_mises(x, c)": "tests.cramer_von_mises.T",
    "cramer_von_mises_p(x, c)": "tests.cramer_von_mises.p_asymp",
    "mann_whitney(x, c)": "tests.mann_whitney.U_ref",
    "mann_whitney_p(x, c)": "tests.mann_whitney.p_two_sided", "t_test(x, c)": "tests.welch_t.t",
    "t_test_p(x, c)": "tests.welch_t.p",
  ]

  /// The same of categories.
  private static let ofCategories = [
    "psi(x, c)": "distances.psi", "psi(x, c, missing = true)": "distances.psi_missing_category",
    "js(x, c)": "distances.js_distance_base2", "kl(x, c)": "distances.kl_ref_cur",
    "hellinger(x, c)": "distances.hellinger", "total_variation(x, c)": "distances.tvd",
    "l_infinity(x, c)": "distances.l_infinity", "chi2(x, c)": "tests.chi2.statistic",
    "chi2_p(x, c)": "tests.chi2.p", "cramers_v(x, c)": "distances.cramers_v",
  ]

  @Test(arguments: DriftPair.all)
  func agreeWithTheTools(_ pair: DriftPair) throws {
    for column in pair.columns {
      let calls = (pair.types[column] == "num" ? Self.ofNumbers : Self.ofCategories)
        .sorted { $0.key < $1.key }
      let items = calls.enumerated().map { "a\($0) = \($1.key)" }.joined(separator: ", ")
      let program =
        pair.reading + """
          reference | select x = `\(column)`, c = false
          | union (current | select x = `\(column)`, c = true) | summarize \(items)
          """
      let table = try #require(try Session().run(program).last?.table)
      for (index, call) in calls.enumerated() {
        let found = try table.doubles("a\(index)")[0]
        let expected = pair.number(column, call.value)
        // Of a single category there is no V, and nothing has changed.
        if call.value == "distances.cramers_v", expected == nil, found == 0 { continue }
        #expect(
          DriftPair.agrees(found, expected, column, isP: call.key.contains("_p(")),
          "\(pair) \(column) \(call.key): \(found as Any), expected \(expected as Any)")
      }
    }
  }
}
