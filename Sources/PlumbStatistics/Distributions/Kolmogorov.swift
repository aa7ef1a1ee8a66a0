import Glibc

/// The probability that Kolmogorov's limiting statistic exceeds `x`: of √n·D as n grows
/// (Kolmogorov 1933). By the series that converges fast on each side of 1.
package func kolmogorovLimitUpperTail(_ x: Double) -> Double {
  if x.isNaN { return .nan }
  if x <= 0 { return 1 }
  if x < 1 {
    let exponent = -Double.pi * Double.pi / (8 * x * x)
    var sum = 0.0
    for odd in stride(from: 1.0, through: 39, by: 2) { sum += exp(exponent * odd * odd) }
    return max(0, 1 - (2 * Double.pi).squareRoot() / x * sum)
  }
  var (sum, sign) = (0.0, 1.0)
  for index in 1...20 {
    let t = Double(index)
    sum += sign * exp(-2 * t * t * x * x)
    sign = -sign
  }
  return 2 * sum
}

/// The probability that the one-sample statistic D of `count` values of a continuous
/// distribution is `distance` or more; NaN for no value.
///
/// Exact where that is affordable, else the series of Pelz and Good (1976); which of the forms is
/// used where follows Simard and L'Ecuyer (2011), "Computing the Two-Sided Kolmogorov-Smirnov
/// Distribution". Ten significant digits up to 140 values; beyond, where the series is used, between
/// five of 141 values and eight of 5000, as in SciPy.
package func kolmogorovUpperTail(_ distance: Double, count: Int) -> Double {
  if distance.isNaN || count < 1 { return .nan }
  if distance >= 1 { return 0 }
  let n = Double(count)
  let scaled = n * distance
  if scaled <= 0.5 { return 1 }
  if scaled <= 1 {
    // n! (2d - 1/n)^n (Ruben and Gambino 1982).
    return 1 - exp(lgamma(n + 1) - n * log(n) + n * log(2 * scaled - 1))
  }
  if scaled >= n - 1 { return 2 * pow(1 - distance, n) }
  let square = scaled * distance
  // Where both one-sided events hardly ever come together, their probabilities add up.
  if distance >= 0.5 || square >= (count > 140 ? 2.2 : 4) {
    return square >= 370 ? 0 : min(1, 2 * smirnovUpperTail(distance, count: count))
  }
  if count <= 140 || (count <= 100_000 && n * pow(distance, 1.5) <= 1.4) {
    return min(1, max(0, 1 - durbinLowerTail(distance, count: count)))
  }
  return min(1, max(0, 1 - pelzGoodLowerTail(distance, count: count)))
}

/// The probability that the one-sided statistic is `distance` or more (Smirnov 1944; Birnbaum
/// and Tingey 1951): a sum of positive terms, each from logarithms.
///
/// The terms are a smooth bump that vanishes at both ends and is some count / 80 of them wide where
/// it is narrowest, so that of many every so manieth gives the sum to the last digits.
private func smirnovUpperTail(_ distance: Double, count: Int) -> Double {
  let n = Double(count)
  let last = Int((n * (1 - distance)).rounded(.down))
  let step = max(1, count / 2000)
  var logs: [Double] = []
  logs.reserveCapacity(last / step + 1)
  var greatest = -Double.infinity
  let logFactorial: Double = lgamma(n + 1)
  for index in stride(from: 0, through: last, by: step) {
    let j = Double(index)
    let rest = 1 - distance - j / n
    if rest <= 0 { continue }
    let term =
      logFactorial - lgamma(j + 1) - lgamma(n - j + 1) + (j - 1) * log(distance + j / n)
      + (n - j) * log(rest)
    greatest = max(greatest, term)
    logs.append(term)
  }
  var sum = 0.0
  for term in logs where term > greatest - 50 { sum += exp(term - greatest) }
  return distance * Double(step) * sum * exp(greatest)
}

/// The distribution function by the power of Durbin's matrix (Marsaglia, Tsang and Wang 2003),
/// with a decimal exponent beside it against overflow.
private func durbinLowerTail(_ distance: Double, count: Int) -> Double {
  let n = Double(count)
  let k = Int((n * distance).rounded(.down)) + 1
  let size = 2 * k - 1
  let h = Double(k) - n * distance
  var matrix = [Double](repeating: 0, count: size * size)
  for row in 0..<size {
    for column in 0..<size where row - column + 1 >= 0 { matrix[row * size + column] = 1 }
  }
  for index in 0..<size {
    matrix[index * size] -= pow(h, Double(index + 1))
    matrix[(size - 1) * size + index] -= pow(h, Double(size - index))
  }
  if 2 * h > 1 { matrix[(size - 1) * size] += pow(2 * h - 1, Double(size)) }
  for row in 0..<size {
    for column in 0..<size where row - column + 1 > 0 {
      for divisor in 1...(row - column + 1) { matrix[row * size + column] /= Double(divisor) }
    }
  }
  var power = ScaledMatrix(size: size, matrix: matrix).raised(to: count)
  var value = power.matrix[(k - 1) * size + k - 1]
  for index in 1...count {
    value *= Double(index) / n
    if value < 1e-140 {
      value *= 1e140
      power.exponent -= 140
    }
  }
  return value * pow(10, Double(power.exponent))
}

/// A square matrix times a power of ten.
private struct ScaledMatrix {
  let size: Int
  var matrix: [Double]
  var exponent = 0

  func raised(to power: Int) -> ScaledMatrix {
    if power == 1 { return self }
    let half = raised(to: power / 2)
    var square = half.times(half)
    if power % 2 == 1 { square = square.times(self) }
    return square
  }

  private func times(_ other: ScaledMatrix) -> ScaledMatrix {
    var product = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for inner in 0..<size {
        let factor = matrix[row * size + inner]
        if factor == 0 { continue }
        for column in 0..<size {
          product[row * size + column] += factor * other.matrix[inner * size + column]
        }
      }
    }
    var result = ScaledMatrix(size: size, matrix: product, exponent: exponent + other.exponent)
    if result.matrix[(size / 2) * size + size / 2] > 1e140 {
      for index in result.matrix.indices { result.matrix[index] *= 1e-140 }
      result.exponent += 140
    }
    return result
  }
}

/// The distribution function by the first four terms of its expansion in 1/√n (Pelz and Good
/// 1976, "Approximating the Lower Tail-areas of the Kolmogorov-Smirnov One-sample Statistic").
private func pelzGoodLowerTail(_ distance: Double, count: Int) -> Double {
  let root = Double(count).squareRoot()
  let z = root * distance
  let (z2, z4) = (z * z, z * z * z * z)
  let (z6, z8) = (z4 * z2, z4 * z4)
  let p2 = Double.pi * Double.pi
  let (p4, p6) = (p2 * p2, p2 * p2 * p2)
  var (first, second, third, fourth) = (0.0, 0.0, 0.0, 0.0)
  for odd in stride(from: 1.0, through: 2 * (16 * z / .pi).rounded(.up) + 1, by: 2) {
    let weight = exp(-p2 * odd * odd / (8 * z2))
    if weight == 0 { break }
    let m2 = odd * odd
    let (m4, m6) = (m2 * m2, m2 * m2 * m2)
    first += weight
    second += weight * (p2 / 4 * m2 - z2)
    third +=
      weight
      * (6 * z6 + 2 * z4 + p2 / 4 * (2 * z4 - 5 * z2) * m2 + p4 / 16 * (1 - 2 * z2) * m4)
    fourth +=
      weight
      * (-30 * z6 - 90 * z8 + p2 / 4 * (135 * z4 - 96 * z6) * m2
        + p4 / 16 * (212 * z4 - 60 * z2) * m4 + p6 / 64 * (5 - 30 * z2) * m6)
  }
  var (thirdMore, fourthMore) = (0.0, 0.0)
  for index in stride(from: 1.0, through: (16 * z / .pi).rounded(.up), by: 1) {
    let k2 = index * index
    let weight = exp(-p2 * k2 / (2 * z2))
    if weight == 0 { break }
    thirdMore += p2 * k2 * weight
    fourthMore += (3 * p2 * k2 * z2 - p4 * k2 * k2) * weight
  }
  let factor = (2 * Double.pi).squareRoot()
  first *= factor / z
  second *= factor / (6 * z4)
  third = third * factor / (72 * z6 * z) - thirdMore * factor / (36 * z2 * z)
  fourth = fourth * factor / (6480 * z8 * z2) + fourthMore * factor / (216 * z6)
  return first + second / root + third / (root * root) + fourth / (root * root * root)
}
