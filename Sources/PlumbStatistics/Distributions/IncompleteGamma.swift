import Glibc

/// The regularised upper incomplete gamma function Q(a, x) for a > 0 and x >= 0.
///
/// By its power series below `a + 1` and by its continued fraction above (Abramowitz and Stegun
/// 6.5.29 and 6.5.31), with the modified method of Lentz.
package func incompleteGammaUpper(_ a: Double, _ x: Double) -> Double {
  if a.isNaN || x.isNaN { return .nan }
  if x <= 0 { return 1 }
  if x.isInfinite { return 0 }
  let logFactor = a * log(x) - x - lgamma(a)
  if x < a + 1 { return max(0, 1 - exp(logFactor) * gammaSeries(a, x)) }
  return exp(logFactor) * gammaFraction(a, x)
}

private func gammaSeries(_ a: Double, _ x: Double) -> Double {
  var (term, sum, index) = (1 / a, 1 / a, a)
  for _ in 0..<100_000 {
    index += 1
    term *= x / index
    sum += term
    if term < sum * 1e-17 { break }
  }
  return sum
}

private func gammaFraction(_ a: Double, _ x: Double) -> Double {
  let tiny = 1e-300
  func guarded(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  var b = x + 1 - a
  var c = 1 / tiny
  var d = 1 / guarded(b)
  var fraction = d
  for step in 1...100_000 {
    let n = Double(step)
    let numerator = -n * (n - a)
    b += 2
    d = 1 / guarded(numerator * d + b)
    c = guarded(b + numerator / c)
    let change = d * c
    fraction *= change
    if abs(change - 1) < 1e-16 { break }
  }
  return fraction
}
