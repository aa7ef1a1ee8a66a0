import Glibc

/// The probability that Student's t with `degrees` degrees of freedom exceeds `t`.
package func studentTUpperTail(_ t: Double, degrees: Double) -> Double {
  let tail = incompleteBeta(degrees / 2, 0.5, degrees / (degrees + t * t)) / 2
  return t >= 0 ? tail : 1 - tail
}

/// The quantile of Student's t distribution, for `p` in 0<..<1 and `degrees` > 0.
///
/// Newton's method on the tail probability within a shrinking bracket.
package func studentTQuantile(_ p: Double, degrees: Double) -> Double {
  guard p > 0, p < 1, degrees > 0 else { return .nan }
  if p == 0.5 { return 0 }
  if p < 0.5 { return -studentTQuantile(1 - p, degrees: degrees) }
  let tail = 1 - p
  var low = 0.0
  var high = 1.0
  while studentTUpperTail(high, degrees: degrees) > tail, high < 1e300 { high *= 2 }
  let logDensityFactor =
    lgamma((degrees + 1) / 2) - lgamma(degrees / 2) - log(degrees * Double.pi) / 2
  var t = (low + high) / 2
  for _ in 0..<200 {
    let excess = studentTUpperTail(t, degrees: degrees) - tail
    if excess > 0 { low = t } else { high = t }
    let density = exp(logDensityFactor - (degrees + 1) / 2 * log1p(t * t / degrees))
    var next = t + excess / density
    if !(next > low && next < high) { next = (low + high) / 2 }
    if abs(next - t) <= 1e-16 * abs(next) || next == low || next == high { return next }
    t = next
  }
  return t
}
