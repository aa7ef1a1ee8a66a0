import PlumbColumns
import PlumbStatistics

extension AggregateFunction {
  static let mmd = AggregateFunction(
    "mmd",
    summary: "The squared maximum mean discrepancy of two samples, of several columns at once.",
    details: """
      Use it for several columns at once: it sees changes of how columns go together, which no \
      test of single columns does: `mmd([age, income], split)`. The unbiased estimate, about 0 \
      without a change and at most 2, with a Gaussian kernel whose σ² is half the median of the \
      squared distances of the reference's points; bring columns of different units to one scale \
      first. Of more than 2,000 rows a sample so many are drawn, the same each time. Rows with a \
      null, NaN or infinity are left out; null for fewer than two rows in a sample. Cite Gretton \
      et al. (2012), "A Kernel Two-Sample Test". \
      \(splitDetails)
      """,
    overloads: discrepancyOverloads(permutations: nil),
    examples: [
      Example(
        "table([{x: 1, y: 1, c: false}, {x: 2, y: 2, c: false}, {x: 1, y: 2, c: true}, {x: 2, y: 1, c: true}]) | summarize mmd([x, y], split = c)",
        "-0.4773024370823822"),
      Example("table([{x: 1, c: true}, {x: null, c: false}]) | summarize mmd(x, c)", "null"),
      Example("table([{x: nan, c: true}, {x: 1.0, c: false}]) | summarize mmd(x, c)", "null"),
      Example("table([{x: 1, c: true}]) | where x > 1 | summarize mmd(x, c)", "null"),
      Example(
        #"table([{x: "a", c: true}]) | summarize mmd(x, c)"#,
        "error: `x` of `mmd` must be float, and this is string"),
    ])

  static let mmdP = AggregateFunction(
    "mmd_p",
    summary: "The p-value of `mmd`, by dividing the rows anew at random.",
    details: """
      Use it to see whether an `mmd` may be chance. The share of 200 random divisions, the same \
      each time, with a discrepancy of at least this; the given one counts, so that it is never \
      below 1/201. Of more than 500 rows a sample so many are drawn. Null as for `mmd`. Cite \
      Gretton et al. (2012). \
      \(splitDetails)
      """,
    overloads: discrepancyOverloads(permutations: MaximumMeanDiscrepancy.divisions),
    examples: [
      Example(
        "table([{x: 1, y: 1, c: false}, {x: 2, y: 2, c: false}, {x: 1, y: 2, c: true}, {x: 2, y: 1, c: true}]) | summarize mmd_p([x, y], split = c)",
        "1.0"),
      Example("table([{x: 1, c: true}, {x: null, c: false}]) | summarize mmd_p(x, c)", "null"),
      Example("table([{x: nan, c: true}, {x: 1.0, c: false}]) | summarize mmd_p(x, c)", "null"),
      Example("table([{x: 1, c: true}]) | where x > 1 | summarize mmd_p(x, c)", "null"),
      Example(
        #"table([{x: "a", c: true}]) | summarize mmd_p(x, c)"#,
        "error: `x` of `mmd_p` must be float, and this is string"),
    ])

  private static func discrepancyOverloads(permutations: Int?) -> [Overload] {
    [TypePattern.float, .list(.float)].map { pattern in
      Overload(
        [Parameter("x", pattern), Parameter("split", .bool)], result: .always(.float),
        skipsNullsOf: [0, 1]
      ) { _ in MeanDiscrepancyAccumulator(permutations: permutations) }
    }
  }
}

/// Keeps the points of both samples of each group.
final class MeanDiscrepancyAccumulator: Accumulator {
  /// The random divisions for a p-value; absent for the statistic.
  private let permutations: Int?
  private var reference = GroupChunks<Double>()
  private var current = GroupChunks<Double>()
  /// The numbers of a point; absent before the first.
  private var columns: Int?

  init(permutations: Int?) { self.permutations = permutations }

  func resize(groupCount: Int) {
    reference.resize(groupCount)
    current.resize(groupCount)
  }

  func update(_ input: AccumulatorInput) throws(FunctionError) {
    let isCurrent = input.columns[1].bools()
    let column = input.columns[0].materialized()
    var (values, offsets) = (column.doubles(), Values<Int>([]))
    var presence: Bitmap?
    if case .list(let found, let elements) = column.storage {
      (values, offsets, presence) = (elements.doubles(), found, elements.presence)
    }
    for row in 0..<input.count {
      let places = offsets.count > 0 ? offsets[row]..<offsets[row + 1] : row..<(row + 1)
      if let columns, columns != places.count {
        throw FunctionError(
          "the lists of `mmd` have one length, and not \(columns) and \(places.count)", row: row)
      }
      columns = places.count
      guard places.allSatisfy({ (presence?[$0] ?? true) && values[$0].isFinite }) else { continue }
      let group = input.groups.map { Int($0[row]) } ?? 0
      for place in places {
        if isCurrent[row] != 0 {
          current.append(values[place], to: group)
        } else {
          reference.append(values[place], to: group)
        }
      }
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(FunctionError) {
    guard let other = other as? MeanDiscrepancyAccumulator else { return }
    if let columns, let theirs = other.columns, columns != theirs {
      throw FunctionError("the lists of `mmd` have one length, and not \(columns) and \(theirs)")
    }
    columns = columns ?? other.columns
    reference.merge(other.reference, groups: groups)
    current.merge(other.current, groups: groups)
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    let columns = columns ?? 1
    return .floats(groupCount) { group in
      let test = MaximumMeanDiscrepancy(
        reference: drawn(reference, group, columns), current: drawn(current, group, columns),
        columns: columns)
      guard let permutations else { return test?.statistic }
      return test?.pValue(permutations: permutations, seed: 1)
    }
  }

  /// A group's points, or as many of them as can be compared in pairs.
  private func drawn(_ chunks: GroupChunks<Double>, _ group: Int, _ columns: Int) -> [Double] {
    let copy = chunks.copy(of: group)
    defer { copy.deallocate() }
    let limit = permutations == nil ? 2000 : MaximumMeanDiscrepancy.divisionLimit
    guard columns > 0 else { return [] }
    return MaximumMeanDiscrepancy.drawn(copy.count / columns, limit: limit)
      .flatMap { copy[($0 * columns)..<(($0 + 1) * columns)] }
  }
}
