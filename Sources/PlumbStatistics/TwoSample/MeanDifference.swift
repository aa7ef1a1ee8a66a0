/// The tests of two means: Welch's (1947), which lets the variances differ, and Student's (1908).
package struct MeanDifference: Sendable, Equatable {
  /// The difference of the means, reference less current, over its standard error.
  package let statistic: Double
  package let degrees: Double

  /// Welch's test. Absent when a sample has fewer than two values, and where both are constant.
  package static func welch(_ pair: SortedPair) -> MeanDifference? {
    guard let sides = Sides(pair), sides.n > 1, sides.m > 1 else { return nil }
    let first = sides.referenceSquares / (sides.n - 1) / sides.n
    let second = sides.currentSquares / (sides.m - 1) / sides.m
    let sum = first + second
    guard sum > 0 else { return sides.ofConstants }
    return MeanDifference(
      statistic: sides.difference / sum.squareRoot(),
      degrees: sum * sum
        / (first * first / (sides.n - 1) + second * second / (sides.m - 1)))
  }

  /// Student's test with a pooled variance. Absent when a sample is empty, for two values in all,
  /// and where both samples are the same constant.
  package static func student(_ pair: SortedPair) -> MeanDifference? {
    guard let sides = Sides(pair), sides.n + sides.m > 2 else { return nil }
    let degrees = sides.n + sides.m - 2
    let pooled = (sides.referenceSquares + sides.currentSquares) / degrees
    guard pooled > 0 else { return sides.ofConstants }
    return MeanDifference(
      statistic: sides.difference / (pooled * (1 / sides.n + 1 / sides.m)).squareRoot(),
      degrees: degrees)
  }

  /// The two-sided p-value by Student's t.
  package var pValue: Double {
    statistic.isInfinite ? 0 : min(1, 2 * studentTUpperTail(abs(statistic), degrees: degrees))
  }

  private struct Sides {
    let n: Double
    let m: Double
    let difference: Double
    /// The sums of squared distances from the means.
    let referenceSquares: Double
    let currentSquares: Double
    /// The difference of the least values: of the values, where both samples are constant.
    let leastDifference: Double

    init?(_ pair: SortedPair) {
      guard !pair.isLacking else { return nil }
      let (reference, current) = (pair.reference.moments, pair.current.moments)
      n = Double(pair.referenceCount)
      m = Double(pair.currentCount)
      // Not of rounded means: these may agree in all but their last digits.
      difference =
        (reference.sum.doubleDouble / n - current.sum.doubleDouble / m).value
      leastDifference = pair.reference[0] - pair.current[0]
      referenceSquares = reference.squaredDistances
      currentSquares = current.squaredDistances
    }

    /// Different constants are infinitely many standard errors apart; equal ones say nothing.
    var ofConstants: MeanDifference? {
      guard leastDifference != 0 else { return nil }
      return MeanDifference(
        statistic: leastDifference > 0 ? .infinity : -.infinity, degrees: n + m - 2)
    }
  }
}
