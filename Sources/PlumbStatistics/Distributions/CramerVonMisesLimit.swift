import Glibc

/// The probability that the limiting Cramér–von Mises statistic exceeds `x`.
///
/// By the series of Csörgő and Faraway (1996, equation 1.2) in Bessel functions of order 1/4, up to
/// the first term below 1e-7: where SciPy ends it too, so that both give the same small p-values.
package func cramerVonMisesLimitUpperTail(_ x: Double) -> Double {
  if x.isNaN { return .nan }
  if x <= 0 { return 1 }
  var sum = 0.0
  // Γ(k + ½) / (Γ(½) k!), from one term to the next.
  var coefficient = 1.0
  for index in 0..<10_000 {
    let k = Double(index)
    if index > 0 { coefficient *= (k - 0.5) / k }
    let root = 4 * k + 1
    let y = root * root / (16 * x)
    let term =
      coefficient * root.squareRoot() * exp(-2 * y) * scaledBesselK(0.25, y)
      / (Double.pi * x.squareRoot())
    sum += term
    if term < 1e-7 { break }
  }
  return min(1, max(0, 1 - sum))
}

/// e^x·K_v(x) of the modified Bessel function of the second kind, for x > 0.
///
/// The trapezoidal rule on ∫ exp(-x (cosh t - 1)) cosh(v t) dt (Abramowitz and Stegun 9.6.24),
/// which converges faster than any power of the step.
private func scaledBesselK(_ order: Double, _ x: Double) -> Double {
  let step = 1.0 / 32
  var sum = 0.5
  var t = step
  while true {
    let exponent = x * (cosh(t) - 1)
    if exponent > 740 { break }
    let term = exp(-exponent) * cosh(order * t)
    sum += term
    if term < sum * 1e-18 { break }
    t += step
  }
  return sum * step
}
