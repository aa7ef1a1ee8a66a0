import Glibc

/// The probability that a standard normal variable exceeds `z`.
package func normalUpperTail(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }

/// The quantile of the standard normal distribution, for `p` in 0<..<1; NaN outside.
///
/// Newton's method on the tail probability within a shrinking bracket.
package func normalQuantile(_ p: Double) -> Double {
  guard p > 0, p < 1 else { return .nan }
  if p == 0.5 { return 0 }
  if p < 0.5 { return -normalQuantile(1 - p) }
  let tail = 1 - p
  var (low, high) = (0.0, 1.0)
  while normalUpperTail(high) > tail, high < 64 { high *= 2 }
  var z = (low + high) / 2
  for _ in 0..<200 {
    let excess = normalUpperTail(z) - tail
    if excess > 0 { low = z } else { high = z }
    let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    var next = z + excess / density
    if !(next > low && next < high) { next = (low + high) / 2 }
    if abs(next - z) <= 1e-16 * abs(next) || next == low || next == high { return next }
    z = next
  }
  return z
}
