import Glibc

/// The probability that a chi-square variable with `degrees` degrees of freedom exceeds `x`.
///
/// 1 for no degrees of freedom: one category cannot deviate.
package func chiSquareUpperTail(_ x: Double, degrees: Double) -> Double {
  if degrees <= 0 { return 1 }
  return incompleteGammaUpper(degrees / 2, x / 2)
}

/// The value that a chi-square variable with `degrees` degrees of freedom exceeds with the
/// probability `tail`; 0 for no degrees of freedom.
///
/// By bisection, started from the cube approximation of Wilson and Hilferty (1931).
package func chiSquareUpperQuantile(_ tail: Double, degrees: Double) -> Double {
  guard tail > 0, tail < 1 else { return .nan }
  if degrees <= 0 { return 0 }
  let scale = 2 / (9 * degrees)
  let cube = 1 - scale + normalQuantile(1 - tail) * scale.squareRoot()
  let guess = max(degrees * cube * cube * cube, 1e-6)
  var (low, high) = (guess / 2, guess * 2)
  while chiSquareUpperTail(low, degrees: degrees) < tail, low > 1e-300 { low /= 2 }
  while chiSquareUpperTail(high, degrees: degrees) > tail, high < 1e300 { high *= 2 }
  for _ in 0..<200 {
    let middle = (low + high) / 2
    if middle == low || middle == high { break }
    if chiSquareUpperTail(middle, degrees: degrees) > tail { low = middle } else { high = middle }
  }
  return (low + high) / 2
}
