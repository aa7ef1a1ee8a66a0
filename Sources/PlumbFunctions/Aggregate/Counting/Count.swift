import PlumbColumns

extension AggregateFunction {
  static let count = AggregateFunction(
    "count",
    summary: "The number of rows, or of rows where `x` is not null.",
    details: "NaN is a value and counts. Over nothing the count is 0.",
    overloads: [
      Overload([], result: .always(.int), skipsNullsOf: []) { _ in CountAccumulator() },
      Overload([Parameter("x", .any)], result: .always(.int), sharing: .summary(.count)) { _ in
        CountAccumulator()
      },
    ],
    examples: [
      Example("table([{x: 1}, {x: null}]) | summarize count()", "2"),
      Example("table([{x: 1}, {x: null}]) | summarize count(x)", "1"),
      Example("table([{x: nan}, {x: 1.0}]) | summarize count(x)", "2"),
      Example("table([{x: 1}]) | where x > 1 | summarize count()", "0"),
      Example("table([{x: 1}]) | summarize count(x, 2)", "error: `count` takes at most 1 argument"),
    ])
}

/// Counts the rows that it is given.
final class CountAccumulator: Accumulator {
  private var states = GroupStates(empty: 0)

  var readsPresence: Bool { true }

  func resize(groupCount: Int) { states.resize(groupCount) }

  func update(_ input: AccumulatorInput) {
    let base = states.base
    let groups = input.groups
    input.forEachSegment { start, end, group in
      if let group {
        base[group] &+= end - start
      } else if let groups {
        for row in start..<end { base[Int(groups[row])] &+= 1 }
      }
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? CountAccumulator else { return }
    states.merge(other.states, groups: groups) { $0 &+= $1 }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    return .integers(groupCount, type: .int) { states[$0] }
  }
}
