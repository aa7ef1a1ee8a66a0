/// Count, sum and sum of squares of values: what mean, variance and standard deviation need.
@usableFromInline
package struct Moments: BitwiseCopyable, Sendable {
  @usableFromInline package var count: Int
  @usableFromInline package var sum: ExactSum
  @usableFromInline package var squares: ExactProductSum

  @inlinable package init() {
    count = 0
    sum = ExactSum()
    squares = ExactProductSum()
  }

  @inlinable @inline(__always)
  package mutating func add(_ value: Double) {
    count &+= 1
    sum.add(value)
    squares.addSquare(value)
  }

  /// Takes a value out that was added before.
  @inlinable @inline(__always)
  package mutating func subtract(_ value: Double) {
    count &-= 1
    sum.subtract(value)
    squares.subtractSquare(value)
  }

  @inlinable @inline(__always)
  package mutating func merge(_ other: Moments) {
    count &+= other.count
    sum.merge(other.sum)
    squares.merge(other.squares)
  }

  /// The mean; NaN over nothing.
  package var mean: Double {
    guard sum.high.isFinite else { return sum.high }
    return (sum.doubleDouble / Double(count)).value
  }

  /// The sum of squared distances from the mean; NaN when a value was infinite or NaN.
  package var squaredDistances: Double {
    if count == 0 || !sum.high.isFinite { return .nan }
    let mean = sum.doubleDouble / Double(count)
    let distances = squares.doubleDouble - mean * sum.doubleDouble
    if distances.high.isNaN { return .infinity }
    return Swift.max(0, distances.value)
  }

  /// The sample variance; absent for fewer than two values.
  package var variance: Double? {
    count < 2 ? nil : squaredDistances / Double(count - 1)
  }

  /// The sample standard deviation; absent for fewer than two values.
  package var standardDeviation: Double? { variance.map { $0.squareRoot() } }
}
