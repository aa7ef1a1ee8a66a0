import PlumbColumns
import PlumbStatistics

extension AggregateFunction {
  static let etaSquared = AggregateFunction(
    "eta_squared",
    summary: "The share of the variance of `x` that the categories explain, 0 to 1.",
    details: """
      The sum of squares between the categories over the total (Pearson 1905). Rows where one is \
      null are left out. Null for fewer than two rows and where `x` is constant; a NaN gives NaN.
      """,
    overloads: [
      Overload(
        [Parameter("x", .float), Parameter("category", .any)], result: .always(.float),
        skipsNullsOf: [0, 1]
      ) { setup in EtaSquaredAccumulator(categoryType: setup.types[1]) }
    ],
    examples: [
      Example(
        "table([{x: 1, c: \"a\"}, {x: 1, c: \"a\"}, {x: 3, c: \"b\"}]) | summarize eta_squared(x, c)",
        "1.0"),
      Example(
        "table([{x: 1, c: \"a\"}, {x: 3, c: null}]) | summarize eta_squared(x, c)", "null"),
      Example(
        "table([{x: nan, c: \"a\"}, {x: 3.0, c: \"b\"}]) | summarize eta_squared(x, c)", "NaN"),
      Example(
        "table([{x: 1, c: \"a\"}]) | where x > 1 | summarize eta_squared(x, c)", "null"),
      Example(
        #"table([{x: "a"}]) | summarize eta_squared(x, x)"#,
        "error: `x` of `eta_squared` must be float, and this is string"),
    ])
}

/// Moments of each group, and a sum for each category in it.
final class EtaSquaredAccumulator: Accumulator {
  private let coder: KeyCoder
  private var pairs = GroupKeyTable()
  private var categories = GroupStates(empty: CountedSum())
  private var totals = GroupStates(empty: Moments())

  init(categoryType: DataType) { coder = KeyCoder(type: categoryType) }

  func resize(groupCount: Int) { totals.resize(groupCount) }

  func update(_ input: AccumulatorInput) {
    guard input.count > 0 else { return }
    let values = input.columns[0].doubles()
    let keys = coder.keys(of: input.columns[1])
    var (table, categories) = (pairs, categories)
    let base = totals.base
    for row in 0..<input.count {
      let group = input.groups.map { $0[row] } ?? 0
      let number = table.number(of: keys[row], in: group)
      if number >= categories.count { categories.resize(number + 1) }
      categories.base[number].add(values[row])
      base[Int(group)].add(values[row])
    }
    (pairs, self.categories) = (table, categories)
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? EtaSquaredAccumulator else { return }
    totals.merge(other.totals, groups: groups) { $0.merge($1) }
    let translate = coder.translation(of: other.coder)
    let (otherGroups, keys) = other.pairs.entries()
    for number in 0..<keys.count {
      let here = pairs.number(
        of: translate(keys[number]), in: groups[Int(otherGroups[number])])
      categories.resize(here + 1)
      categories.base[here].merge(other.categories[number])
    }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    var between = [Double](repeating: 0, count: groupCount)
    for (number, group) in pairs.entries().groups.enumerated() {
      guard let mean = categories[number].mean else { continue }
      let distance = mean - totals[Int(group)].mean
      between[Int(group)] += Double(categories[number].count) * distance * distance
    }
    return .floats(groupCount) { group in
      let total = totals[group]
      guard total.count > 1 else { return nil }
      let spread = total.squaredDistances
      if spread == 0 { return nil }
      return spread.isNaN ? .nan : Swift.min(1, between[group] / spread)
    }
  }
}
