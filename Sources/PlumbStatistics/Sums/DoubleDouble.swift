/// A number of about 106 bits as the unevaluated sum of two doubles (Dekker 1971).
///
/// For the few operations at the end of a sum, where cancellation would cost digits.
@usableFromInline
package struct DoubleDouble: Sendable {
  @usableFromInline package var high: Double
  @usableFromInline package var low: Double

  @inlinable package init(_ high: Double, _ low: Double = 0) {
    let sum = high + low
    self.high = sum
    self.low = sum.isFinite ? low - (sum - high) : 0
  }

  @inlinable package var value: Double { high + low }

  @inlinable package static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let sum = a.high + b.high
    guard sum.isFinite else { return DoubleDouble(sum) }
    let rounded = sum - a.high
    let error = (a.high - (sum - rounded)) + (b.high - rounded)
    return DoubleDouble(sum, error + a.low + b.low)
  }

  @inlinable package static prefix func - (a: DoubleDouble) -> DoubleDouble {
    DoubleDouble(-a.high, -a.low)
  }

  @inlinable package static func - (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble { a + (-b) }

  @inlinable package static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let product = a.high * b.high
    guard product.isFinite else { return DoubleDouble(product) }
    let error = productError(a.high, b.high, product)
    return DoubleDouble(product, error + (a.high * b.low + a.low * b.high))
  }

  @inlinable package static func / (a: DoubleDouble, b: Double) -> DoubleDouble {
    let quotient = a.high / b
    guard quotient.isFinite else { return DoubleDouble(quotient) }
    let product = quotient * b
    let remainder = ((a.high - product) - productError(quotient, b, product)) + a.low
    return DoubleDouble(quotient, remainder / b)
  }
}
