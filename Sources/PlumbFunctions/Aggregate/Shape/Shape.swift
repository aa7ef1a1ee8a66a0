import PlumbColumns
import PlumbStatistics

extension AggregateFunction {
  static let skew = AggregateFunction(
    "skew",
    summary: "The skewness: above 0 when the long tail is on the right.",
    details: """
      Corrected for bias (G₁ of Joanes and Gill 1998), as pandas and spreadsheets have it. Null \
      for fewer than three values and where all are the same; a NaN gives NaN.
      """,
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { setup in
        ShapeAccumulator(.skewness, threadCount: setup.threadCount)
      }
    ],
    examples: [
      Example("table([{x: 1}, {x: 2}, {x: 3}]) | summarize skew(x)", "0.0"),
      Example("table([{x: 1}, {x: 2}, {x: null}]) | summarize skew(x)", "null"),
      Example("table([{x: 1.0}, {x: 2.0}, {x: nan}]) | summarize skew(x)", "NaN"),
      Example("table([{x: 1}]) | where x > 1 | summarize skew(x)", "null"),
      Example(
        #"table([{x: "a"}]) | summarize skew(x)"#,
        "error: `x` of `skew` must be float, and this is string"),
    ])

  static let kurtosis = AggregateFunction(
    "kurtosis",
    summary: "The excess kurtosis: 0 for a normal distribution, above it for heavy tails.",
    details: """
      Corrected for bias (G₂ of Joanes and Gill 1998), as pandas and spreadsheets have it. Null \
      for fewer than four values and where all are the same; a NaN gives NaN.
      """,
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { setup in
        ShapeAccumulator(.kurtosis, threadCount: setup.threadCount)
      }
    ],
    examples: [
      Example(
        "table([{x: 1}, {x: 2}, {x: 3}, {x: 4}]) | summarize round(kurtosis(x), 6)", "-1.2"),
      Example("table([{x: 1}, {x: 2}, {x: null}]) | summarize kurtosis(x)", "null"),
      Example(
        "table([{x: 1.0}, {x: 2.0}, {x: 3.0}, {x: nan}]) | summarize kurtosis(x)", "NaN"),
      Example("table([{x: 1}]) | where x > 1 | summarize kurtosis(x)", "null"),
      Example(
        #"table([{x: "a"}]) | summarize kurtosis(x)"#,
        "error: `x` of `kurtosis` must be float, and this is string"),
    ])

  static let mad = AggregateFunction(
    "mad",
    summary: "The median absolute deviation: the median distance from the median.",
    details: """
      Not scaled; times 1.4826 it estimates the standard deviation of normal data. NaN is ignored; \
      over nothing (or only NaN) null.
      """,
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { setup in
        ShapeAccumulator(.medianDeviation, threadCount: setup.threadCount)
      }
    ],
    examples: [
      Example(
        "table([{x: 1}, {x: 2}, {x: 3}, {x: 100}, {x: 4}]) | summarize mad(x)", "1.0"),
      Example("table([{x: 1}, {x: null}]) | summarize mad(x)", "0.0"),
      Example("table([{x: 1.0}, {x: nan}, {x: 3.0}]) | summarize mad(x)", "1.0"),
      Example("table([{x: 1}]) | where x > 1 | summarize mad(x)", "null"),
      Example(
        #"table([{x: "a"}]) | summarize mad(x)"#,
        "error: `x` of `mad` must be float, and this is string"),
    ])
}

/// Statistics that need all values more than once: keeps them, and looks at them at the end.
final class ShapeAccumulator: Accumulator {
  enum Result {
    case skewness
    case kurtosis
    case medianDeviation
  }

  private let result: Result
  private let threadCount: Int
  private var chunks = GroupChunks<Double>()
  /// 1 for groups that have a NaN, which the chunks leave out.
  private var hasNaN = GroupStates<UInt8>(empty: 0)

  init(_ result: Result, threadCount: Int) {
    self.result = result
    self.threadCount = threadCount
  }

  func resize(groupCount: Int) {
    chunks.resize(groupCount)
    hasNaN.resize(groupCount)
  }

  func update(_ input: AccumulatorInput) {
    chunks.appendNumbers(input.columns[0], input.groups, input.count)
    let values = input.columns[0].doubles()
    for row in 0..<input.count where values[row].isNaN {
      hasNaN[input.groups.map { Int($0[row]) } ?? 0] = 1
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? ShapeAccumulator else { return }
    chunks.merge(other.chunks, groups: groups)
    hasNaN.merge(other.hasNaN, groups: groups) { $0 |= $1 }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    let result = result
    let summary = chunks.summarized(groupCount, type: .float, threadCount: threadCount) {
      switch result {
      case .skewness: sampleSkewness($0)
      case .kurtosis: sampleKurtosis($0)
      case .medianDeviation: medianAbsoluteDeviation($0)
      }
    }
    if case .medianDeviation = result { return summary }
    return .floats(groupCount) { group in
      if hasNaN[group] != 0 { return .nan }
      if case .float(let value) = summary.value(at: group) { return value }
      return nil
    }
  }
}
