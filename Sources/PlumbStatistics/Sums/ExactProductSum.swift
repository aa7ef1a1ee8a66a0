/// A sum of products of doubles to about 100 bits.
///
/// Each factor is split into a part of 26 bits and the rest, so that the large partial products
/// are exact (Veltkamp 1968, with the split done on the bits), and both are added with their
/// rounding errors kept. Variances then need no running mean: no division per row, and a result
/// that does not depend on the order of the rows.
@usableFromInline
package struct ExactProductSum: BitwiseCopyable, Sendable {
  /// Products of upper parts.
  @usableFromInline package var high: Double
  /// Products of an upper and a lower part.
  @usableFromInline package var middle: Double
  /// Products of lower parts, and the rounding errors of the other two sums.
  @usableFromInline package var low: Double

  @inlinable package init() {
    high = 0
    middle = 0
    low = 0
  }

  @inlinable @inline(__always)
  package mutating func addSquare(_ value: Double) {
    let upper = upperPart(value)
    let lower = value - upper
    add(upper * upper, (upper + upper) * lower, lower * lower)
  }

  @inlinable @inline(__always)
  package mutating func subtractSquare(_ value: Double) {
    let upper = upperPart(value)
    let lower = value - upper
    add(-(upper * upper), -((upper + upper) * lower), -(lower * lower))
  }

  @inlinable @inline(__always)
  package mutating func addProduct(_ x: Double, _ y: Double) {
    let (upperX, upperY) = (upperPart(x), upperPart(y))
    let (lowerX, lowerY) = (x - upperX, y - upperY)
    add(upperX * upperY, upperX * lowerY, lowerX * lowerY)
    add(0, lowerX * upperY, 0)
  }

  @inlinable @inline(__always)
  mutating func add(_ large: Double, _ mixed: Double, _ small: Double) {
    let sum = high + large
    let rounded = sum - high
    let error = (high - (sum - rounded)) + (large - rounded)
    let mixedSum = middle + mixed
    let mixedRounded = mixedSum - middle
    let mixedError = (middle - (mixedSum - mixedRounded)) + (mixed - mixedRounded)
    high = sum
    middle = mixedSum
    low += error + (mixedError + small)
  }

  @inlinable @inline(__always)
  package mutating func merge(_ other: ExactProductSum) {
    add(other.high, other.middle, other.low)
  }

  /// The sum; infinite when a product left the range of doubles.
  package var doubleDouble: DoubleDouble {
    guard high.isFinite else { return DoubleDouble(high) }
    return DoubleDouble(high) + DoubleDouble(middle) + DoubleDouble(low)
  }
}

/// The value with all but the upper 26 bits of its significand cleared.
@inlinable @inline(__always)
func upperPart(_ value: Double) -> Double {
  Double(bitPattern: value.bitPattern & ~0x7FF_FFFF)
}
