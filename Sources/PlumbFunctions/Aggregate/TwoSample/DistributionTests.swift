import PlumbColumns
import PlumbStatistics

extension AggregateFunction {
  static let ksP = twoSample(
    "ks_p",
    summary: "The two-sided p-value of `ks`: how often unchanged samples lie so far apart.",
    details: """
      Use it to see whether a `ks` may be chance; with many rows the least change is none. Exact, \
      by counting paths, when neither sample has more than 10,000 values (ties make it too large, \
      never too small); else by the distribution of the one-sample statistic at nm/(n + m) values, \
      as SciPy has it. Null when a sample is empty. Cite Hodges (1958); Simard and L'Ecuyer \
      (2011). \
      \(splitDetails)
      """,
    .ofNumbers { KolmogorovSmirnov($0)?.pValue },
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize ks_p(x, split = c)",
        "1.0"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize ks_p(x, c)",
        "0.6666666666666666"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize ks_p(x, c)", "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize ks_p(x, c)", "null"),
      Example(
        #"table([{x: "a", c: true}]) | summarize ks_p(x, c)"#,
        "error: `x` of `ks_p` must be a number or duration, and this is string"),
    ])

  static let cramerVonMises = twoSample(
    "cramer_von_mises",
    summary: "The statistic T of Cramér and von Mises for two samples.",
    details: """
      Use it where a small change over the whole range is feared. The squared distance of two \
      distribution functions, added up over all values: sees what is spread out better than `ks`. \
      Null when a sample has fewer than two finite values. Cite Anderson (1962). \
      \(splitDetails)
      """,
    .ofNumbers { CramerVonMises($0)?.statistic },
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize cramer_von_mises(x, split = c)",
        "0.1875"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize cramer_von_mises(x, c)",
        "null"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize cramer_von_mises(x, c)", "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize cramer_von_mises(x, c)", "null"),
      Example(
        #"table([{x: "a", c: true}]) | summarize cramer_von_mises(x, c)"#,
        "error: `x` of `cramer_von_mises` must be a number or duration, and this is string"),
    ])

  static let cramerVonMisesP = twoSample(
    "cramer_von_mises_p",
    summary: "The p-value of the test of Cramér and von Mises, by its limiting distribution.",
    details: """
      Use it to see whether a `cramer_von_mises` may be chance. Null when a sample has fewer than \
      two finite values. Cite Anderson (1962); Csörgő and Faraway (1996). \
      \(splitDetails)
      """,
    .ofNumbers { CramerVonMises($0)?.asymptoticPValue },
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize cramer_von_mises_p(x, split = c)",
        "0.42048705777855444"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize cramer_von_mises_p(x, c)",
        "null"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize cramer_von_mises_p(x, c)",
        "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize cramer_von_mises_p(x, c)", "null"),
      Example(
        #"table([{x: "a", c: true}]) | summarize cramer_von_mises_p(x, c)"#,
        "error: `x` of `cramer_von_mises_p` must be a number or duration, and this is string"),
    ])

  static let andersonDarling = twoSample(
    "anderson_darling",
    summary: "The standardised statistic of Anderson and Darling for two samples.",
    details: """
      Use it where the tails matter, as of amounts and latencies: it weighs them. About 0 without \
      a difference. Null for fewer than four finite values, and where all are the same. Cite \
      Scholz and Stephens (1987). \
      \(splitDetails)
      """,
    .ofNumbers { AndersonDarling($0)?.statistic },
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize anderson_darling(x, split = c)",
        "0.530330085889903"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize anderson_darling(x, c)",
        "null"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize anderson_darling(x, c)", "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize anderson_darling(x, c)", "null"),
      Example(
        #"table([{x: "a", c: true}]) | summarize anderson_darling(x, c)"#,
        "error: `x` of `anderson_darling` must be a number or duration, and this is string"),
    ])

  static let andersonDarlingP = twoSample(
    "anderson_darling_p",
    summary: "The p-value of the test of Anderson and Darling, between 0.001 and 0.25.",
    details: """
      Use it to see whether an `anderson_darling` may be chance. From a table that ends there: \
      0.001 means at most that, 0.25 at least. Null as for `anderson_darling`. Cite Scholz and \
      Stephens (1987). \
      \(splitDetails)
      """,
    .ofNumbers { AndersonDarling($0)?.pValue },
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize anderson_darling_p(x, split = c)",
        "0.20041903159316152"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize anderson_darling_p(x, c)",
        "null"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize anderson_darling_p(x, c)",
        "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize anderson_darling_p(x, c)", "null"),
      Example(
        #"table([{x: "a", c: true}]) | summarize anderson_darling_p(x, c)"#,
        "error: `x` of `anderson_darling_p` must be a number or duration, and this is string"),
    ])

  static let mannWhitney = twoSample(
    "mann_whitney",
    summary:
      "The statistic U of Mann and Whitney: the pairs in which the reference has the greater value.",
    details: """
      Use it where only the order of values means something, as of ratings. Ties count half. Over \
      the product of the sizes it is the probability that a value of the reference exceeds a \
      current one. Null when a sample is empty. Cite Mann and Whitney (1947). \
      \(splitDetails)
      """,
    .ofNumbers { MannWhitney($0)?.statistic },
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize mann_whitney(x, split = c)",
        "0.5"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize mann_whitney(x, c)",
        "0.0"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize mann_whitney(x, c)", "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize mann_whitney(x, c)", "null"),
      Example(
        #"table([{x: "a", c: true}]) | summarize mann_whitney(x, c)"#,
        "error: `x` of `mann_whitney` must be a number or duration, and this is string"),
    ])

  static let mannWhitneyP = twoSample(
    "mann_whitney_p",
    summary: "The two-sided p-value of the rank-sum test of Mann and Whitney.",
    details: """
      Use it to see whether a `mann_whitney` may be chance. By the normal approximation with \
      corrections for ties and continuity. Sees whether values have become greater or less, not \
      whether they are more spread. Null when a sample is empty. Cite Mann and Whitney (1947). \
      \(splitDetails)
      """,
    .ofNumbers { MannWhitney($0)?.pValue },
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize mann_whitney_p(x, split = c)",
        "0.41421617824252505"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize mann_whitney_p(x, c)",
        "0.5402913746074199"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize mann_whitney_p(x, c)", "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize mann_whitney_p(x, c)", "null"),
      Example(
        #"table([{x: "a", c: true}]) | summarize mann_whitney_p(x, c)"#,
        "error: `x` of `mann_whitney_p` must be a number or duration, and this is string"),
    ])

  static let tTest = twoSample(
    "t_test",
    summary:
      "The statistic t of Welch: the difference of the means, reference less current, over its standard error.",
    details: """
      Use it where the mean is what counts, as of an amount per row. Null when a sample has fewer \
      than two finite values, and where both are the same constant. Cite Welch (1947). \
      \(splitDetails)
      """,
    .ofNumbers { MeanDifference.welch($0)?.statistic },
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize t_test(x, split = c)",
        "-1.414213562373095"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize t_test(x, c)",
        "null"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize t_test(x, c)", "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize t_test(x, c)", "null"),
      Example(
        #"table([{x: "a", c: true}]) | summarize t_test(x, c)"#,
        "error: `x` of `t_test` must be a number or duration, and this is string"),
    ])

  static let tTestP = twoSample(
    "t_test_p",
    summary: "The two-sided p-value of the test of Welch: whether the means differ.",
    details: """
      Use it to see whether a difference of means may be chance. The variances may differ. One \
      outlier can hide a change. Null as for `t_test`. Cite Welch (1947). \
      \(splitDetails)
      """,
    .ofNumbers { MeanDifference.welch($0)?.pValue },
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize t_test_p(x, split = c)",
        "0.2928932188134527"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize t_test_p(x, c)",
        "null"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize t_test_p(x, c)", "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize t_test_p(x, c)", "null"),
      Example(
        #"table([{x: "a", c: true}]) | summarize t_test_p(x, c)"#,
        "error: `x` of `t_test_p` must be a number or duration, and this is string"),
    ])
}
