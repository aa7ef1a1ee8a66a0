import PlumbColumns
import PlumbStatistics

extension AggregateFunction {
  static let approxQuantile = AggregateFunction(
    "approx_quantile",
    summary: "About the value below which the share `p` of the values lies, in little memory.",
    details: """
      By a t-digest of some 200 means: within about 0.5 % of the rank in the middle, closer at \
      both ends. `quantile` is exact and keeps all values. NaN is ignored; over nothing null.
      """,
    overloads: [
      Overload(
        [Parameter("x", .float), Parameter("p", .float, isConstant: true)],
        result: .always(.float)
      ) { (setup) throws(FunctionError) in
        ApproximateQuantileAccumulator(share: try setup.fraction(1, "p"))
      }
    ],
    examples: [
      Example(
        "table([{x: 1}, {x: 2}, {x: 3}]) | summarize approx_quantile(x, 0.5)", "2.0"),
      Example("table([{x: 1}, {x: null}]) | summarize approx_quantile(x, 0.9)", "1.0"),
      Example("table([{x: nan}, {x: 2.0}]) | summarize approx_quantile(x, 1)", "2.0"),
      Example("table([{x: 1}]) | where x > 1 | summarize approx_quantile(x, 0.5)", "null"),
      Example(
        "table([{x: 1}]) | summarize approx_quantile(x, 95.0)",
        "error: `p` must lie between 0 and 1, not 95.0"),
    ])
}

/// A t-digest for each group.
final class ApproximateQuantileAccumulator: Accumulator {
  private let share: Double
  private var digests = [TDigest()]

  init(share: Double) { self.share = share }

  func resize(groupCount: Int) {
    guard groupCount > digests.count else { return }
    digests += Array(repeating: TDigest(), count: groupCount - digests.count)
  }

  func update(_ input: AccumulatorInput) {
    let values = input.columns[0].doubles()
    for row in 0..<input.count {
      let value = values[row]
      if !value.isNaN { digests[input.groups.map { Int($0[row]) } ?? 0].add(value) }
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? ApproximateQuantileAccumulator, let last = groups.max() else {
      return
    }
    resize(groupCount: Int(last) + 1)
    for (source, target) in groups.enumerated() where source < other.digests.count {
      digests[Int(target)].merge(other.digests[source])
    }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    return .floats(groupCount) { digests[$0].quantile(share) }
  }
}
