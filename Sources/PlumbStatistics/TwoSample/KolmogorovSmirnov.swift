/// The two-sample test of Kolmogorov and Smirnov: how far apart two distribution functions are.
package struct KolmogorovSmirnov: Sendable, Equatable {
  /// The greatest distance between the two distribution functions, 0 to 1.
  package let distance: Double
  /// The values of the reference, those of a profile being the values that it stands for.
  package let referenceCount: Int
  package let currentCount: Int
  /// How far the distance may be off because the reference is a profile.
  package let rankError: Double
  /// The distance times the product of the counts, a whole number.
  private let scaledDistance: Int

  /// Absent when a sample is empty.
  package init?(_ pair: SortedPair) {
    guard let gap = DistributionGap(pair) else { return nil }
    self.init(gap)
  }

  /// The test of a gap that is known.
  package init(_ gap: DistributionGap) {
    referenceCount = gap.wholeReferenceCount
    currentCount = gap.currentCount
    rankError = gap.rankError
    // Whole numbers: no two steps differ by rounding alone.
    scaledDistance = gap.greatest
    distance = Double(gap.greatest) / (Double(gap.referenceCount) * Double(gap.currentCount))
  }

  /// The count up to which `pValue` counts paths for both samples.
  package static let exactLimit = 10_000

  /// Whether `pValue` is exact: when neither sample has more than `exactLimit` values.
  package var isExact: Bool {
    rankError == 0 && max(referenceCount, currentCount) <= Self.exactLimit
  }

  /// Whether a profile is too coarse for a p-value: its ranks may be off by a tenth of the distance
  /// that is significant at 5 %.
  package var isTooCoarse: Bool {
    let (n, m) = (Double(referenceCount), Double(currentCount))
    return rankError > 0.136 * ((n + m) / (n * m)).squareRoot()
  }

  /// The two-sided p-value: exact for small samples, else asymptotic.
  package var pValue: Double { isExact ? exactPValue : asymptoticPValue }

  /// The p-value by the distribution of the one-sample statistic at the effective count
  /// nm / (n + m), as SciPy has it. At least at one value.
  package var asymptoticPValue: Double {
    let (n, m) = (Double(referenceCount), Double(currentCount))
    let effective = (n * m / (n + m)).rounded(.toNearestOrEven)
    return kolmogorovUpperTail(distance, count: max(1, Int(effective)))
  }

  /// The p-value by the limiting distribution.
  package var limitPValue: Double {
    let (n, m) = (Double(referenceCount), Double(currentCount))
    return kolmogorovLimitUpperTail(distance * (n * m / (n + m)).squareRoot())
  }

  /// The share of all orders of n + m different values in which the distance is at least this
  /// one. Ties make it conservative. Takes time in proportion to the counts and the distance.
  package var exactPValue: Double {
    let (n, m) = (referenceCount, currentCount)
    if scaledDistance == 0 { return 1 }
    // Beyond that the probability is below the least number.
    if distance * distance * Double(n) * Double(m) / Double(n + m) > 380 { return 0 }
    let divisor = greatestCommonDivisor(n, m)
    let level = scaledDistance / divisor
    let value =
      n == m
      ? shareOfPathsLeaving(square: n, level: level)
      : shareOfPathsLeaving(max(n, m) / divisor, min(n, m) / divisor, divisor, level: level)
    return min(1, max(0, value))
  }
}

func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
  var (a, b) = (a, b)
  while b != 0 { (a, b) = (b, a % b) }
  return a
}

/// The share of lattice paths to (n, n) that reach a distance of `level` from the diagonal: by
/// reflection, an alternating sum of binomial coefficients (Gnedenko and Korolyuk 1951), nested
/// so that little cancels.
private func shareOfPathsLeaving(square n: Int, level: Int) -> Double {
  var sum = 0.0
  for reflection in stride(from: n / level, through: 0, by: -1) {
    var ratio = 1.0
    let shift = reflection * level
    for step in 0..<level { ratio *= Double(n - shift - step) / Double(n + shift + step + 1) }
    sum = ratio * (1 - sum)
  }
  return 2 * sum
}

/// The share of lattice paths to (a·g, b·g) that leave the band |x·b - y·a| < `level`, step by
/// step (Hodges 1958): a path to (x, y) came from the left with probability x / (x + y).
///
/// What lies outside the band has share 1, so that small probabilities keep their digits.
private func shareOfPathsLeaving(_ a: Int, _ b: Int, _ g: Int, level: Int) -> Double {
  let (width, height) = (a * g, b * g)
  /// The rows of column `x` inside the band.
  func band(_ x: Int) -> Range<Int> {
    let centre = x * b
    let low = centre < level ? 0 : (centre - level) / a + 1
    let high = min(height, (centre + level - 1) / a)
    return min(low, high + 1)..<(high + 1)
  }
  var column = [Double](repeating: 1, count: height + 1)
  for y in band(0) { column[y] = 0 }
  var previous = band(0)
  column.withUnsafeMutableBufferPointer { column in
    for x in 1...width {
      let rows = band(x)
      // Rows that the band has left are outside for the columns that follow.
      for y in previous.lowerBound..<min(rows.lowerBound, previous.upperBound) { column[y] = 1 }
      var below = rows.lowerBound == 0 ? 0 : 1.0
      let fromLeft = Double(x)
      for y in rows {
        let fromBelow = Double(y)
        below = (column[y] * fromLeft + below * fromBelow) / (fromLeft + fromBelow)
        column[y] = below
      }
      previous = rows
    }
  }
  return previous.upperBound == height + 1 ? column[height] : 1
}
