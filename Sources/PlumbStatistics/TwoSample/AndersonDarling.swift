import Glibc

/// The two-sample test of Anderson and Darling in the form of Scholz and Stephens (1987) for
/// tied values (their equation 7), which weighs the tails.
package struct AndersonDarling: Sendable, Equatable {
  /// The statistic less its mean over its standard deviation.
  package let statistic: Double

  /// Absent for fewer than four values and where all are the same.
  package init?(_ pair: SortedPair) {
    let (n, m) = (Double(pair.referenceCount), Double(pair.currentCount))
    let total = n + m
    guard !pair.isLacking, total >= 4, let range = pair.range,
      range.lowerBound < range.upperBound
    else { return nil }
    var (referenceSum, currentSum) = (0.0, 0.0)
    pair.forEachDistinct { ranks in
      let tied = Double(ranks.tied)
      let before = Double(ranks.referenceBelow &+ ranks.currentBelow) + tied / 2
      let scale = before * (total - before) - total * tied / 4
      guard scale > 0 else { return }
      let weight = tied / total / scale
      let inReference = Double(ranks.referenceBelow &+ ranks.referenceUpTo) / 2
      let inCurrent = Double(ranks.currentBelow &+ ranks.currentUpTo) / 2
      let (first, second) = (
        total * inReference - n * before, total * inCurrent - m * before
      )
      referenceSum += weight * first * first
      currentSum += weight * second * second
    }
    let square = (referenceSum / n + currentSum / m) * (total - 1) / total
    statistic = (square - 1) / Self.deviation(n, m)
  }

  /// The standard deviation of the square for two samples (Scholz and Stephens, equation 4).
  private static func deviation(_ n: Double, _ m: Double) -> Double {
    let (total, k) = (n + m, 2.0)
    let inverses = 1 / n + 1 / m
    var (h, g) = (1.0, 0.0)
    var partial = 0.0
    var index = total - 1
    while index > 1 {
      partial += 1 / index
      g += partial / (total - index + 1)
      index -= 1
    }
    h += partial
    let a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * inverses
    let b =
      (2 * g - 4) * k * k + 8 * h * k + (2 * g - 14 * h - 4) * inverses - 8 * h + 4 * g - 6
    let c = (6 * h + 2 * g - 2) * k * k + (4 * h - 4 * g + 6) * k + (2 * h - 6) * inverses + 4 * h
    let d = (2 * h + 6) * k * k - 4 * h * k
    let cubic = ((a * total + b) * total + c) * total + d
    return (cubic / ((total - 1) * (total - 2) * (total - 3))).squareRoot()
  }

  /// The p-value between 0.001 and 0.25, at either end meaning "or beyond": interpolated in the
  /// table of Scholz and Stephens by a parabola through the logarithms of its levels, as SciPy does.
  package var pValue: Double {
    let (values, levels) = (Self.criticalValues, Self.levels)
    if statistic <= values[0] { return levels[0] }
    if statistic >= values[values.count - 1] { return levels[levels.count - 1] }
    let (constant, linear, square) = Self.parabola
    return exp(constant + statistic * (linear + statistic * square))
  }

  private static let levels = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001]

  /// The critical values for two samples, b0 + b1 + b2 of the table.
  private static let criticalValues = zip(
    [0.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085],
    zip(
      [-0.245, 0.25, 0.678, 1.149, 1.822, 2.364, 3.615],
      [-0.105, -0.305, -0.362, -0.391, -0.396, -0.345, -0.154])
  ).map { $0 + $1.0 + $1.1 }

  /// The least-squares parabola through the logarithms of the levels.
  private static let parabola: (Double, Double, Double) = {
    // Moments of the critical values, for the normal equations.
    var powers = [Double](repeating: 0, count: 5)
    var products = [Double](repeating: 0, count: 3)
    for (value, level) in zip(criticalValues, levels) {
      for degree in 0..<5 { powers[degree] += pow(value, Double(degree)) }
      for degree in 0..<3 { products[degree] += pow(value, Double(degree)) * log(level) }
    }
    func determinant(_ a: [[Double]]) -> Double {
      a[0][0] * (a[1][1] * a[2][2] - a[1][2] * a[2][1])
        - a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0])
        + a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0])
    }
    let rows = (0..<3).map { row in (0..<3).map { powers[row + $0] } }
    let whole = determinant(rows)
    let solved = (0..<3).map { column in
      var replaced = rows
      for row in 0..<3 { replaced[row][column] = products[row] }
      return determinant(replaced) / whole
    }
    return (solved[0], solved[1], solved[2])
  }()
}
