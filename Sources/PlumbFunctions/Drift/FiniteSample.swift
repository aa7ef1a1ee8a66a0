package import PlumbColumns
package import PlumbStatistics

/// The finite numbers of some rows in ascending order, and how many rows had none.
package struct FiniteSample: Sendable {
  /// In ascending order; `count` of them are filled.
  private let values: Buffer<Double>
  package let count: Int
  package private(set) var missingCount = 0
  package private(set) var nanCount = 0
  package private(set) var infiniteCount = 0
  /// What the values stand for, where they are those of a profile.
  fileprivate private(set) var represented: SortedPair.Represented?
  private var sums: Buffer<Double>?
  fileprivate var facts: KnownSums?

  /// The values; valid while the sample is kept.
  package var sorted: UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: UnsafePointer(values.base), count: count)
  }

  /// The rows that the sample was taken from.
  package var rowCount: Int { valueCount + missingCount + nanCount + infiniteCount }

  /// A sample without a row.
  package static let empty = FiniteSample(values: Buffer(count: 0), count: 0)

  private init(values: Buffer<Double>, count: Int) {
    self.values = values
    self.count = count
  }

  /// The sample of a profile.
  package init(_ profile: TableProfile.Numbers) {
    self.init(values: Buffer(profile.points), count: profile.points.count)
    missingCount = profile.missingCount
    nanCount = profile.nanCount
    infiniteCount = profile.infiniteCount
    represented = SortedPair.Represented(
      count: profile.count, deviation: profile.deviation, rankError: profile.rankError)
  }

  /// The finite numbers, those of a profile being the numbers that it stands for.
  package var valueCount: Int { represented?.count ?? count }

  /// The same sample with another count of rows without a value.
  func counting(missing: Int) -> FiniteSample {
    var copy = self
    copy.missingCount = missing
    return copy
  }

  /// The numbers of a column at some rows: those at `positions` of `rows`, or the rows
  /// `positions` themselves where `rows` is absent. Durations are in seconds.
  package init(
    _ column: Column, _ positions: Range<Int>, of rows: Values<UInt32>?, control: RunControl
  ) throws(RunControl.Interruption) {
    try control.reserve(positions.count * 16)
    let target = Buffer<Double>(count: positions.count)
    let chosen = ChosenRows(column: column, positions: positions, rows: rows)
    let tally =
      switch column.materialized().storage {
      case .float(let values): chosen.take(values.pointer, into: target.base) { $0 }
      case .int8(let values): chosen.take(values.pointer, into: target.base) { Double($0) }
      case .int16(let values): chosen.take(values.pointer, into: target.base) { Double($0) }
      case .int32(let values): chosen.take(values.pointer, into: target.base) { Double($0) }
      case .int64(let values): chosen.take(values.pointer, into: target.base) { Double($0) }
      case .bool(let values): chosen.take(values.pointer, into: target.base) { Double($0) }
      case .text8, .text16, .text32, .list, .record, .constant: ChosenRows.Tally()
      }
    withExtendedLifetime(column) {}
    if column.type == .duration {
      for index in 0..<tally.kept { target.base[index] /= 1e6 }
    }
    try sortAscending(target.base, tally.kept, control: control)
    values = target
    count = tally.kept
    missingCount = tally.missing
    nanCount = tally.nan
    infiniteCount = tally.infinite
  }

  /// The numbers that lie in pieces of memory.
  init(
    pieces: [UnsafeBufferPointer<Double>], control: RunControl
  ) throws(RunControl.Interruption) {
    let total = pieces.reduce(0) { $0 + $1.count }
    let target = Buffer<Double>(count: total)
    var tally = ChosenRows.Tally()
    for piece in pieces {
      for value in piece { tally.add(value, to: target.base) }
    }
    try sortAscending(target.base, tally.kept, control: control)
    values = target
    count = tally.kept
    nanCount = tally.nan
    infiniteCount = tally.infinite
  }
}

/// Sorts finite numbers, without -0.0, by the radix of their bits.
private func sortAscending(
  _ values: UnsafeMutablePointer<Double>, _ count: Int, control: RunControl
) throws(RunControl.Interruption) {
  let scratch = Buffer<UInt64>(count: count)
  let words = UnsafeMutableRawPointer(values).assumingMemoryBound(to: UInt64.self)
  let sign: UInt64 = 1 << 63
  // Ascending as unsigned words: negative numbers reversed, the others above them.
  for index in 0..<count {
    let word = words[index]
    words[index] = word ^ (word & sign != 0 ? ~0 : sign)
  }
  var sorter = WordSorter(control: control)
  try sorter.sort(words, scratch.base, count)
  for index in 0..<count {
    let word = words[index]
    words[index] = word ^ (word & sign != 0 ? sign : ~0)
  }
}

/// Rows of a column from which numbers are taken.
private struct ChosenRows {
  let column: Column
  let positions: Range<Int>
  let rows: Values<UInt32>?

  /// What was found so far.
  struct Tally {
    var kept = 0
    var missing = 0
    var nan = 0
    var infinite = 0

    @inline(__always)
    mutating func add(_ value: Double, to target: UnsafeMutablePointer<Double>) {
      if value.isFinite {
        // -0.0 is 0.0.
        target[kept] = value + 0
        kept &+= 1
      } else if value.isNaN {
        nan &+= 1
      } else {
        infinite &+= 1
      }
    }
  }

  @inline(__always)
  func take<Source: BitwiseCopyable>(
    _ source: UnsafePointer<Source>, into target: UnsafeMutablePointer<Double>,
    _ converted: (Source) -> Double
  ) -> Tally {
    var tally = Tally()
    let presence = column.presence
    if let rows {
      let rows = rows.pointer
      for position in positions {
        let row = Int(rows[position])
        if presence?[row] ?? true {
          tally.add(converted(source[row]), to: target)
        } else {
          tally.missing &+= 1
        }
      }
    } else if let presence {
      for row in positions {
        if presence[row] {
          tally.add(converted(source[row]), to: target)
        } else {
          tally.missing &+= 1
        }
      }
    } else {
      for row in positions { tally.add(converted(source[row]), to: target) }
    }
    return tally
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
