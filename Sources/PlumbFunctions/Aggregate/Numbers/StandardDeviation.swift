import PlumbColumns
import PlumbStatistics

extension AggregateFunction {
  static let stddev = AggregateFunction(
    "stddev",
    summary: "The sample standard deviation (divided by n − 1).",
    details: """
      Of one value it is null; a NaN or an infinity gives NaN. Sums of squares are kept to about \
      100 bits, so that a large mean costs no digits and the order of the rows does not matter.
      """,
    overloads: [
      Overload(
        [Parameter("x", .number)], result: .always(.float), sharing: .summary(.standardDeviation)
      ) { setup in
        MomentsAccumulator(.standardDeviation, type: setup.types[0])
      },
      Overload([Parameter("x", .duration)], result: .always(.duration)) { setup in
        MomentsAccumulator(.standardDeviation, type: .duration)
      },
    ],
    examples: [
      Example("table([{x: 1}, {x: 2}, {x: 3}]) | summarize stddev(x)", "1.0"),
      Example("table([{x: 1.0}, {x: null}]) | summarize stddev(x)", "null"),
      Example("table([{x: 1.0}, {x: 2.0}, {x: nan}]) | summarize stddev(x)", "NaN"),
      Example("table([{x: 1}]) | where x > 1 | summarize stddev(x)", "null"),
      Example("table([{x: 10s}, {x: 20s}, {x: 30s}]) | summarize stddev(x)", "10s"),
      Example(
        #"table([{x: "a"}]) | summarize stddev(x)"#,
        "error: `x` of `stddev` must be a number, and this is string"),
    ])

  static let variance = AggregateFunction(
    "variance",
    summary: "The sample variance (divided by n − 1).",
    details: "Of one value it is null; a NaN or an infinity gives NaN.",
    overloads: [
      Overload([Parameter("x", .number)], result: .always(.float), sharing: .summary(.variance)) {
        setup in
        MomentsAccumulator(.variance, type: setup.types[0])
      }
    ],
    examples: [
      Example("table([{x: 1}, {x: 3}]) | summarize variance(x)", "2.0"),
      Example("table([{x: 1.0}, {x: null}]) | summarize variance(x)", "null"),
      Example("table([{x: 1.0}, {x: nan}]) | summarize variance(x)", "NaN"),
      Example("table([{x: 1}]) | where x > 1 | summarize variance(x)", "null"),
      Example(
        #"table([{x: "a"}]) | summarize variance(x)"#,
        "error: `x` of `variance` must be a number, and this is string"),
    ])
}

/// Count, sum and sum of squares, for what follows from them.
final class MomentsAccumulator: Accumulator {
  /// What is made of the moments.
  enum Result {
    case standardDeviation
    case variance
    /// A record of the mean and its confidence interval at this level.
    case meanInterval(level: Double)
  }

  private enum FloatMoments: FloatFold {
    @inline(__always)
    static func add(_ value: Double, to state: inout Moments) { state.add(value) }

    @inline(__always)
    static func addRun(
      _ values: UnsafePointer<Double>, _ count: Int, to state: inout Moments
    ) {
      state.add(values, count: count)
    }
  }

  private enum IntegerMoments: IntegerFold {
    @inline(__always)
    static func add<Integer: FixedWidthInteger & BitwiseCopyable>(
      _ value: Integer, to state: inout Moments
    ) {
      state.add(Double(value))
    }
  }

  private let result: Result
  private let type: DataType
  private var states = GroupStates(empty: Moments())

  /// For values of `type`: float, an integer-backed type or bool.
  init(_ result: Result, type: DataType) {
    self.result = result
    self.type = type
  }

  var readsPresence: Bool { true }

  func resize(groupCount: Int) { states.resize(groupCount) }

  func update(_ input: AccumulatorInput) {
    if type == .float {
      input.foldFloats(FloatMoments.self, into: states.base)
    } else {
      input.foldIntegers(IntegerMoments.self, into: states.base)
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? MomentsAccumulator else { return }
    states.merge(other.states, groups: groups) { $0.merge($1) }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    switch result {
    case .standardDeviation where type == .duration:
      return .integers(groupCount, type: .duration) {
        states[$0].standardDeviation.flatMap(wholeMicroseconds)
      }
    case .standardDeviation: return .floats(groupCount) { states[$0].standardDeviation }
    case .variance: return .floats(groupCount) { states[$0].variance }
    case .meanInterval(let level): return meanIntervals(groupCount, level)
    }
  }

  /// Student's t interval; without bounds for one value, null over nothing.
  private func meanIntervals(_ groupCount: Int, _ level: Double) -> Column {
    func halfWidth(_ moments: Moments) -> Double? {
      guard let deviation = moments.standardDeviation else { return nil }
      let quantile = studentTQuantile((1 + level) / 2, degrees: Double(moments.count - 1))
      return quantile * deviation / Double(moments.count).squareRoot()
    }
    let means = Column.floats(groupCount) { states[$0].count > 0 ? states[$0].mean : nil }
    let lows = Column.floats(groupCount) { group in
      halfWidth(states[group]).map { states[group].mean - $0 }
    }
    let highs = Column.floats(groupCount) { group in
      halfWidth(states[group]).map { states[group].mean + $0 }
    }
    return Column(
      type: MomentsAccumulator.intervalType, count: groupCount,
      storage: .record([means, lows, highs]), validity: means.validity)
  }

  static let intervalType = DataType.record([
    DataType.Field("mean", .float), DataType.Field("low", .float), DataType.Field("high", .float),
  ])
}
