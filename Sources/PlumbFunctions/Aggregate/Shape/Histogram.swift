import PlumbColumns
import PlumbStatistics

extension AggregateFunction {
  static let histogram = AggregateFunction(
    "histogram",
    summary:
      "The number of values in each of `bins` equally wide bins from the least to the greatest.",
    details: """
      A list of records of `low`, `high` and `count`; each bin holds its lower bound, the last one \
      also its upper. NaN and infinities are left out; when all values are the same, the bins span \
      1 around it. Over nothing null.
      """,
    overloads: [
      Overload(
        [
          Parameter("x", .float),
          Parameter("bins", .int, default: .int(10), isConstant: true),
        ], result: .always(.list(HistogramAccumulator.binType))
      ) { (setup) throws(FunctionError) in
        HistogramAccumulator(bins: try setup.integer(1, "bins", in: 1...100_000))
      }
    ],
    examples: [
      Example(
        "table([{x: 0}, {x: 1}, {x: 2}, {x: 4}]) | summarize histogram(x, 2)",
        #"[{"low":0.0,"high":2.0,"count":2},{"low":2.0,"high":4.0,"count":2}]"#),
      Example(
        "table([{x: 1}, {x: null}]) | summarize histogram(x, bins = 1)",
        #"[{"low":0.5,"high":1.5,"count":1}]"#),
      Example(
        "table([{x: nan}, {x: 1.0}, {x: 2.0}]) | summarize histogram(x, bins = 1)",
        #"[{"low":1.0,"high":2.0,"count":2}]"#),
      Example("table([{x: 1}]) | where x > 1 | summarize histogram(x)", "null"),
      Example(
        "table([{x: 1}]) | summarize histogram(x, bins = 0)",
        "error: `bins` must lie between 1 and 100000, not 0"),
    ])
}

/// Keeps all values of each group, and counts them once the bounds are known.
final class HistogramAccumulator: Accumulator {
  static let binType = DataType.record([
    DataType.Field("low", .float), DataType.Field("high", .float), DataType.Field("count", .int),
  ])

  private let bins: Int
  private var chunks = GroupChunks<Double>()

  init(bins: Int) { self.bins = bins }

  func resize(groupCount: Int) { chunks.resize(groupCount) }

  func update(_ input: AccumulatorInput) {
    chunks.appendNumbers(input.columns[0], input.groups, input.count)
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? HistogramAccumulator else { return }
    chunks.merge(other.chunks, groups: groups)
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    var (lows, highs, counts) = ([Double](), [Double](), [Int]())
    var offsets = [0]
    var validity = RowValidity(count: groupCount)
    for group in 0..<groupCount {
      if let histogram = EqualWidthHistogram(chunks.pieces(of: group), bins: bins) {
        for bin in 0..<bins {
          lows.append(histogram.bound(bin))
          highs.append(histogram.bound(bin + 1))
          counts.append(histogram.counts[bin])
        }
        validity.set(group, true)
      }
      offsets.append(counts.count)
    }
    let elements = Column(
      type: Self.binType, count: counts.count,
      storage: .record([Column(lows), Column(highs), Column(counts)]))
    return Column(
      type: .list(Self.binType), count: groupCount,
      storage: .list(offsets: Values(offsets), elements: elements), validity: validity.finish())
  }
}
