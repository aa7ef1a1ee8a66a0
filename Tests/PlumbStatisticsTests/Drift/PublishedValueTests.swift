import Foundation
import PlumbStatistics
import Testing

/// Statistics against numbers that were published with them.
@Suite struct PublishedValueTests {
  private func with<Result>(
    _ reference: [Double], _ current: [Double], _ body: (SortedPair) throws -> Result
  ) rethrows -> Result {
    try reference.sorted().withUnsafeBufferPointer { reference in
      try current.sorted().withUnsafeBufferPointer { current in
        try body(SortedPair(reference: reference, current: current))
      }
    }
  }

  /// The series of Page (1955, "A Test for a Change in a Parameter Occurring at an Unknown Point"),
  /// as Pettitt (1979) prints it in table 1: the mean is 0 for twenty values and then 1, the
  /// standard deviation 1.
  private static let page = [
    -1.05, 0.96, 1.22, 0.58, -0.98, -0.03, -1.54, -0.71, -0.35, 0.66, 0.44, 0.91, -0.02, -1.42,
    1.26, -1.02, -0.81, 1.66, 1.05, 0.97, 2.14, 1.22, -0.24, 1.60, 0.72, -0.12, 0.44, 0.03, 0.66,
    0.56, 1.37, 1.66, 0.10, 0.80, 1.29, 0.49, -0.07, 1.18, 3.29, 1.84,
  ]

  /// Page's chart with the usual slack and threshold is silent before the change and finds it five
  /// values after: 2.14, 1.22, -0.24, 1.60 and 0.72 less 0.5 each, on the 2.18 that were there.
  @Test func chartOfPage() {
    var settings = CUSUM.Settings()
    (settings.mean, settings.deviation) = (0, 1)
    var chart = CUSUM(settings)
    #expect(Self.page.firstIndex { chart.add($0) } == 24)
  }

  /// Pettitt (1979) finds K = 232 at the 17th value of the series, and p = 0.014.
  @Test func changePointOfPettitt() throws {
    let found = try #require(Self.page.withUnsafeBufferPointer { ChangePoint($0) })
    #expect(found.index == 17)
    #expect(abs(found.pValue - 2 * exp(-6 * 232.0 * 232 / (40 * 40 * 40 + 40 * 40))) < 1e-12)
    #expect(abs(found.pValue - 0.014) < 0.001)
  }

  /// Marsaglia, Tsang and Wang (2003): the probability that D of 10 values stays below 0.274.
  @Test func distributionOfMarsaglia() {
    #expect(abs(1 - kolmogorovUpperTail(0.274, count: 10) - 0.6284796154565) < 1e-12)
  }

  /// The critical values of Kolmogorov's limit (Smirnov 1948).
  @Test(arguments: [(1.2238, 0.10), (1.3581, 0.05), (1.6276, 0.01)])
  func limitOfKolmogorov(_ value: Double, _ level: Double) {
    #expect(abs(kolmogorovLimitUpperTail(value) - level) < 5e-5)
  }

  /// Anderson and Darling (1952), table 1: the limit of the statistic of Cramér and von Mises.
  @Test(arguments: [(0.34730, 0.10), (0.46136, 0.05), (0.74346, 0.01)])
  func limitOfCramerAndVonMises(_ value: Double, _ level: Double) {
    #expect(abs(cramerVonMisesLimitUpperTail(value) - level) < 1e-5)
  }

  /// The table of Mann and Whitney (1947) for four values a side: no pair in the other order has the
  /// probability 0.014, at most one 0.029, at most two 0.057.
  @Test func tableOfMannAndWhitney() throws {
    for (current, share) in [
      ([5.0, 6, 7, 8], 0.014), ([3.5, 6, 7, 8], 0.029), ([2.5, 6, 7, 8], 0.057),
    ] {
      let p = try with([1, 2, 3, 4], current) { try #require(MannWhitney($0)).exactPValue }
      #expect(abs(p / 2 - share) < 5e-4, "\(current)")
    }
  }

  /// The hours of sleep of Student (1908), taken as two samples: Welch's t is -1.8608 with 17.776
  /// degrees of freedom, p = 0.07939 (the manual of R's `t.test`).
  @Test func sleepOfStudent() throws {
    let first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
    let second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    let test = try with(first, second) { try #require(MeanDifference.welch($0)) }
    #expect(abs(test.statistic + 1.8608) < 5e-5)
    #expect(abs(test.degrees - 17.776) < 5e-4)
    #expect(abs(test.pValue - 0.07939) < 5e-6)
  }

  /// The lady tasting tea (Fisher 1935): three of four cups told, one-sided 17/70.
  @Test func teaOfFisher() throws {
    let p = try #require(fisherExactPValue(CountPair(reference: [3, 1], current: [1, 3])))
    #expect(abs(p - 34.0 / 70) < 1e-12)
  }

  /// The teeth of Hellman in Yates (1934): χ² is 2.386, corrected 1.140.
  @Test func teethOfYates() throws {
    let counts = CountPair(reference: [4, 16], current: [1, 21])
    #expect(abs(try #require(ChiSquareTest(counts)).statistic - 2.386) < 5e-4)
    #expect(abs(try #require(ChiSquareTest(counts, isCorrected: true)).statistic - 1.140) < 5e-4)
  }

  /// The first example of Epps and Singleton (1986), as Goerg and Kaiser (2009) print it: 15.14.
  @Test func exampleOfEppsAndSingleton() throws {
    let test = try with(
      [-0.35, 2.55, 1.73, 0.73, 0.35, 2.69, 0.46, -0.94, -0.37, 12.07],
      [-1.15, -0.15, 2.48, 3.25, 3.71, 4.29, 5.00, 7.74, 8.38, 8.60]
    ) { try #require(EppsSingleton($0)) }
    #expect(abs(test.statistic - 15.14) < 0.05)
    #expect(abs(test.pValue - 0.00442) < 5e-4)
  }
}
