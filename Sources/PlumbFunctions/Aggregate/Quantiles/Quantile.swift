import PlumbColumns
import PlumbStatistics

extension AggregateFunction {
  static let median = AggregateFunction(
    "median",
    summary: "The middle value, or the mean of the two in the middle.",
    details: "Exact. NaN is ignored; over nothing (or only NaN) null.",
    overloads: quantileOverloads([]) { _ in
      [0.5]
    } combine: {
      $0[0]
    },
    examples: [
      Example("table([{x: 1}, {x: 9}, {x: 2}]) | summarize median(x)", "2.0"),
      Example("table([{x: 1}, {x: 2}, {x: null}]) | summarize median(x)", "1.5"),
      Example("table([{x: 1.0}, {x: nan}]) | summarize median(x)", "1.0"),
      Example("table([{x: 1}]) | where x > 1 | summarize median(x)", "null"),
      Example("table([{x: 10s}, {x: 20s}]) | summarize median(x)", "15s"),
      Example(
        #"table([{x: "a"}]) | summarize median(x)"#,
        "error: `x` of `median` must be a number, and this is string"),
    ])

  static let quantile = AggregateFunction(
    "quantile",
    summary: "The value below which the share `p` of the values lies.",
    details: """
      Exact, by linear interpolation between the two nearest values (NumPy's default, Hyndman and \
      Fan's type 7). NaN is ignored; over nothing (or only NaN) null.
      """,
    overloads: quantileOverloads([Parameter("p", .float, isConstant: true)]) {
      (setup) throws(FunctionError) in
      [try setup.fraction(1, "p")]
    } combine: {
      $0[0]
    },
    examples: [
      Example(
        "table([{x: 1}, {x: 2}, {x: 3}, {x: 4}]) | summarize quantile(x, 0.25)", "1.75"),
      Example("table([{x: 1}, {x: null}]) | summarize quantile(x, 0.9)", "1.0"),
      Example("table([{x: 1.0}, {x: nan}, {x: 2.0}]) | summarize quantile(x, 1)", "2.0"),
      Example("table([{x: 1}]) | where x > 1 | summarize quantile(x, 0.5)", "null"),
      Example(
        "table([{x: 1}]) | summarize quantile(x, 95.0)",
        "error: `p` must lie between 0 and 1, not 95.0"),
    ])

  static let iqr = AggregateFunction(
    "iqr",
    summary: "The interquartile range: the 0.75 quantile less the 0.25 quantile.",
    details: "Exact. NaN is ignored; over nothing (or only NaN) null.",
    overloads: [
      Overload([Parameter("x", .number)], result: .always(.float), sharing: .quantiles) { setup in
        QuantileAccumulator(setup, type: .float, [0.25, 0.75]) { $0[1] - $0[0] }
      },
      Overload([Parameter("x", .duration)], result: .always(.duration), sharing: .quantiles) {
        setup in
        QuantileAccumulator(setup, type: .duration, [0.25, 0.75]) { $0[1] - $0[0] }
      },
    ],
    examples: [
      Example(
        "table([{x: 1}, {x: 2}, {x: 3}, {x: 4}, {x: 5}]) | summarize iqr(x)", "2.0"),
      Example("table([{x: 1}, {x: null}]) | summarize iqr(x)", "0.0"),
      Example("table([{x: 1.0}, {x: nan}, {x: 2.0}]) | summarize iqr(x)", "0.5"),
      Example("table([{x: 1}]) | where x > 1 | summarize iqr(x)", "null"),
      Example(
        #"table([{x: "a"}]) | summarize iqr(x)"#,
        "error: `x` of `iqr` must be a number, and this is string"),
    ])

  private static func quantileOverloads(
    _ more: [Parameter],
    _ shares: @escaping @Sendable (AggregateSetup) throws(FunctionError) -> [Double],
    combine: @escaping @Sendable ([Double]) -> Double
  ) -> [Overload] {
    let kinds: [(TypePattern, DataType)] = [
      (.number, .float), (.duration, .duration), (.timestamp, .timestamp),
    ]
    return kinds.map { pattern, type in
      Overload([Parameter("x", pattern)] + more, result: .always(type), sharing: .quantiles) {
        (setup) throws(FunctionError) in
        QuantileAccumulator(setup, type: type, try shares(setup), combine: combine)
      }
    }
  }
}

/// Exact quantiles: keeps all values of each group, and selects at the end.
final class QuantileAccumulator: PartedAccumulator {
  /// One aggregate: the quantiles that it asks for, and what it makes of them.
  struct Part {
    let shares: [Double]
    let combine: @Sendable ([Double]) -> Double
  }

  private let type: DataType
  var parts: [Part]
  private let threadCount: Int
  private var chunks = GroupChunks<Double>()

  /// For the quantiles at `shares`, of which `combine` makes the result.
  init(
    _ setup: AggregateSetup, type: DataType, _ shares: [Double],
    combine: @escaping @Sendable ([Double]) -> Double
  ) {
    self.type = type
    parts = [Part(shares: shares, combine: combine)]
    threadCount = setup.threadCount
  }

  func resize(groupCount: Int) { chunks.resize(groupCount) }

  func update(_ input: AccumulatorInput) {
    chunks.appendNumbers(input.columns[0], input.groups, input.count)
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? QuantileAccumulator else { return }
    chunks.merge(other.chunks, groups: groups)
  }

  func finish(groupCount: Int) -> Column { finish(part: 0, groupCount: groupCount) }

  func finish(part: Int, groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    let (shares, combine) = (parts[part].shares, parts[part].combine)
    return chunks.summarized(groupCount, type: type, threadCount: threadCount) { pieces in
      combine(shares.map { selectQuantile(pieces: pieces, $0) })
    }
  }
}
