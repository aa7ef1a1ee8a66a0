package import PlumbColumns
import PlumbStatistics

/// The finite numbers of some rows in any order, and how many rows had none.
package struct FiniteNumbers: Sendable {
  /// `count` of them are filled.
  private let values: Buffer<Double>
  package let count: Int
  package let leftOut: LeftOutRows

  /// The values; valid while the numbers are kept.
  package var all: UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: UnsafePointer(values.base), count: count)
  }

  /// The numbers of a column at some rows: those at `positions` of `rows`, or the rows
  /// `positions` themselves where `rows` is absent. Durations are in seconds.
  package init(
    _ column: Column, _ positions: Range<Int>, of rows: Values<UInt32>?, control: RunControl
  ) throws(RunControl.Interruption) {
    try control.reserve(positions.count * MemoryLayout<Double>.stride)
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
    self.init(target, tally, areDurations: column.type == .duration)
  }

  /// The numbers that lie in pieces of memory, durations in microseconds.
  init(pieces: [UnsafeBufferPointer<Double>], areDurations: Bool) {
    let total = pieces.reduce(0) { $0 + $1.count }
    let target = Buffer<Double>(count: total)
    var tally = ChosenRows.Tally()
    for piece in pieces {
      for value in piece { tally.add(value, to: target.base) }
    }
    self.init(target, tally, areDurations: areDurations)
  }

  private init(_ values: Buffer<Double>, _ tally: ChosenRows.Tally, areDurations: Bool) {
    self.values = values
    count = tally.kept
    leftOut = tally.leftOut
    guard areDurations else { return }
    for index in 0..<count { values.base[index] /= Double(CivilTime.microsecondsPerSecond) }
  }

  /// Brings the values into ascending order, where they lie.
  func sortedInPlace(control: RunControl) throws(RunControl.Interruption) -> Buffer<Double> {
    try control.reserve(count * MemoryLayout<UInt64>.stride)
    let scratch = Buffer<UInt64>(count: count)
    let words = UnsafeMutableRawPointer(values.base).assumingMemoryBound(to: UInt64.self)
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
    return values
  }
}

/// The rows of a sample that have no finite number.
package struct LeftOutRows: Sendable {
  package var missing = 0
  package var nan = 0
  package var infinite = 0

  package init(missing: Int = 0, nan: Int = 0, infinite: Int = 0) {
    self.missing = missing
    self.nan = nan
    self.infinite = infinite
  }

  package var total: Int { missing + nan + infinite }
}

/// Rows of a column from which numbers are taken.
private struct ChosenRows {
  let column: Column
  let positions: Range<Int>
  let rows: Values<UInt32>?

  /// What was found so far.
  struct Tally {
    var kept = 0
    var leftOut = LeftOutRows()

    @inline(__always)
    mutating func add(_ value: Double, to target: UnsafeMutablePointer<Double>) {
      if value.isFinite {
        // -0.0 is 0.0.
        target[kept] = value + 0
        kept &+= 1
      } else if value.isNaN {
        leftOut.nan &+= 1
      } else {
        leftOut.infinite &+= 1
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
          tally.leftOut.missing &+= 1
        }
      }
    } else if let presence {
      for row in positions {
        if presence[row] {
          tally.add(converted(source[row]), to: target)
        } else {
          tally.leftOut.missing &+= 1
        }
      }
    } else {
      for row in positions { tally.add(converted(source[row]), to: target) }
    }
    return tally
  }
}
