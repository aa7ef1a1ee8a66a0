import PlumbColumns
import PlumbPlan

/// The right side of an asof join: rows by key and, within a key, in the order of time.
struct AsofIndex: @unchecked Sendable {
  // `KeyTable.find` may be called by any number of threads.
  let keys: KeyTable
  let hasKeys: Bool
  /// Where the rows of each key begin, and the end of the last.
  let offsets: Buffer<UInt32>
  let rows: Values<UInt32>
  /// The times of `rows`, none null or NaN.
  let times: Column
  let direction: LogicalPlan.AsofJoin.Direction
  let tolerance: Value?

  /// Writes the nearest right row of each left row, `UInt32.max` where there is none.
  func search(
    _ leftKeys: [Column], _ leftTime: Column, count: Int,
    into matches: UnsafeMutablePointer<UInt32>
  ) {
    if hasKeys {
      keys.find(leftKeys, count: count, into: matches)
    } else {
      matches.update(repeating: keys.count > 0 ? 0 : .max, count: count)
    }
    if leftTime.type == .float {
      search(leftTime.doubles(), times.doubles(), floatTolerance, leftTime.presence, matches)
    } else {
      search(
        leftTime.integers(), times.integers(), integerTolerance, leftTime.presence, matches)
    }
  }

  private var floatTolerance: Double? {
    switch tolerance {
    case .float(let value): value
    case .int(let value): Double(value)
    case nil, .null, .bool, .string, .timestamp, .duration, .list, .record: nil
    }
  }

  private var integerTolerance: UInt? {
    switch tolerance {
    case .int(let value), .duration(let value), .timestamp(let value): UInt(max(0, value))
    case .float(let value): UInt(exactly: max(0, value).rounded(.down)) ?? .max
    case nil, .null, .bool, .string, .list, .record: nil
    }
  }

  private func search<Time: AsofTime>(
    _ left: Values<Time>, _ right: Values<Time>, _ tolerance: Time.Gap?,
    _ presence: Bitmap?, _ matches: UnsafeMutablePointer<UInt32>
  ) {
    let (times, wanted) = (right.pointer, left.pointer)
    for row in 0..<left.count where matches[row] != .max {
      let group = Int(matches[row])
      matches[row] = .max
      if let presence, !presence[row] { continue }
      let time = wanted[row]
      // NaN is before and after nothing.
      guard time == time else { continue }
      let start = Int(offsets.base[group])
      let end = Int(offsets.base[group + 1])
      guard let place = nearest(time, times, start, end) else { continue }
      if let tolerance, time.gap(to: times[place]) > tolerance { continue }
      matches[row] = rows[place]
    }
    withExtendedLifetime((left, right)) {}
  }

  /// The place of the nearest time in the given direction; of equal times the last one behind,
  /// the first one ahead.
  @inline(__always)
  private func nearest<Time: AsofTime>(
    _ time: Time, _ times: UnsafePointer<Time>, _ start: Int, _ end: Int
  ) -> Int? {
    switch direction {
    case .backward:
      let place = firstAfter(time, times, start, end) - 1
      return place >= start ? place : nil
    case .forward:
      let place = firstFrom(time, times, start, end)
      return place < end ? place : nil
    case .nearest:
      let ahead = firstAfter(time, times, start, end)
      let behind = ahead - 1
      guard behind >= start else { return ahead < end ? ahead : nil }
      guard ahead < end else { return behind }
      return time.gap(to: times[ahead]) < time.gap(to: times[behind]) ? ahead : behind
    }
  }

  /// The first place with a later time.
  @inline(__always)
  private func firstAfter<Time: AsofTime>(
    _ time: Time, _ times: UnsafePointer<Time>, _ start: Int, _ end: Int
  ) -> Int {
    var (low, high) = (start, end)
    while low < high {
      let middle = (low &+ high) / 2
      if times[middle] <= time { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  /// The first place with the same or a later time.
  @inline(__always)
  private func firstFrom<Time: AsofTime>(
    _ time: Time, _ times: UnsafePointer<Time>, _ start: Int, _ end: Int
  ) -> Int {
    var (low, high) = (start, end)
    while low < high {
      let middle = (low &+ high) / 2
      if times[middle] < time { low = middle &+ 1 } else { high = middle }
    }
    return low
  }
}

/// What rows can be near to each other in.
private protocol AsofTime: Comparable, BitwiseCopyable {
  associatedtype Gap: Comparable
  /// How far apart two times are, whichever comes first.
  func gap(to other: Self) -> Gap
}

extension Int: AsofTime {
  fileprivate func gap(to other: Int) -> UInt {
    self < other ? UInt(bitPattern: other &- self) : UInt(bitPattern: self &- other)
  }
}

extension Double: AsofTime {
  fileprivate func gap(to other: Double) -> Double { abs(other - self) }
}
