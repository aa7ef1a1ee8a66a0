import Glibc
import PlumbColumns

extension AggregateFunction {
  static let mode = AggregateFunction(
    "mode",
    summary: "The most frequent value; of several, the one that was met first.",
    details: "All NaN are one value. Over nothing null.",
    overloads: [
      Overload([Parameter("x", .any)], result: .sameAs(0)) { setup in
        ValueCountsAccumulator(.mode, type: setup.types[0])
      }
    ],
    examples: [
      Example("table([{x: \"a\"}, {x: \"b\"}, {x: \"b\"}]) | summarize mode(x)", "b"),
      Example("table([{x: 2}, {x: 1}, {x: null}, {x: null}]) | summarize mode(x)", "2"),
      Example("table([{x: 1.0}, {x: nan}, {x: nan}]) | summarize mode(x)", "NaN"),
      Example("table([{x: 1}]) | where x > 1 | summarize mode(x)", "null"),
      Example("table([{x: 1}]) | summarize mode()", "error: `mode` needs `x`"),
    ])

  static let entropy = AggregateFunction(
    "entropy",
    summary: "Shannon's entropy of the values, in bits: 0 when all are the same.",
    details: """
      Two equally frequent values have 1 bit, four have 2. All NaN are one value. Over nothing \
      null.
      """,
    overloads: [
      Overload([Parameter("x", .any)], result: .always(.float)) { setup in
        ValueCountsAccumulator(.entropy, type: setup.types[0])
      }
    ],
    examples: [
      Example("table([{x: \"a\"}, {x: \"b\"}]) | summarize entropy(x)", "1.0"),
      Example("table([{x: 1}, {x: null}]) | summarize entropy(x)", "0.0"),
      Example("table([{x: nan}, {x: nan}, {x: 1.0}, {x: 1.0}]) | summarize entropy(x)", "1.0"),
      Example("table([{x: 1}]) | where x > 1 | summarize entropy(x)", "null"),
      Example("table([{x: 1}]) | summarize entropy()", "error: `entropy` needs `x`"),
    ])

  static let listDistinct = AggregateFunction(
    "list_distinct",
    summary: "The different values, as a list in the order in which they were met.",
    details: "Nulls are left out; all NaN are one value. Over nothing null.",
    overloads: [
      Overload([Parameter("x", .any)], result: .listOf(0)) { setup in
        ValueCountsAccumulator(.distinctList, type: setup.types[0])
      }
    ],
    examples: [
      Example("table([{x: 3}, {x: 1}, {x: 3}]) | summarize list_distinct(x)", "[3,1]"),
      Example("table([{x: 1}, {x: null}]) | summarize list_distinct(x)", "[1]"),
      Example("table([{x: nan}, {x: nan}]) | summarize list_distinct(x)", #"["NaN"]"#),
      Example("table([{x: 1}]) | where x > 1 | summarize list_distinct(x)", "null"),
      Example("table([{x: 1}]) | summarize list_distinct()", "error: `list_distinct` needs `x`"),
    ])
}

/// Counts how often each value occurs in each group.
final class ValueCountsAccumulator: Accumulator {
  /// What is made of the counts.
  enum Result {
    case mode
    case entropy
    case distinctList
  }

  private let result: Result
  private let coder: KeyCoder
  private var pairs = GroupKeyTable()
  /// How often each pair occurs, by its number.
  private var counts = GroupStates(empty: 0)

  init(_ result: Result, type: DataType) {
    self.result = result
    coder = KeyCoder(type: type)
  }

  func resize(groupCount: Int) {}

  func update(_ input: AccumulatorInput) {
    guard input.count > 0 else { return }
    let keys = coder.keys(of: input.columns[0])
    let source = keys.pointer
    var (table, counts) = (pairs, counts)
    for row in 0..<input.count {
      let number = table.number(of: source[row], in: input.groups.map { $0[row] } ?? 0)
      if number >= counts.count { counts.resize(number + 1) }
      counts[number] &+= 1
    }
    (pairs, self.counts) = (table, counts)
    withExtendedLifetime(keys) {}
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? ValueCountsAccumulator else { return }
    let translate = coder.translation(of: other.coder)
    let (otherGroups, keys) = other.pairs.entries()
    // In the order of their numbers, so that what was met first there comes first here.
    for number in 0..<keys.count {
      let here = pairs.number(
        of: translate(keys[number]), in: groups[Int(otherGroups[number])])
      counts.resize(here + 1)
      counts[here] &+= other.counts[number]
    }
  }

  func finish(groupCount: Int) -> Column {
    let (groups, keys) = pairs.entries()
    switch result {
    case .mode: return modes(groupCount, groups, keys)
    case .entropy: return entropies(groupCount, groups)
    case .distinctList: return lists(groupCount, groups, keys)
    }
  }

  private func modes(_ groupCount: Int, _ groups: [UInt32], _ keys: [UInt64]) -> Column {
    var best = [Int](repeating: -1, count: groupCount)
    for number in 0..<keys.count {
      let group = Int(groups[number])
      if best[group] < 0 || counts[number] > counts[best[group]] { best[group] = number }
    }
    let places = Values(best.map { $0 < 0 ? RowKeeper.none : UInt64($0) })
    guard !keys.isEmpty else { return .nulls(coder.type, count: groupCount) }
    return gatherRows([coder.column(of: keys)], type: coder.type, places, segmentShift: 40)
  }

  private func entropies(_ groupCount: Int, _ groups: [UInt32]) -> Column {
    var totals = [Int](repeating: 0, count: groupCount)
    for (number, group) in groups.enumerated() { totals[Int(group)] += counts[number] }
    var entropies = [Double](repeating: 0, count: groupCount)
    for (number, group) in groups.enumerated() {
      let share = Double(counts[number]) / Double(totals[Int(group)])
      entropies[Int(group)] -= share * log2(share)
    }
    return .floats(groupCount) { totals[$0] == 0 ? nil : entropies[$0] + 0 }
  }

  private func lists(_ groupCount: Int, _ groups: [UInt32], _ keys: [UInt64]) -> Column {
    var offsets = [Int](repeating: 0, count: groupCount + 1)
    for group in groups { offsets[Int(group) + 1] += 1 }
    var validity = RowValidity(count: groupCount)
    for group in 0..<groupCount {
      validity.set(group, offsets[group + 1] > 0)
      offsets[group + 1] += offsets[group]
    }
    var next = offsets
    var order = [UInt64](repeating: 0, count: keys.count)
    for (number, group) in groups.enumerated() {
      order[next[Int(group)]] = keys[number]
      next[Int(group)] += 1
    }
    return Column(
      type: .list(coder.type), count: groupCount,
      storage: .list(offsets: Values(offsets), elements: coder.column(of: order)),
      validity: validity.finish())
  }
}
