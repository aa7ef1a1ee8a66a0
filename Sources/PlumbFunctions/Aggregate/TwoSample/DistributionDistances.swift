import PlumbColumns
import PlumbStatistics

extension AggregateFunction {
  static let ks = twoSample(
    "ks",
    summary:
      "The statistic of Kolmogorov and Smirnov: the greatest distance between two distribution functions, 0 to 1.",
    details: """
      Use it as the first look at a number: it needs no bins, and no outlier moves it much; it \
      sees shifts in the middle better than in the tails. Over finite numbers, exact with ties. \
      Null when a sample is empty. `ks_p` says how sure it is. Cite Kolmogorov (1933), Smirnov \
      (1939). \
      \(splitDetails)
      """,
    .ofNumbers { KolmogorovSmirnov($0)?.distance },
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize ks(x, split = c)",
        "0.5"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize ks(x, c)",
        "1.0"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize ks(x, c)", "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize ks(x, c)", "null"),
      Example(
        #"table([{x: "a", c: true}]) | summarize ks(x, c)"#,
        "error: `x` of `ks` must be a number or duration, and this is string"),
    ])

  static let wasserstein = twoSample(
    "wasserstein",
    summary:
      "The distance of Wasserstein (the earth mover's): the area between two distribution functions.",
    details: """
      Use it to say how far values have moved. In the unit of `x`, seconds for durations: by how \
      much values have moved on average. Outliers count with their distance. Over finite numbers. \
      Null when a sample is empty. Cite Vallender (1974). \
      \(splitDetails)
      """,
    .ofNumbers(\.wasserstein),
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize wasserstein(x, split = c)",
        "1.0"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize wasserstein(x, c)",
        "2.5"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize wasserstein(x, c)", "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize wasserstein(x, c)", "null"),
      Example(
        #"table([{x: "a", c: true}]) | summarize wasserstein(x, c)"#,
        "error: `x` of `wasserstein` must be a number or duration, and this is string"),
    ])

  static let wassersteinNorm = twoSample(
    "wasserstein_norm",
    summary: "The distance of Wasserstein over the standard deviation of the reference.",
    details: """
      Use it to compare how far features of different units have moved: 0.1 is a move by a tenth \
      of a standard deviation (of the population, with n). Null when a sample is empty or the \
      reference is constant. Cite Vallender (1974). \
      \(splitDetails)
      """,
    .ofNumbers(\.wassersteinNorm),
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize wasserstein_norm(x, split = c)",
        "2.0"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize wasserstein_norm(x, c)",
        "5.0"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize wasserstein_norm(x, c)", "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize wasserstein_norm(x, c)", "null"),
      Example(
        #"table([{x: "a", c: true}]) | summarize wasserstein_norm(x, c)"#,
        "error: `x` of `wasserstein_norm` must be a number or duration, and this is string"),
    ])

  static let energyDistance = twoSample(
    "energy_distance",
    summary:
      "The energy distance: the root of twice the squared area between two distribution functions.",
    details: """
      Use it where a wide gap in one place should count more than narrow ones in many. In the root \
      of the unit of `x`. Over finite numbers. Null when a sample is empty. Cite Székely and Rizzo \
      (2013). \
      \(splitDetails)
      """,
    .ofNumbers(\.energyDistance),
    examples: [
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: 3.0, c: true}, {x: 2.0, c: true}]) | summarize energy_distance(x, split = c)",
        "1.0"),
      Example(
        "table([{x: 1.0, c: false}, {x: 2.0, c: false}, {x: null, c: true}, {x: 4.0, c: true}, {x: 3.0, c: null}]) | summarize energy_distance(x, c)",
        "2.1213203435596424"),
      Example(
        "table([{x: 1.0, c: false}, {x: nan, c: true}]) | summarize energy_distance(x, c)", "null"),
      Example(
        "table([{x: 1.0, c: true}]) | where x > 1 | summarize energy_distance(x, c)", "null"),
      Example(
        #"table([{x: "a", c: true}]) | summarize energy_distance(x, c)"#,
        "error: `x` of `energy_distance` must be a number or duration, and this is string"),
    ])
}
