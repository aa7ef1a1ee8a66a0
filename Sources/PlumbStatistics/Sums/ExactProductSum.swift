/// A sum of products of doubles to about 100 bits.
///
/// The rounding error of each product is found by splitting the factors into halves of 26 and 27
/// bits (Dekker 1971; the split is done on the bits, as Veltkamp's would overflow), that of each
/// addition as in `ExactSum`. Variances then need no running mean: no division per row, and a
/// result that does not depend on the order of the rows.
@usableFromInline
package struct ExactProductSum: BitwiseCopyable, Sendable {
  @usableFromInline package var high: Double
  /// The rounding errors of the products and of the sum.
  @usableFromInline package var low: Double

  @inlinable package init() { self.init(high: 0, low: 0) }

  @inlinable init(high: Double, low: Double) {
    self.high = high
    self.low = low
  }

  @inlinable @inline(__always)
  package mutating func addProduct(_ x: Double, _ y: Double) {
    let product = x * y
    add(product, productError(x, y, product))
  }

  @inlinable @inline(__always)
  mutating func add(_ value: Double, _ error: Double) {
    let sum = high + value
    let rounded = sum - high
    low += ((high - (sum - rounded)) + (value - rounded)) + error
    high = sum
  }

  @inlinable @inline(__always)
  package mutating func merge(_ other: ExactProductSum) { add(other.high, other.low) }

  /// The sum; infinite when a product left the range of doubles.
  package var doubleDouble: DoubleDouble {
    high.isFinite ? DoubleDouble(high, low) : DoubleDouble(high)
  }
}

/// What rounding took away from `x * y`, without a fused multiply-add: where the processor is not
/// known to have one, that is a call for each row.
@inlinable @inline(__always)
func productError(_ x: Double, _ y: Double, _ product: Double) -> Double {
  let (upperX, upperY) = (upperPart(x), upperPart(y))
  let (lowerX, lowerY) = (x - upperX, y - upperY)
  return ((upperX * upperY - product) + upperX * lowerY + lowerX * upperY) + lowerX * lowerY
}

/// What rounding took away from `value * value`.
@inlinable @inline(__always)
func squareError(_ value: Double, _ product: Double) -> Double {
  let upper = upperPart(value)
  let lower = value - upper
  return ((upper * upper - product) + (upper + upper) * lower) + lower * lower
}

/// The value with all but the upper 26 bits of its significand cleared.
@inlinable @inline(__always)
func upperPart(_ value: Double) -> Double {
  Double(bitPattern: value.bitPattern & ~0x7FF_FFFF)
}
