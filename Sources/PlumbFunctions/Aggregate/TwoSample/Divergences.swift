import PlumbColumns
import PlumbStatistics

extension AggregateFunction {
  static let psi = twoSample(
    "psi",
    summary: "The population stability index: how far the shares of bins or categories have moved.",
    details: """
      The sum of (p - q) ln(p / q) over the bins, p being the reference's shares and q the current \
      ones, none below 0.0001. A number is binned at the reference's quantiles, its deciles unless \
      `bins` says otherwise, bins being closed on the right and equal edges merged; a category is \
      a bin. Rows without a finite number or without a category are left out, or with `missing = \
      true` a bin of their own. Null when a sample is empty.

      Use it to size a change in terms that reviewers of credit models know: 0 is no change; by a \
      rule of thumb 0.1 is some and 0.25 much. Small samples reach that by chance: compare it with \
      `psi_unchanged`. An outlier moves it no more than any value. Cite Siddiqi (2006), "Credit \
      Risk Scorecards"; Yurdakul and Naranjo (2020). \
      \(splitDetails)
      """,
    isBinned: true,
    .ofShares { $0.floored(at: shareFloor).stabilityIndex },
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize psi(x, split = c)",
        "4.60431846666895"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize psi(x, c)",
        "4.60431846666895"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize psi(x, c)", "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize psi(x, c)", "null"),
      Example(
        #"table([{x: "a", c: false}, {x: "b", c: false}, {x: "b", c: true}, {x: "b", c: true}]) | summarize psi(x, split = c)"#,
        "4.60431846666895"),
      Example(
        #"table([{x: "a", c: false}, {x: "a", c: true}, {x: null, c: true}]) | summarize psi(x, c, missing = true)"#,
        "4.60431846666895"),
      Example(
        "table([{x: 1, c: true}]) | summarize psi(x, c, bins = 1)",
        "error: `bins` must lie between 2 and 1000, not 1"),
    ])

  static let psiUnchanged = twoSample(
    "psi_unchanged",
    summary:
      "The level below which the `psi` of unchanged samples of these sizes stays in 95 of 100 cases.",
    details: """
      The quantile of chi-square with one degree less than there are bins, times (1/n + 1/m). Use \
      it beside `psi`, which says nothing below it. Binned as `psi` is. Null when a sample is \
      empty. Cite Yurdakul and Naranjo (2020), "Statistical Properties of the Population Stability \
      Index". \
      \(splitDetails)
      """,
    isBinned: true,
    TwoSampleMeasure(
      numbers: { $0.binned?.unchangedStabilityIndex() },
      categories: { $0.unchangedStabilityIndex() }),
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize psi_unchanged(x, split = c)",
        "3.841458820694128"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize psi_unchanged(x, c)",
        "5.762188231041192"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize psi_unchanged(x, c)", "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize psi_unchanged(x, c)", "null"),
      Example(
        "table([{x: 1, c: 1}]) | summarize psi_unchanged(x, c)",
        "error: `split` of `psi_unchanged` must be bool, and this is int"),
    ])

  static let js = twoSample(
    "js",
    summary: "The distance of Jensen and Shannon between the shares of bins or categories, 0 to 1.",
    details: """
      The root of the divergence in base 2: 0 for equal shares, 1 for shares without overlap. \
      Finite where a category is new or gone. Binned as `psi` is. Null when a sample is empty. Use \
      it where categories come and go, and to compare features with each other. Cite Lin (1991); \
      Endres and Schindelin (2003). \
      \(splitDetails)
      """,
    isBinned: true,
    .ofShares(\.jensenShannonDistance),
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize js(x, split = c)",
        "0.5579230452841438"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize js(x, c)",
        "0.5579230452841438"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize js(x, c)", "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize js(x, c)", "null"),
      Example(
        #"table([{x: "a", c: false}, {x: "b", c: false}, {x: "b", c: true}, {x: "b", c: true}]) | summarize js(x, split = c)"#,
        "0.5579230452841438"),
      Example(
        "table([{x: 1, c: 1}]) | summarize js(x, c)",
        "error: `split` of `js` must be bool, and this is int"),
    ])

  static let kl = twoSample(
    "kl",
    summary:
      "The divergence of Kullback and Leibler from the reference to the current shares, in nats.",
    details: """
      The sum of p ln(p / q), p being the reference's shares and q the current ones, none below \
      0.0001. Not symmetric: half of what `psi` adds up. Binned as `psi` is. Null when a sample is \
      empty. Use it where the reference is the model of the current rows; else `js`, which is \
      symmetric and has a bound. Cite Kullback and Leibler (1951). \
      \(splitDetails)
      """,
    isBinned: true,
    .ofShares { $0.floored(at: shareFloor).kullbackLeibler },
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize kl(x, split = c)",
        "3.9120230054281464"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize kl(x, c)",
        "3.9120230054281464"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize kl(x, c)", "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize kl(x, c)", "null"),
      Example(
        #"table([{x: "a", c: false}, {x: "b", c: false}, {x: "b", c: true}, {x: "b", c: true}]) | summarize kl(x, split = c)"#,
        "3.9120230054281464"),
      Example(
        "table([{x: 1, c: 1}]) | summarize kl(x, c)",
        "error: `split` of `kl` must be bool, and this is int"),
    ])

  static let hellinger = twoSample(
    "hellinger",
    summary: "The distance of Hellinger between the shares of bins or categories, 0 to 1.",
    details: """
      The root of half the sum of (√p - √q)². Binned as `psi` is. Null when a sample is empty. Use \
      it where rare categories matter: their roots weigh more than their shares. Cite Hellinger \
      (1909). \
      \(splitDetails)
      """,
    isBinned: true,
    .ofShares(\.hellinger),
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize hellinger(x, split = c)",
        "0.541196100146197"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize hellinger(x, c)",
        "0.541196100146197"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize hellinger(x, c)", "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize hellinger(x, c)", "null"),
      Example(
        #"table([{x: "a", c: false}, {x: "b", c: false}, {x: "b", c: true}, {x: "b", c: true}]) | summarize hellinger(x, split = c)"#,
        "0.541196100146197"),
      Example(
        "table([{x: 1, c: 1}]) | summarize hellinger(x, c)",
        "error: `split` of `hellinger` must be bool, and this is int"),
    ])

  static let totalVariation = twoSample(
    "total_variation",
    summary:
      "The share of rows that would have to change bin or category to undo the change, 0 to 1.",
    details: """
      Half the sum of |p - q|. Binned as `psi` is. Null when a sample is empty. Use it to say in \
      words how much has changed: so many of a hundred rows. Cite Levin, Peres and Wilmer (2009), \
      "Markov Chains and Mixing Times". \
      \(splitDetails)
      """,
    isBinned: true,
    .ofShares(\.totalVariation),
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize total_variation(x, split = c)",
        "0.5"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize total_variation(x, c)",
        "0.5"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize total_variation(x, c)", "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize total_variation(x, c)", "null"),
      Example(
        #"table([{x: "a", c: false}, {x: "b", c: false}, {x: "b", c: true}, {x: "b", c: true}]) | summarize total_variation(x, split = c)"#,
        "0.5"),
      Example(
        "table([{x: 1, c: 1}]) | summarize total_variation(x, c)",
        "error: `split` of `total_variation` must be bool, and this is int"),
    ])

  static let lInfinity = twoSample(
    "l_infinity",
    summary: "The greatest change of the share of one bin or category, 0 to 1.",
    details: """
      The maximum of |p - q|. Binned as `psi` is. Null when a sample is empty. Use it to find the \
      one category that moved among many that did not. Cite Deza and Deza (2009), "Encyclopedia of \
      Distances". \
      \(splitDetails)
      """,
    isBinned: true,
    .ofShares(\.greatestDifference),
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize l_infinity(x, split = c)",
        "0.5"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize l_infinity(x, c)",
        "0.5"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize l_infinity(x, c)", "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize l_infinity(x, c)", "null"),
      Example(
        #"table([{x: "a", c: false}, {x: "b", c: false}, {x: "b", c: true}, {x: "b", c: true}]) | summarize l_infinity(x, split = c)"#,
        "0.5"),
      Example(
        "table([{x: 1, c: 1}]) | summarize l_infinity(x, c)",
        "error: `split` of `l_infinity` must be bool, and this is int"),
    ])
}
