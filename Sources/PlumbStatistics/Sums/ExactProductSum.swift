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

  @inlinable package init() {
    high = 0
    low = 0
  }

  @inlinable @inline(__always)
  package mutating func addSquare(_ value: Double) {
    let product = value * value
    add(product, squareError(value, product))
  }

  /// Takes a square out that was added before.
  @inlinable @inline(__always)
  package mutating func subtractSquare(_ value: Double) {
    let product = value * value
    add(-product, -squareError(value, product))
  }

  @inlinable @inline(__always)
  package mutating func addProduct(_ x: Double, _ y: Double) {
    let product = x * y
    let (upperX, upperY) = (upperPart(x), upperPart(y))
    let (lowerX, lowerY) = (x - upperX, y - upperY)
    let error =
      ((upperX * upperY - product) + upperX * lowerY + lowerX * upperY) + lowerX * lowerY
    add(product, error)
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
