import PlumbColumns
import PlumbStatistics

extension AggregateFunction {
  static let spearman = AggregateFunction(
    "spearman",
    summary: "Spearman's rank correlation: how far two numbers rise and fall together.",
    details: """
      Tied values share the mean of their ranks. Rows where one is null or NaN are left out. Null \
      for fewer than two rows and where one side is constant.
      """,
    overloads: [
      Overload(
        [Parameter("x", .float), Parameter("y", .float)], result: .always(.float),
        skipsNullsOf: [0, 1]
      ) { setup in SpearmanAccumulator(threadCount: setup.threadCount) }
    ],
    examples: [
      Example(
        "table([{x: 1, y: 1}, {x: 2, y: 8}, {x: 3, y: 27}]) | summarize spearman(x, y)", "1.0"),
      Example("table([{x: 1, y: 2}, {x: null, y: 4}]) | summarize spearman(x, y)", "null"),
      Example(
        "table([{x: 1.0, y: 2}, {x: nan, y: 4}, {x: 2.0, y: 1}]) | summarize spearman(x, y)",
        "-1.0"),
      Example("table([{x: 1, y: 2}]) | where x > 1 | summarize spearman(x, y)", "null"),
      Example(
        #"table([{x: "a"}]) | summarize spearman(x, x)"#,
        "error: `x` of `spearman` must be float, and this is string"),
    ])
}

/// Keeps all pairs of each group, and ranks them at the end.
final class SpearmanAccumulator: Accumulator {
  private let threadCount: Int
  private var x = GroupChunks<Double>()
  private var y = GroupChunks<Double>()

  init(threadCount: Int) { self.threadCount = threadCount }

  func resize(groupCount: Int) {
    x.resize(groupCount)
    y.resize(groupCount)
  }

  func update(_ input: AccumulatorInput) {
    let (first, second) = (input.columns[0].doubles(), input.columns[1].doubles())
    for row in 0..<input.count {
      if first[row].isNaN || second[row].isNaN { continue }
      let group = input.groups.map { Int($0[row]) } ?? 0
      x.append(first[row], to: group)
      y.append(second[row], to: group)
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? SpearmanAccumulator else { return }
    x.merge(other.x, groups: groups)
    y.merge(other.y, groups: groups)
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    return .floats(groupCount) { group in
      let (first, second) = (x.copy(of: group), y.copy(of: group))
      defer {
        first.deallocate()
        second.deallocate()
      }
      return rankCorrelation(UnsafeBufferPointer(first), UnsafeBufferPointer(second))
    }
  }
}
