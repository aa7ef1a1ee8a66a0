import Foundation
import PlumbColumnsTesting
import PlumbStatistics
import Testing

/// How often unchanged samples are called changed: as often as the level says, within the bounds of
/// a binomial count.
///
/// A fixed seed; with `PLUMB_LONG_TESTS` set, many more repetitions, other ones each time.
@Suite struct FalseAlarmTests {
  private static let isLong = ProcessInfo.processInfo.environment["PLUMB_LONG_TESTS"] != nil
  private static let repetitions = isLong ? 20_000 : 1000

  /// A test of two samples that is to alarm in 5 of 100 cases, and how rarely it may.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    /// 1 unless the test is conservative: exact p-values of few different values.
    var least = 1.0
    var level = 0.05
    let alarms: @Sendable (SortedPair) -> Bool

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "ks exact", least: 0.5) { (KolmogorovSmirnov($0)?.pValue ?? 1) < 0.05 },
    Case(name: "ks asymptotic", least: 0.5) {
      (KolmogorovSmirnov($0)?.asymptoticPValue ?? 1) < 0.05
    },
    Case(name: "mann_whitney") { (MannWhitney($0)?.pValue ?? 1) < 0.05 },
    Case(name: "cramer_von_mises") { (CramerVonMises($0)?.asymptoticPValue ?? 1) < 0.05 },
    Case(name: "anderson_darling") { (AndersonDarling($0)?.pValue ?? 1) < 0.05 },
    Case(name: "t_test") { (MeanDifference.welch($0)?.pValue ?? 1) < 0.05 },
    Case(name: "epps_singleton") { (EppsSingleton($0)?.pValue ?? 1) < 0.05 },
    Case(name: "psi above psi_unchanged") { pair in
      let counts = BinEdges.quantiles(of: pair.reference, bins: 10).counts(of: pair)
      return (counts.stabilityIndex ?? 0) > (counts.unchangedStabilityIndex() ?? 0)
    },
    Case(name: "chi2") { pair in
      let edges = BinEdges([-1, -0.3, 0.3, 1], shape: .openRightClosed)
      return (ChiSquareTest(edges.counts(of: pair))?.pValue ?? 1) < 0.05
    },
  ]

  @Test(arguments: cases)
  func alarmsAsOftenAsTheLevelSays(_ example: Case) {
    let seed = propertySeed()
    var random = SeededGenerator(seed: seed)
    var alarms = 0
    for _ in 0..<Self.repetitions {
      let reference = normals(300, &random)
      let current = normals(260, &random)
      reference.withUnsafeBufferPointer { reference in
        current.withUnsafeBufferPointer { current in
          if example.alarms(SortedPair(reference: reference, current: current)) { alarms += 1 }
        }
      }
    }
    let expected = Double(Self.repetitions) * example.level
    // Four standard deviations: one such test in 16,000 fails by chance.
    let reach = 4 * (expected * (1 - example.level)).squareRoot()
    // The asymptotic laws are off by some tenths of a percent at these sizes.
    let slack = Double(Self.repetitions) * 0.004
    #expect(
      Double(alarms) <= expected + reach + slack, "\(alarms) of \(Self.repetitions), seed \(seed)")
    #expect(
      Double(alarms) >= (expected - reach - slack) * example.least,
      "\(alarms) of \(Self.repetitions), seed \(seed)")
  }

  /// The p-value of a test that divides anew is exact whatever the sizes, so that small ones do.
  @Test func maximumMeanDiscrepancy() {
    let seed = propertySeed()
    var random = SeededGenerator(seed: seed)
    var alarms = 0
    let (repetitions, level) = (1000, 0.05)
    for _ in 0..<repetitions {
      let test = MaximumMeanDiscrepancy(
        reference: normals(16, &random, isSorted: false),
        current: normals(12, &random, isSorted: false), columns: 2)
      if test?.pValue(permutations: 99, seed: random.next()) ?? 1 <= level { alarms += 1 }
    }
    let expected = Double(repetitions) * level
    let reach = 4 * (expected * (1 - level)).squareRoot()
    #expect(abs(Double(alarms) - expected) <= reach, "\(alarms) of \(repetitions), seed \(seed)")
  }

  /// ADWIN's promise is a bound: at most so many alarms on streams without a change.
  @Test func adaptiveWindowing() {
    let seed = propertySeed()
    var random = SeededGenerator(seed: seed)
    var alarms = 0
    let streams = Self.isLong ? 2000 : 100
    for _ in 0..<streams {
      var detector = ADWIN()
      for value in normals(500, &random, isSorted: false) where detector.add(value) { alarms += 1 }
    }
    #expect(Double(alarms) <= Double(streams) * 0.05, "\(alarms) of \(streams), seed \(seed)")
  }

  /// Without a change the two-sided chart with slack 0.5 and threshold 5 runs for 465 values on
  /// average (Montgomery 2009, "Introduction to Statistical Quality Control", table 9.3).
  @Test func cumulativeSumChart() {
    let seed = propertySeed()
    var random = SeededGenerator(seed: seed)
    var settings = CUSUM.Settings()
    (settings.mean, settings.deviation) = (0, 1)
    var (values, alarms) = (0, 0)
    var chart = CUSUM(settings)
    while alarms < Self.repetitions {
      for value in normals(1000, &random, isSorted: false) where alarms < Self.repetitions {
        values += 1
        if chart.add(value) { alarms += 1 }
      }
    }
    let length = Double(values) / Double(alarms)
    // A run's length has a standard deviation of about its mean.
    let reach = 4 * 465 / Double(alarms).squareRoot()
    #expect(abs(length - 465) < reach + 1, "\(length), seed \(seed)")
  }

  /// Normal numbers, by the method of Box and Muller (1958).
  private func normals(
    _ count: Int, _ random: inout SeededGenerator, isSorted: Bool = true
  ) -> [Double] {
    let values = (0..<count).map { _ in
      let radius = (-2 * log(Double.random(in: Double.leastNonzeroMagnitude..<1, using: &random)))
        .squareRoot()
      return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &random))
    }
    return isSorted ? values.sorted() : values
  }
}
