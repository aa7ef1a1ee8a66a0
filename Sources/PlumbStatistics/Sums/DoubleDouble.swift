import Glibc

/// A number of about 106 bits as the unevaluated sum of two doubles (Dekker 1971).
///
/// For the few operations at the end of a sum, where cancellation would cost digits.
package struct DoubleDouble: Sendable {
  package var high: Double
  package var low: Double

  package init(_ high: Double, _ low: Double = 0) {
    let sum = high + low
    self.high = sum
    self.low = sum.isFinite ? low - (sum - high) : 0
  }

  package var value: Double { high + low }

  package static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let sum = a.high + b.high
    guard sum.isFinite else { return DoubleDouble(sum) }
    let rounded = sum - a.high
    let error = (a.high - (sum - rounded)) + (b.high - rounded)
    return DoubleDouble(sum, error + a.low + b.low)
  }

  package static prefix func - (a: DoubleDouble) -> DoubleDouble { DoubleDouble(-a.high, -a.low) }

  package static func - (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble { a + (-b) }

  package static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let product = a.high * b.high
    guard product.isFinite else { return DoubleDouble(product) }
    let error = fma(a.high, b.high, -product)
    return DoubleDouble(product, error + (a.high * b.low + a.low * b.high))
  }

  package static func / (a: DoubleDouble, b: Double) -> DoubleDouble {
    let quotient = a.high / b
    guard quotient.isFinite else { return DoubleDouble(quotient) }
    let remainder = fma(-quotient, b, a.high) + a.low
    return DoubleDouble(quotient, remainder / b)
  }
}
