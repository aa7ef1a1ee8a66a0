/// A sum of products of doubles to about 100 bits.
///
/// The rounding error of each product is what a fused multiply-add leaves (Ogita, Rump and Oishi
/// 2005, algorithm 3.5), that of each addition as in `ExactSum`. Variances then need no running mean: no division per row, and a
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

  /// Adds a product.
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

  /// Adds what another sum holds.
  @inlinable @inline(__always)
  package mutating func merge(_ other: ExactProductSum) { add(other.high, other.low) }

  /// The sum; infinite when a product left the range of doubles.
  package var doubleDouble: DoubleDouble {
    high.isFinite ? DoubleDouble(high, low) : DoubleDouble(high)
  }
}

/// What rounding took away from `x * y`: one fused multiply-add, which the shipped program has as
/// an instruction.
@inlinable @inline(__always)
func productError(_ x: Double, _ y: Double, _ product: Double) -> Double {
  (-product).addingProduct(x, y)
}
