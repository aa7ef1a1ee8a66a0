import PlumbColumns

extension AggregateFunction {
  static let first = AggregateFunction(
    "first",
    summary: "The first value that is not null, in the order of the rows.",
    details: "NaN is a value. Over nothing null.",
    overloads: [
      Overload([Parameter("x", .any)], result: .sameAs(0)) { setup in
        FirstLastAccumulator(type: setup.types[0], isLast: false)
      }
    ],
    examples: [
      Example("table([{x: 3}, {x: 1}]) | summarize first(x)", "3"),
      Example("table([{x: null}, {x: 1}]) | summarize first(x)", "1"),
      Example("table([{x: nan}, {x: 1.0}]) | summarize first(x)", "NaN"),
      Example("table([{x: 1}]) | where x > 1 | summarize first(x)", "null"),
      Example("table([{x: 1}]) | summarize first()", "error: `first` needs `x`"),
    ])

  static let last = AggregateFunction(
    "last",
    summary: "The last value that is not null, in the order of the rows.",
    details: "NaN is a value. Over nothing null.",
    overloads: [
      Overload([Parameter("x", .any)], result: .sameAs(0)) { setup in
        FirstLastAccumulator(type: setup.types[0], isLast: true)
      }
    ],
    examples: [
      Example("table([{x: 3}, {x: 1}]) | summarize last(x)", "1"),
      Example("table([{x: 1}, {x: null}]) | summarize last(x)", "1"),
      Example("table([{x: 1.0}, {x: nan}]) | summarize last(x)", "NaN"),
      Example("table([{x: 1}]) | where x > 1 | summarize last(x)", "null"),
      Example("table([{x: 1}]) | summarize last()", "error: `last` needs `x`"),
    ])
}

/// Remembers the first or the last row of each group.
final class FirstLastAccumulator: Accumulator {
  private let isLast: Bool
  private var keeper: RowKeeper
  private var places = GroupStates(empty: RowKeeper.none)

  init(type: DataType, isLast: Bool) {
    self.isLast = isLast
    keeper = RowKeeper(type: type)
  }

  func resize(groupCount: Int) { places.resize(groupCount) }

  func update(_ input: AccumulatorInput) {
    guard input.count > 0 else { return }
    let start = keeper.keep(input.columns[0])
    let base = places.base
    if let groups = input.groups {
      if isLast {
        for row in 0..<input.count { base[Int(groups[row])] = start &+ UInt64(row) }
      } else {
        for row in 0..<input.count where base[Int(groups[row])] == RowKeeper.none {
          base[Int(groups[row])] = start &+ UInt64(row)
        }
      }
    } else if isLast {
      base[0] = start &+ UInt64(input.count - 1)
    } else if base[0] == RowKeeper.none {
      base[0] = start
    }
    if keeper.shouldCompact(groupCount: places.count) {
      keeper.compact(places.base, stride: 1, count: places.count)
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? FirstLastAccumulator else { return }
    let shift = keeper.merge(other.keeper)
    let isLast = isLast
    places.merge(other.places, groups: groups) { place, later in
      if later != RowKeeper.none, isLast || place == RowKeeper.none { place = later &+ shift }
    }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    let wanted = Buffer<UInt64>(count: groupCount)
    wanted.base.update(from: places.base, count: groupCount)
    return keeper.values(at: Values(wanted))
  }
}
