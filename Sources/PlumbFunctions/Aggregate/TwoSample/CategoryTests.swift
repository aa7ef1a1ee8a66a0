import PlumbColumns
import PlumbStatistics

extension AggregateFunction {
  static let chi2 = twoSample(
    "chi2",
    summary:
      "The statistic of Pearson's chi-square test of whether two samples have the same shares of categories.",
    details: """
      Use it as the first look at a category. Of the table of two rows with a column for each \
      category that occurs, without continuity correction; each distinct number is a category. \
      Null when a sample is empty. Cite Pearson (1900). \
      \(splitDetails)
      """,
    .ofCategories { ChiSquareTest($0)?.statistic },
    examples: [
      Example(
        #"table([{x: "a", c: false}, {x: "b", c: false}, {x: "b", c: true}, {x: "b", c: true}]) | summarize chi2(x, split = c)"#,
        "1.3333333333333335"),
      Example(
        #"table([{x: "a", c: false}, {x: null, c: true}]) | summarize chi2(x, c)"#, "null"),
      Example(
        #"table([{x: "a", c: true}]) | where x > "b" | summarize chi2(x, c)"#, "null"),
      Example(
        "table([{x: nan, c: true}, {x: 1.0, c: false}]) | summarize chi2(x, c)", "null"),
      Example(
        "table([{x: 1, c: 1}]) | summarize chi2(x, c)",
        "error: `split` of `chi2` must be bool, and this is int"),
    ])

  static let chi2P = twoSample(
    "chi2_p",
    summary: "The p-value of Pearson's chi-square test.",
    details: """
      Use it to see whether a `chi2` may be chance. Rough where fewer than five rows of a category \
      are to be expected. 1 where there is one category. Null when a sample is empty. Cite Pearson \
      (1900). \
      \(splitDetails)
      """,
    .ofCategories { ChiSquareTest($0)?.pValue },
    examples: [
      Example(
        #"table([{x: "a", c: false}, {x: "b", c: false}, {x: "b", c: true}, {x: "b", c: true}]) | summarize chi2_p(x, split = c)"#,
        "0.2482130789899235"),
      Example(
        #"table([{x: "a", c: false}, {x: null, c: true}]) | summarize chi2_p(x, c)"#, "null"),
      Example(
        #"table([{x: "a", c: true}]) | where x > "b" | summarize chi2_p(x, c)"#, "null"),
      Example(
        "table([{x: nan, c: true}, {x: 1.0, c: false}]) | summarize chi2_p(x, c)", "null"),
      Example(
        "table([{x: 1, c: 1}]) | summarize chi2_p(x, c)",
        "error: `split` of `chi2_p` must be bool, and this is int"),
    ])

  static let cramersV = twoSample(
    "cramers_v",
    summary: "Cramér's V: how strongly the category depends on the sample, 0 to 1.",
    details: """
      Use it as the size of a change beside `chi2_p`, whatever the number of rows. The root of \
      `chi2` over the number of rows; not corrected for chance, so that small samples of many \
      categories are never near 0. Null when a sample is empty. Cite Cramér (1946). \
      \(splitDetails)
      """,
    .ofCategories { ChiSquareTest($0)?.cramersV },
    examples: [
      Example(
        #"table([{x: "a", c: false}, {x: "b", c: false}, {x: "b", c: true}, {x: "b", c: true}]) | summarize cramers_v(x, split = c)"#,
        "0.5773502691896258"),
      Example(
        #"table([{x: "a", c: false}, {x: null, c: true}]) | summarize cramers_v(x, c)"#, "null"),
      Example(
        #"table([{x: "a", c: true}]) | where x > "b" | summarize cramers_v(x, c)"#, "null"),
      Example(
        "table([{x: nan, c: true}, {x: 1.0, c: false}]) | summarize cramers_v(x, c)", "null"),
      Example(
        "table([{x: 1, c: 1}]) | summarize cramers_v(x, c)",
        "error: `split` of `cramers_v` must be bool, and this is int"),
    ])
}
