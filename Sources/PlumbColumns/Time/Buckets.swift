/// Buckets of one length, one behind the other, into which times or numbers fall.
package struct Buckets: Sendable {
  /// Monday, 2000-01-03T00:00, in microseconds since 1970: from where buckets of times are counted,
  /// so that weeks begin on Monday.
  package static let timeOrigin = 10_959 * CivilTime.microsecondsPerDay

  /// Above 0.
  package let length: Int
  /// Where one of them begins.
  package let origin: Int

  package init(length: Int, origin: Int = Buckets.timeOrigin) {
    self.length = length
    self.origin = origin
  }

  /// Where the bucket of a value begins; absent where 64 bits do not hold what is needed for that,
  /// far from all times.
  @inline(__always)
  package func start(of value: Int) -> Int? {
    let (distance, isFar) = value.subtractingReportingOverflow(origin)
    if isFar { return nil }
    let remainder = distance % length
    let (start, isOut) = value.subtractingReportingOverflow(
      remainder < 0 ? remainder &+ length : remainder)
    return isOut ? nil : start
  }
}
