import PlumbColumns

extension AggregateFunction {
  static let any = AggregateFunction(
    "any",
    summary: "Whether the condition is true on at least one row.",
    details: "Rows where it is null are skipped. Over nothing null.",
    overloads: [
      Overload([Parameter("condition", .bool)], result: .always(.bool)) { _ in
        TruthAccumulator(isAll: false)
      }
    ],
    examples: [
      Example("table([{x: 1}, {x: 5}]) | summarize any(x > 2)", "true"),
      Example("table([{x: 1}, {x: null}]) | summarize any(x > 2)", "false"),
      Example("table([{x: nan}]) | summarize any(is_nan(x))", "true"),
      Example("table([{x: 1}]) | where x > 1 | summarize any(x > 0)", "null"),
      Example(
        "table([{x: 1}]) | summarize any(x)",
        "error: `condition` of `any` must be bool, and this is int"),
    ])

  static let all = AggregateFunction(
    "all",
    summary: "Whether the condition is true on every row.",
    details: "Rows where it is null are skipped. Over nothing null.",
    overloads: [
      Overload([Parameter("condition", .bool)], result: .always(.bool)) { _ in
        TruthAccumulator(isAll: true)
      }
    ],
    examples: [
      Example("table([{x: 1}, {x: 5}]) | summarize all(x > 2)", "false"),
      Example("table([{x: 5}, {x: null}]) | summarize all(x > 2)", "true"),
      Example("table([{x: nan}]) | summarize all(is_nan(x))", "true"),
      Example("table([{x: 1}]) | where x > 1 | summarize all(x > 0)", "null"),
      Example(
        "table([{x: 1}]) | summarize all(x)",
        "error: `condition` of `all` must be bool, and this is int"),
    ])
}

/// Counts rows and those that are true.
final class TruthAccumulator: Accumulator {
  private struct Truths: BitwiseCopyable {
    var count = 0
    var trueCount = 0
  }

  private enum TruthCount: IntegerFold {
    @inline(__always)
    static func add<Integer: FixedWidthInteger & BitwiseCopyable>(
      _ value: Integer, to state: inout Truths
    ) {
      state.count &+= 1
      state.trueCount &+= Int(truncatingIfNeeded: value)
    }
  }

  private let isAll: Bool
  private var states = GroupStates(empty: Truths())

  init(isAll: Bool) { self.isAll = isAll }

  func resize(groupCount: Int) { states.resize(groupCount) }

  func update(_ input: AccumulatorInput) { input.foldIntegers(TruthCount.self, into: states.base) }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? TruthAccumulator else { return }
    states.merge(other.states, groups: groups) {
      $0.count &+= $1.count
      $0.trueCount &+= $1.trueCount
    }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    return .integers(groupCount, type: .bool) { group in
      let state = states[group]
      if state.count == 0 { return nil }
      return (isAll ? state.trueCount == state.count : state.trueCount > 0) ? 1 : 0
    }
  }
}
