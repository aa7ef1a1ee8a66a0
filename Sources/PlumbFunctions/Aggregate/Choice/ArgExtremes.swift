import PlumbColumns

extension AggregateFunction {
  static let argMax = AggregateFunction(
    "arg_max",
    summary: "The value of `x` on the row where `by` is greatest.",
    details: """
      The first such row on a tie. Rows where `by` is null or NaN are left out; the result is null \
      where `x` is null on that row, and over nothing.
      """,
    overloads: [
      Overload(
        [Parameter("x", .any), Parameter("by", .ordered)], result: .sameAs(0), skipsNullsOf: [1],
        sharing: .extremeRow(isMax: true)
      ) { setup in argAccumulator(setup, isMax: true) }
    ],
    examples: [
      Example(
        "table([{x: \"a\", n: 1}, {x: \"b\", n: 3}, {x: \"c\", n: 3}]) | summarize arg_max(x, n)",
        "b"),
      Example(
        "table([{x: 1, n: 1.0}, {x: 2, n: nan}, {x: 3, n: null}]) | summarize arg_max(x, n)", "1"),
      Example("table([{x: 1, n: 1}, {x: null, n: 2}]) | summarize arg_max(x, n)", "null"),
      Example("table([{x: 1, n: 1}]) | where n > 1 | summarize arg_max(x, n)", "null"),
      Example("table([{x: 1}]) | summarize arg_max()", "error: `arg_max` needs `x`"),
    ])

  static let argMin = AggregateFunction(
    "arg_min",
    summary: "The value of `x` on the row where `by` is least.",
    details: """
      The first such row on a tie. Rows where `by` is null or NaN are left out; the result is null \
      where `x` is null on that row, and over nothing.
      """,
    overloads: [
      Overload(
        [Parameter("x", .any), Parameter("by", .ordered)], result: .sameAs(0), skipsNullsOf: [1],
        sharing: .extremeRow(isMax: false)
      ) { setup in argAccumulator(setup, isMax: false) }
    ],
    examples: [
      Example(
        "table([{x: \"a\", n: 1}, {x: \"b\", n: 1}, {x: \"c\", n: 3}]) | summarize arg_min(x, n)",
        "a"),
      Example(
        "table([{x: 1, n: 1.0}, {x: 2, n: nan}, {x: 3, n: null}]) | summarize arg_min(x, n)", "1"),
      Example("table([{x: null, n: 1}, {x: 1, n: 2}]) | summarize arg_min(x, n)", "null"),
      Example("table([{x: 1, n: 1}]) | where n > 1 | summarize arg_min(x, n)", "null"),
      Example("table([{x: 1}]) | summarize arg_min()", "error: `arg_min` needs `x`"),
    ])
}

private func argAccumulator(_ setup: AggregateSetup, isMax: Bool) -> any Accumulator {
  switch setup.types[1] {
  case .float: FloatArgAccumulator(type: setup.types[0], isMax: isMax)
  case .null, .bool, .int, .timestamp, .duration:
    IntegerArgAccumulator(type: setup.types[0], isMax: isMax)
  case .string, .list, .record: ValueArgAccumulator(setup.types, isMax: isMax)
  }
}

/// The row at which a double is extreme. Maxima are found as minima of the negated values.
final class FloatArgAccumulator: SharedAccumulator {
  /// The least key so far (NaN: none) and its row.
  private struct Best: BitwiseCopyable {
    var key: Double
    var place: UInt64
  }

  private let isMax: Bool
  private var keeper: RowKeeper
  private var states = GroupStates(empty: Best(key: .nan, place: RowKeeper.none))

  init(type: DataType, isMax: Bool) {
    self.isMax = isMax
    keeper = RowKeeper(type: type)
  }

  var readsPresence: Bool { true }

  func resize(groupCount: Int) { states.resize(groupCount) }

  func update(_ input: AccumulatorInput) {
    guard input.count > 0 else { return }
    let keys = input.columns[1].doubles()
    let start = keeper.keep(input.columns[0])
    if isMax {
      fold(keys.pointer, input, start) { -$0 }
    } else {
      fold(keys.pointer, input, start) { $0 }
    }
    withExtendedLifetime(keys) {}
    if keeper.shouldCompact(groupCount: states.count) { compact() }
  }

  @inline(__always)
  private func fold(
    _ keys: UnsafePointer<Double>, _ input: AccumulatorInput, _ start: UInt64,
    _ turned: (Double) -> Double
  ) {
    let base = states.base
    guard let groups = input.groups else {
      var best = base[0]
      input.forEachPresentRange { from, to in
        for row in from..<to {
          let key = turned(keys[row])
          if !(best.key <= key), key == key {
            best = Best(key: key, place: start &+ UInt64(truncatingIfNeeded: row))
          }
        }
      }
      base[0] = best
      return
    }
    input.forEachPresentRange { from, to in
      for row in from..<to {
        let key = turned(keys[row])
        let group = Int(groups[row])
        if !(base[group].key <= key), key == key {
          base[group] = Best(key: key, place: start &+ UInt64(truncatingIfNeeded: row))
        }
      }
    }
  }

  private func compact() {
    let places = UnsafeMutableRawPointer(states.base)
      .advanced(by: MemoryLayout<UInt64>.size).assumingMemoryBound(to: UInt64.self)
    keeper.compact(places, stride: 2, count: states.count)
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? FloatArgAccumulator else { return }
    let shift = keeper.merge(other.keeper)
    states.merge(other.states, groups: groups) { best, later in
      if !(best.key <= later.key), !later.key.isNaN {
        best = Best(key: later.key, place: later.place &+ shift)
      }
    }
  }

  func finish(groupCount: Int) -> Column { finish(part: 0, groupCount: groupCount) }

  /// Part 0 is the value on the row; all others are the extreme itself.
  func finish(part: Int, groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    guard part == 0 else {
      return .floats(groupCount) { group in
        let key = states[group].key
        return key.isNaN ? nil : isMax ? -key : key
      }
    }
    let wanted = Buffer<UInt64>(count: groupCount)
    for group in 0..<groupCount { wanted.base[group] = states[group].place }
    return keeper.values(at: Values(wanted))
  }
}
