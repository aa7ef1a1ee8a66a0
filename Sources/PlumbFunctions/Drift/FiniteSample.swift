package import PlumbColumns
package import PlumbStatistics

/// The finite numbers of some rows in ascending order, and how many rows had none.
package struct FiniteSample: Sendable {
  /// In ascending order; `count` of them are filled.
  private let values: Buffer<Double>
  package let count: Int
  package private(set) var leftOut: LeftOutRows
  /// What the values stand for, where they are those of a profile.
  fileprivate private(set) var represented: SortedPair.Represented?
  private var sums: Buffer<Double>?
  fileprivate var facts: KnownSums?

  /// The values; valid while the sample is kept.
  package var sorted: UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: UnsafePointer(values.base), count: count)
  }

  /// The rows that the sample was taken from.
  package var rowCount: Int { valueCount + leftOut.total }

  /// A sample without a row.
  package static let empty = FiniteSample(
    values: Buffer(count: 0), count: 0, leftOut: LeftOutRows())

  private init(values: Buffer<Double>, count: Int, leftOut: LeftOutRows) {
    self.values = values
    self.count = count
    self.leftOut = leftOut
  }

  /// The sample of a profile.
  package init(_ profile: TableProfile.Numbers) {
    self.init(
      values: Buffer(profile.points), count: profile.points.count,
      leftOut: LeftOutRows(
        missing: profile.missingCount, nan: profile.nanCount, infinite: profile.infiniteCount))
    represented = SortedPair.Represented(
      count: profile.count, deviation: profile.deviation, rankError: profile.rankError)
  }

  /// The finite numbers, those of a profile being the numbers that it stands for.
  package var valueCount: Int { represented?.count ?? count }

  /// The same sample with another count of rows without a value.
  func counting(missing: Int) -> FiniteSample {
    var copy = self
    copy.leftOut.missing = missing
    return copy
  }

  /// The numbers of a column at some rows: those at `positions` of `rows`, or the rows
  /// `positions` themselves where `rows` is absent. Durations are in seconds.
  package init(
    _ column: Column, _ positions: Range<Int>, of rows: Values<UInt32>?, control: RunControl
  ) throws(RunControl.Interruption) {
    try self.init(
      FiniteNumbers(column, positions, of: rows, control: control), control: control)
  }

  /// The same numbers in order.
  init(_ numbers: FiniteNumbers, control: RunControl) throws(RunControl.Interruption) {
    self.init(
      values: try numbers.sortedInPlace(control: control), count: numbers.count,
      leftOut: numbers.leftOut)
  }
}

extension FiniteSample {
  /// The sample with what comparisons with many far smaller ones need.
  package func withSums() -> FiniteSample {
    var copy = self
    let sums = Buffer<Double>(count: count + 1)
    copy.sums = sums
    copy.facts = KnownSums(
      sums: ReferenceSums(
        of: sorted, sums: UnsafeMutableBufferPointer(start: sums.base, count: count + 1)))
    return copy
  }

  /// The sums of a sample, read by several threads and changed by none.
  fileprivate struct KnownSums: @unchecked Sendable {
    let sums: ReferenceSums
  }
}

extension SortedPair {
  /// The two samples; valid while they are kept.
  package init(
    _ reference: FiniteSample, _ current: FiniteSample, knownGap: DistributionGap? = nil
  ) {
    self.init(
      reference: reference.sorted, current: current.sorted, knownGap: knownGap,
      referenceSums: reference.facts?.sums, represented: reference.represented)
  }
}

extension FiniteSample {
  /// The gaps of several current samples to this one, whose sums are known; absent where there is
  /// none or it would not be worth while.
  package func gaps(to currents: [FiniteSample]) -> [DistributionGap?] {
    let total = currents.reduce(0) { $0 + $1.count }
    guard let facts, represented == nil, count * currents.count > total * Self.sparseRatio else {
      return currents.map { _ in nil }
    }
    return withExtendedLifetime(currents) {
      DistributionGap.looked(up: currents.map(\.sorted), in: sorted, facts.sums)
    }
  }

  /// How many times as many values a reference has that is worth looking up in.
  private static let sparseRatio = 8
}
