import Glibc

/// ADWIN, adaptive windowing (Bifet and Gavaldà 2007, "Learning from Time-Changing Data with
/// Adaptive Windowing"): keeps a window of the stream as long as no two parts of it have means
/// that differ by more than chance allows.
///
/// The window is kept as buckets of 1, 2, 4, … values, a few of each size, so that its length
/// costs only its logarithm. Every bucket boundary is tried as a cut, as River 0.26 does; older
/// versions of it, Frouros and scikit-multiflow leave some out.
package struct ADWIN: StreamDetector {
  /// The parameters, by their names in the paper and in River.
  package struct Settings: Sendable {
    /// The confidence: the less, the rarer false alarms.
    package var delta = 0.002
    /// Cuts are tried every so many values.
    package var clock = 32
    /// Buckets of one size before two of them are merged.
    package var maxBuckets = 5
    /// The values that each part of the window has at least.
    package var minWindowLength = 5
    /// The values before the first try.
    package var gracePeriod = 10

    package init() {}
  }

  private struct Bucket {
    var total: Double
    /// The sum of squared distances from the bucket's mean.
    var variance: Double
  }

  private let settings: Settings
  /// Buckets of 2^row values, the oldest first.
  private var rows: [[Bucket]] = [[]]
  package private(set) var width = 0
  package private(set) var total = 0.0
  /// The sum of squared distances from the window's mean.
  package private(set) var variance = 0.0
  private var ticks = 0
  private var hasFired = false

  package init(_ settings: Settings = Settings()) { self.settings = settings }

  /// The mean of the window; 0 over nothing.
  package var mean: Double { width == 0 ? 0 : total / Double(width) }

  /// Takes the next value in; whether it completes a change.
  package mutating func add(_ value: Double) -> Bool {
    if hasFired { self = ADWIN(settings) }
    insert(value)
    ticks += 1
    guard ticks % settings.clock == 0, width > settings.gracePeriod else { return false }
    while dropsOldest() { hasFired = true }
    return hasFired
  }

  private mutating func insert(_ value: Double) {
    width += 1
    if width > 1 {
      let before = Double(width - 1)
      let distance = value - total / before
      variance += before * distance * distance / Double(width)
    }
    total += value
    rows[0].append(Bucket(total: value, variance: 0))
    var row = 0
    while rows[row].count > settings.maxBuckets {
      if row + 1 == rows.count { rows.append([]) }
      let size = Double(1 << row)
      let (first, second) = (rows[row][0], rows[row][1])
      let distance = first.total / size - second.total / size
      rows[row + 1].append(
        Bucket(
          total: first.total + second.total,
          variance: first.variance + second.variance
            + size * size * distance * distance / (size + size)))
      rows[row].removeFirst(2)
      row += 1
    }
  }

  /// Drops the oldest bucket if some cut of the window parts two means that differ.
  private mutating func dropsOldest() -> Bool {
    var (olderCount, olderTotal) = (0, 0.0)
    for row in rows.indices.reversed() {
      for bucket in rows[row].indices {
        olderCount += 1 << row
        olderTotal += rows[row][bucket].total
        if row == 0, bucket == rows[row].count - 1 { return false }
        let newerCount = width - olderCount
        guard olderCount >= settings.minWindowLength, newerCount >= settings.minWindowLength
        else { continue }
        let difference =
          olderTotal / Double(olderCount) - (total - olderTotal) / Double(newerCount)
        if abs(difference) > bound(olderCount, newerCount) {
          dropOldest()
          return true
        }
      }
    }
    return false
  }

  /// How far the means of two parts may lie apart.
  private func bound(_ older: Int, _ newer: Int) -> Double {
    let confidence = log(2 * log(Double(width)) / settings.delta)
    let inverse =
      1 / Double(older - settings.minWindowLength + 1)
      + 1 / Double(newer - settings.minWindowLength + 1)
    let spread = variance / Double(width)
    return (2 * inverse * spread * confidence).squareRoot() + 2.0 / 3 * confidence * inverse
  }

  private mutating func dropOldest() {
    while let last = rows.last, last.isEmpty, rows.count > 1 { rows.removeLast() }
    let row = rows.count - 1
    guard let bucket = rows[row].first else { return }
    let count = 1 << row
    width -= count
    total -= bucket.total
    let distance = bucket.total / Double(count) - total / Double(width)
    variance -=
      bucket.variance + Double(count * width) * distance * distance / Double(count + width)
    rows[row].removeFirst()
    if rows[row].isEmpty, rows.count > 1 { rows.removeLast() }
  }
}
