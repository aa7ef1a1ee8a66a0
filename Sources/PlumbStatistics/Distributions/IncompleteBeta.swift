import Glibc

/// The regularised incomplete beta function Iₓ(a, b) for a, b > 0 and x in 0...1.
///
/// By its continued fraction (Abramowitz and Stegun 26.5.8) with the modified method of Lentz,
/// on the side where it converges fast.
package func incompleteBeta(_ a: Double, _ b: Double, _ x: Double) -> Double {
  if x.isNaN || a.isNaN || b.isNaN { return .nan }
  if x <= 0 { return 0 }
  if x >= 1 { return 1 }
  if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(b, a, 1 - x) }
  let logFactor = lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)
  return exp(logFactor) / a * betaFraction(a, b, x)
}

private func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
  let tiny = 1e-300
  func guarded(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  var c = 1.0
  var d = 1 / guarded(1 - (a + b) * x / (a + 1))
  var fraction = d
  for step in 1...10_000 {
    let m = Double(step)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / guarded(1 + even * d)
    c = guarded(1 + even / c)
    fraction *= d * c
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / guarded(1 + odd * d)
    c = guarded(1 + odd / c)
    let change = d * c
    fraction *= change
    if abs(change - 1) < 1e-16 { break }
  }
  return fraction
}
