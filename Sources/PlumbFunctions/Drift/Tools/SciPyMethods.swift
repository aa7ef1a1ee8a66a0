import PlumbStatistics

/// The defaults of SciPy 1.17's functions.
enum SciPyMethods {
  static let all: [DriftMethod] = [
    .ks, .wasserstein, .energyDistance, .andersonDarling,
    DriftMethod(
      "t_test", aliases: ["ttest_ind"], summary: "`ttest_ind`: Student's test, equal variances.",
      limit: .alpha,
      numbers: .values { pair in
        MeanDifference.student(pair).map {
          DriftMethod.Measured($0.statistic, pValue: $0.pValue, recipe: "Student's t, two-sided")
        }
      }),
    DriftMethod(
      "mann_whitney", aliases: ["mannwhitneyu"],
      summary: "`mannwhitneyu`: counted where a side has at most 8 values and none are tied.",
      limit: .alpha,
      numbers: .values { pair in
        MannWhitney(pair).map {
          DriftMethod.Measured(
            $0.statistic, pValue: $0.automaticPValue,
            recipe: "U of the reference, p two-sided \($0.isCounted ? "exact" : "normal")")
        }
      }),
    DriftMethod(
      "cramer_von_mises", aliases: ["cramervonmises_2samp"],
      summary: "`cramervonmises_2samp`: exact up to 20 values a side.", limit: .alpha,
      numbers: .values { pair in
        CramerVonMises(pair).map {
          DriftMethod.Measured(
            $0.statistic, pValue: $0.pValue, recipe: "T of Anderson, p exact up to 20 values a side"
          )
        }
      }),
    DriftMethod(
      "chi2", aliases: ["chi2_contingency"],
      summary: "`chi2_contingency`: with the correction of Yates where there are two categories.",
      limit: .alpha,
      categories: { counts in
        let test = ChiSquareTest(counts, isCorrected: true)
        return DriftMethod.Measured(
          test?.statistic, pValue: test?.pValue, recipe: "2xk table, Yates for 2x2")
      }),
  ]
}
