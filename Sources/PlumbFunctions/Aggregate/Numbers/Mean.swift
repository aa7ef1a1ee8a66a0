import PlumbColumns
import PlumbStatistics

extension AggregateFunction {
  static let mean = AggregateFunction(
    "mean",
    summary: "The arithmetic mean of numbers, bools (the share of true), durations or times.",
    details: """
      A float, or a time or duration rounded to the microsecond. A NaN gives NaN. Over nothing \
      the mean is null.
      """,
    overloads: [
      Overload([Parameter("x", .number)], result: .always(.float), sharing: .summary(.mean)) {
        setup in
        if setup.types[0] == .float { return SummaryAccumulator<CountedSum>([.mean]) }
        return IntegerSumAccumulator(result: .mean)
      },
      Overload([Parameter("x", .bool)], result: .always(.float)) { _ in
        IntegerSumAccumulator(result: .mean)
      },
      Overload([Parameter("x", .duration)], result: .always(.duration)) { _ in
        IntegerSumAccumulator(result: .roundedMean(.duration))
      },
      Overload([Parameter("x", .timestamp)], result: .always(.timestamp)) { _ in
        IntegerSumAccumulator(result: .roundedMean(.timestamp))
      },
    ],
    examples: [
      Example("table([{x: 1}, {x: 2}]) | summarize mean(x)", "1.5"),
      Example("table([{x: 1.0}, {x: null}]) | summarize mean(x)", "1.0"),
      Example("table([{x: 1.0}, {x: nan}]) | summarize mean(x)", "NaN"),
      Example("table([{x: 1}]) | where x > 1 | summarize mean(x)", "null"),
      Example("table([{x: true}, {x: false}]) | summarize mean(x)", "0.5"),
      Example("table([{x: 10s}, {x: 20s}]) | summarize mean(x)", "15s"),
      Example(
        #"table([{x: "a"}]) | summarize mean(x)"#,
        "error: `x` of `mean` must be a number, and this is string"),
    ])
}

/// A sum of doubles and their number.
struct CountedSum: BitwiseCopyable {
  var sum = ExactSum()
  var count = 0

  @inline(__always)
  mutating func add(_ value: Double) {
    sum.add(value)
    count &+= 1
  }

  @inline(__always)
  mutating func merge(_ other: CountedSum) {
    sum.merge(other.sum)
    count &+= other.count
  }

  /// The mean; absent over nothing.
  var mean: Double? {
    if count == 0 { return nil }
    // Divided before rounding, so that the mean of equal values is that value.
    guard sum.high.isFinite else { return sum.high }
    return (sum.doubleDouble / Double(count)).value
  }
}
