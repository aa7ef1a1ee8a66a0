import PlumbColumnsTesting
import PlumbStatistics
import Testing

/// What PSI says of samples that have not changed: ten bins of equal shares, a reference of 10,000. The
/// expected numbers are from 4,000 draws of an independent simulation; the bands are what 1,000 draws
/// leave open, four standard deviations.
@Suite struct UnchangedStabilityIndexTests {
  struct Case: Sendable {
    let count: Int
    /// The value that 95 of 100 draws stay below.
    let quantile: Double
    /// The shares of draws above 0.1 and above 0.2.
    let above: (Double, Double)
  }

  static let cases = [
    Case(count: 100, quantile: 0.183, above: (0.40, 0.03)),
    Case(count: 200, quantile: 0.089, above: (0.027, 0)),
    Case(count: 500, quantile: 0.035, above: (0, 0)),
    Case(count: 5000, quantile: 0.005, above: (0, 0)),
  ]

  private static let draws = 1000

  private func counts(_ count: Int, _ random: inout SeededGenerator) -> [Int] {
    var bins = [Int](repeating: 0, count: 10)
    for _ in 0..<count { bins[Int(random.next() >> 33) % 10] += 1 }
    return bins
  }

  @Test(arguments: cases)
  func simulated(_ example: Case) throws {
    let seed: UInt64 = 20_261_128
    var random = SeededGenerator(seed: seed)
    let values = try (0..<Self.draws).map { _ in
      let reference = counts(10_000, &random)
      return try #require(
        CountPair(reference: reference, current: counts(example.count, &random)).stabilityIndex)
    }.sorted()
    let quantile = values[Self.draws * 95 / 100]
    #expect(abs(quantile - example.quantile) < 0.09 * example.quantile, "\(quantile), seed \(seed)")
    for (limit, expected) in [(0.1, example.above.0), (0.2, example.above.1)] {
      let share = Double(values.count { $0 > limit }) / Double(Self.draws)
      let error = (expected * (1 - expected) / Double(Self.draws)).squareRoot()
      // The expected shares are rounded to the last digit given.
      #expect(abs(share - expected) <= 4 * error + 0.005, "\(share) above \(limit), seed \(seed)")
    }
  }

  /// The level by formula: 0.0355 for 10,000 and 500 rows.
  @Test(arguments: [(500, 0.0355), (100, 0.1709), (200, 0.0863), (5000, 0.00508)])
  func byFormula(count: Int, expected: Double) throws {
    let pair = CountPair(
      reference: [Int](repeating: 1000, count: 10), current: [Int](repeating: count / 10, count: 10)
    )
    let level = try #require(pair.unchangedStabilityIndex())
    #expect(abs(level - expected) < 0.5e-4)
  }
}
