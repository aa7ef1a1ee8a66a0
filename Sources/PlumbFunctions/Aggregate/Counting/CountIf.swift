import PlumbColumns

extension AggregateFunction {
  static let countIf = AggregateFunction(
    "count_if",
    summary: "The number of rows for which the condition is true.",
    details: "Rows where it is null do not count. Over nothing the count is 0.",
    overloads: [
      Overload([Parameter("condition", .bool)], result: .always(.int)) { _ in
        CountIfAccumulator()
      }
    ],
    examples: [
      Example("table([{x: 1}, {x: 5}, {x: null}]) | summarize count_if(x > 2)", "1"),
      Example("table([{x: nan}, {x: 1.0}]) | summarize count_if(is_nan(x))", "1"),
      Example("table([{x: 1}]) | where x > 1 | summarize count_if(x > 0)", "0"),
      Example(
        "table([{x: 1}]) | summarize count_if(x)",
        "error: `condition` of `count_if` must be bool, and this is int"),
    ])

  static let countNaN = AggregateFunction(
    "count_nan",
    summary: "The number of rows where `x` is NaN: the steps of a run that diverged.",
    details: "Over nothing the count is 0.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.int)) { _ in CountNaNAccumulator() }
    ],
    examples: [
      Example("table([{x: nan}, {x: 1.0}, {x: null}]) | summarize count_nan(x)", "1"),
      Example("table([{x: inf}]) | summarize count_nan(x)", "0"),
      Example("table([{x: nan}]) | where x > 1 | summarize count_nan(x)", "0"),
      Example(
        #"table([{x: "a"}]) | summarize count_nan(x)"#,
        "error: `x` of `count_nan` must be float, and this is string"),
    ])
}

/// Counts rows that are true.
final class CountIfAccumulator: Accumulator {
  private enum TrueCount: IntegerFold {
    @inline(__always)
    static func add<Integer: FixedWidthInteger & BitwiseCopyable>(
      _ value: Integer, to state: inout Int
    ) {
      state &+= Int(truncatingIfNeeded: value)
    }
  }

  private var states = GroupStates(empty: 0)

  func resize(groupCount: Int) { states.resize(groupCount) }

  func update(_ input: AccumulatorInput) { input.foldIntegers(TrueCount.self, into: states.base) }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? CountIfAccumulator else { return }
    states.merge(other.states, groups: groups) { $0 &+= $1 }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    return .integers(groupCount, type: .int) { states[$0] }
  }
}

/// Counts rows that are NaN.
final class CountNaNAccumulator: Accumulator {
  private enum NaNCount: FloatFold {
    @inline(__always)
    static func add(_ value: Double, to state: inout Int) { state &+= value != value ? 1 : 0 }
  }

  private var states = GroupStates(empty: 0)

  func resize(groupCount: Int) { states.resize(groupCount) }

  func update(_ input: AccumulatorInput) { input.foldFloats(NaNCount.self, into: states.base) }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? CountNaNAccumulator else { return }
    states.merge(other.states, groups: groups) { $0 &+= $1 }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    return .integers(groupCount, type: .int) { states[$0] }
  }
}
