import PlumbColumns
import PlumbStatistics

extension AggregateFunction {
  static let corr = AggregateFunction(
    "corr",
    summary: "Pearson's correlation of two numbers.",
    details: """
      Rows where one is null are left out. Null for fewer than two rows and where one side is \
      constant; a NaN gives NaN.
      """,
    overloads: [
      Overload(
        [Parameter("x", .float), Parameter("y", .float)], result: .always(.float),
        skipsNullsOf: [0, 1]
      ) { _ in PairAccumulator(.correlation) }
    ],
    examples: [
      Example(
        "table([{x: 1, y: 2}, {x: 2, y: 4}, {x: 3, y: 6}]) | summarize corr(x, y)", "1.0"),
      Example("table([{x: 1, y: 2}, {x: null, y: 4}]) | summarize corr(x, y)", "null"),
      Example(
        "table([{x: 1.0, y: 2}, {x: nan, y: 4}]) | summarize corr(x, y)", "NaN"),
      Example("table([{x: 1, y: 2}]) | where x > 1 | summarize corr(x, y)", "null"),
      Example(
        #"table([{x: "a"}]) | summarize corr(x, x)"#,
        "error: `x` of `corr` must be float, and this is string"),
    ])

  static let slope = AggregateFunction(
    "slope",
    summary: "The slope of the least-squares line of `y` on `x`.",
    details: """
      The dependent number comes first. Rows where one is null are left out. Null for fewer than \
      two rows and where `x` is constant; a NaN gives NaN.
      """,
    overloads: [
      Overload(
        [Parameter("y", .float), Parameter("x", .float)], result: .always(.float),
        skipsNullsOf: [0, 1]
      ) { _ in PairAccumulator(.slopeOfFirst) }
    ],
    examples: [
      Example(
        "table([{y: 1, x: 0}, {y: 3, x: 1}, {y: 5, x: 2}]) | summarize slope(y, x)", "2.0"),
      Example("table([{y: 1, x: 0}, {y: 3, x: null}]) | summarize slope(y, x)", "null"),
      Example("table([{y: nan, x: 0}, {y: 3.0, x: 1}]) | summarize slope(y, x)", "NaN"),
      Example("table([{y: 1, x: 0}]) | where x > 1 | summarize slope(y, x)", "null"),
      Example(
        #"table([{x: "a"}]) | summarize slope(x, x)"#,
        "error: `y` of `slope` must be float, and this is string"),
    ])

  static let weightedMean = AggregateFunction(
    "weighted_mean",
    summary: "The mean of `x`, each value counted `weight` times.",
    details: """
      Rows where one is null are left out. Null over nothing and where the weights sum to 0; a NaN \
      gives NaN.
      """,
    overloads: [
      Overload(
        [Parameter("x", .float), Parameter("weight", .float)], result: .always(.float),
        skipsNullsOf: [0, 1]
      ) { _ in PairAccumulator(.weightedMean) }
    ],
    examples: [
      Example(
        "table([{x: 1, w: 3}, {x: 5, w: 1}]) | summarize weighted_mean(x, w)", "2.0"),
      Example("table([{x: 1, w: 3}, {x: 5, w: null}]) | summarize weighted_mean(x, w)", "1.0"),
      Example("table([{x: nan, w: 3}]) | summarize weighted_mean(x, w)", "NaN"),
      Example("table([{x: 1, w: 0}]) | summarize weighted_mean(x, w)", "null"),
      Example("table([{x: 1, w: 3}]) | where x > 1 | summarize weighted_mean(x, w)", "null"),
      Example(
        #"table([{x: "a"}]) | summarize weighted_mean(x, x)"#,
        "error: `x` of `weighted_mean` must be float, and this is string"),
    ])
}

/// Sums over pairs of numbers.
final class PairAccumulator: Accumulator {
  /// What is made of the sums.
  enum Result {
    case correlation
    /// The slope of the first argument over the second.
    case slopeOfFirst
    /// The mean of the first argument weighted by the second.
    case weightedMean
  }

  private let result: Result
  private var states = GroupStates(empty: PairMoments())

  init(_ result: Result) { self.result = result }

  func resize(groupCount: Int) { states.resize(groupCount) }

  func update(_ input: AccumulatorInput) {
    let (first, second) = (input.columns[0].doubles(), input.columns[1].doubles())
    let (x, y) = (first.pointer, second.pointer)
    let base = states.base
    if let groups = input.groups {
      for row in 0..<input.count { base[Int(groups[row])].add(x[row], y[row]) }
    } else {
      var state = base[0]
      for row in 0..<input.count { state.add(x[row], y[row]) }
      base[0] = state
    }
    withExtendedLifetime((first, second)) {}
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? PairAccumulator else { return }
    states.merge(other.states, groups: groups) { $0.merge($1) }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    switch result {
    case .correlation: return .floats(groupCount) { states[$0].correlation }
    case .slopeOfFirst: return .floats(groupCount) { states[$0].slopeOfFirst }
    case .weightedMean: return .floats(groupCount) { states[$0].weightedMean }
    }
  }
}
