import Foundation
import PlumbColumnsTesting
import PlumbStatistics
import Testing

/// Laws of the statistics, on random samples with a printed seed.
@Suite struct TwoSamplePropertyTests {
  /// A pair of samples with some ties, drawn from a seed.
  private func withPair<Result>(
    _ seed: UInt64, map: (Double) -> Double = { $0 }, _ body: (SortedPair) throws -> Result
  ) rethrows -> Result {
    var random = SeededGenerator(seed: seed)
    func sample(_ count: Int, shift: Double) -> [Double] {
      (0..<count).map { _ in
        let value = Double.random(in: -3...3, using: &random) + shift
        return map(Bool.random(using: &random) ? value.rounded() : value)
      }.sorted()
    }
    let reference = sample(Int.random(in: 2...80, using: &random), shift: 0)
    let current = sample(Int.random(in: 2...80, using: &random), shift: 0.5)
    return try reference.withUnsafeBufferPointer { reference in
      try current.withUnsafeBufferPointer { current in
        try body(SortedPair(reference: reference, current: current))
      }
    }
  }

  private func swapped(_ pair: SortedPair) -> SortedPair {
    SortedPair(reference: pair.current, current: pair.reference)
  }

  private static let seeds = propertySeeds(200)

  @Test func symmetryAndBounds() throws {
    for seed in Self.seeds {
      try withPair(seed) { pair in
        let (there, back) = (
          try #require(KolmogorovSmirnov(pair)), try #require(KolmogorovSmirnov(swapped(pair)))
        )
        #expect(there.distance == back.distance, "seed \(seed)")
        #expect((0...1).contains(there.distance), "seed \(seed)")
        #expect(abs(there.exactPValue - back.exactPValue) < 1e-12, "seed \(seed)")
        let (area, other) = (try #require(pair.wasserstein), swapped(pair).wasserstein)
        #expect(abs(area - (other ?? -1)) < 1e-12, "seed \(seed)")
        let mean = pair.reference.moments.mean - pair.current.moments.mean
        // The area is at least the difference of the means.
        #expect(area >= abs(mean) - 1e-12, "seed \(seed)")
        let counts = BinEdges.quantiles(of: pair.reference, bins: 5).counts(of: pair)
        #expect(counts.referenceTotal == pair.referenceCount, "seed \(seed)")
        #expect(counts.currentTotal == pair.currentCount, "seed \(seed)")
        let shares = try #require(counts.shares)
        let mirrored = SharePair(reference: shares.current, current: shares.reference)
        for measure in [\SharePair.jensenShannonDistance, \.hellinger, \.totalVariation] {
          let value = shares[keyPath: measure]
          #expect((0...1.000_000_1).contains(value), "seed \(seed)")
          #expect(abs(value - mirrored[keyPath: measure]) < 1e-12, "seed \(seed)")
        }
        let index = try #require(counts.stabilityIndex)
        #expect(index >= 0, "seed \(seed)")
        let floored = mirrored.floored(at: shareFloor)
        #expect(abs(index - floored.stabilityIndex) < 1e-12, "seed \(seed)")
      }
    }
  }

  /// Only the order of values matters to the tests of ranks.
  @Test func monotoneMapsChangeNothing() {
    for seed in Self.seeds {
      let plain = withPair(seed) { pair in
        [
          KolmogorovSmirnov(pair)?.distance, KolmogorovSmirnov(pair)?.pValue,
          MannWhitney(pair)?.statistic, CramerVonMises(pair)?.statistic,
          AndersonDarling(pair)?.statistic,
        ]
      }
      let mapped = withPair(seed, map: { exp($0) }) { pair in
        [
          KolmogorovSmirnov(pair)?.distance, KolmogorovSmirnov(pair)?.pValue,
          MannWhitney(pair)?.statistic, CramerVonMises(pair)?.statistic,
          AndersonDarling(pair)?.statistic,
        ]
      }
      #expect(plain == mapped, "seed \(seed)")
    }
  }

  @Test func identicalSamplesDoNotDiffer() {
    for seed in Self.seeds {
      withPair(seed) { pair in
        let same = SortedPair(reference: pair.reference, current: pair.reference)
        #expect(KolmogorovSmirnov(same)?.distance == 0, "seed \(seed)")
        #expect(KolmogorovSmirnov(same)?.pValue == 1, "seed \(seed)")
        #expect(same.wasserstein == 0, "seed \(seed)")
        #expect(same.energyDistance == 0, "seed \(seed)")
        let counts = BinEdges.quantiles(of: same.reference, bins: 10).counts(of: same)
        #expect(counts.stabilityIndex == 0, "seed \(seed)")
        #expect(ChiSquareTest(counts)?.statistic == 0, "seed \(seed)")
      }
    }
  }

  /// A reference that is looked up gives what a merge gives, for all sizes and ties.
  @Test func searchingAgreesWithMerging() throws {
    for seed in Self.seeds {
      try withPair(seed) { pair in
        let sums = UnsafeMutableBufferPointer<Double>.allocate(capacity: pair.referenceCount + 1)
        defer { sums.deallocate() }
        let known = ReferenceSums(of: pair.reference, sums: sums)
        let merged = try #require(DistributionGap(pair))
        let searched = try #require(
          DistributionGap.looked(up: [pair.current], in: pair.reference, known)[0])
        #expect(merged.greatest == searched.greatest, "seed \(seed)")
        #expect(abs(merged.area - searched.area) < 1e-12, "seed \(seed)")
      }
    }
  }

  /// Bins are cut and filled alike whether a sample is in order or not.
  @Test func binsNeedNoOrder() {
    for seed in Self.seeds {
      withPair(seed) { pair in
        var random = SeededGenerator(seed: seed)
        let mixed = Array(pair.reference).shuffled(using: &random)
        for bins in [2, 7, 10, 64] {
          let edges = BinEdges.quantiles(of: pair.reference, bins: bins)
          mixed.withUnsafeBufferPointer { mixed in
            #expect(BinEdges.quantiles(ofUnsorted: mixed, bins: bins) == edges, "seed \(seed)")
            #expect(edges.counts(ofUnsorted: mixed) == edges.counts(of: pair.reference))
            if let range = pair.range {
              let equal = BinEdges.equalWidth(range, bins: bins)
              #expect(equal.counts(ofUnsorted: mixed) == equal.counts(of: pair.reference))
            }
          }
        }
      }
    }
  }
}
