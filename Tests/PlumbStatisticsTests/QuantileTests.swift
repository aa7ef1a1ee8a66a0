import PlumbColumnsTesting
import PlumbStatistics
import Testing

@Suite struct QuantileTests {
  @Test(arguments: [1, 2, 3, 10, 17, 100, 5000, 40_000])
  func selectionAgreesWithSorting(count: Int) {
    let seed = propertySeed()
    var random = SeededGenerator(seed: seed)
    for kind in 0..<6 {
      let values = (0..<count).map { index -> Double in
        switch kind {
        case 0: Double.random(in: -5...5, using: &random)
        case 1: Double(Int.random(in: 0..<3, using: &random))
        case 2: Double(index)
        case 3: Double.random(in: 0..<1, using: &random) < 0.5 ? 0 : .infinity
        case 4: 1 / Double.random(in: -1e-9...1e-9, using: &random)
        default: Double(-index)
        }
      }
      let sorted = values.sorted()
      let shares = [0, 0.01, 0.1, 0.25, 0.5, 0.9, 0.999, 1]
      let together = values.withUnsafeBufferPointer { selectQuantiles($0, shares) }
      let deciles = values.withUnsafeBufferPointer { selectQuantiles($0, [0.1, 0.25, 0.5, 0.9]) }
      #expect(Array(together[2...5]) == deciles, "seed \(seed), kind \(kind)")
      for (p, found) in zip(shares, together) {
        let place = QuantilePlace(p, count: count)
        let expected =
          place.fraction > 0
          ? place.interpolate(sorted[place.rank], sorted[place.rank + 1]) : sorted[place.rank]
        let comment: Comment = "seed \(seed), kind \(kind), p \(p)"
        #expect(found == expected, comment)
        #expect(contiguous(values, p) == expected, comment)
        #expect(inPieces(values, p, &random) == expected, comment)
      }
    }
  }

  @Test(arguments: [5, 300, 5000])
  func movingFrameAgreesWithSelection(width: Int) {
    let seed = propertySeed()
    var random = SeededGenerator(seed: seed)
    var sorted = SortedValues()
    var values: [Double] = []
    for row in 0..<(width * 3) {
      let value =
        row % 7 == 0
        ? Double(Int.random(in: 0..<3, using: &random))
        : Double.random(in: -5...5, using: &random)
      values.append(value)
      sorted.add(value)
      if values.count > width { sorted.remove(values.removeFirst()) }
      guard row % (width / 5) == 0 else { continue }
      let p = Double.random(in: 0...1, using: &random)
      #expect(sorted.quantile(p) == contiguous(values, p), "seed \(seed), row \(row), p \(p)")
    }
    while !values.isEmpty { sorted.remove(values.removeLast()) }
    #expect(sorted.count == 0)
    #expect(sorted.quantile(0.5).isNaN)
  }

  /// The difference of two numbers may be infinite where what lies between them is not.
  @Test func betweenTheGreatestAndTheLeast() {
    let values = [-1.7e308, 1.7e308]
    #expect(contiguous(values, 0.5) == 0)
    #expect(contiguous(values, 0.25) == -0.85e308)
    #expect(contiguous(values, 0.75) == 0.85e308)
    var digest = TDigest()
    for value in values + values { digest.add(value) }
    for p in [0.1, 0.3, 0.5, 0.7, 0.9] {
      let quantile = digest.quantile(p)
      #expect(quantile?.isFinite == true)
    }
  }

  @Test func overNothingNaN() {
    #expect(contiguous([], 0.5).isNaN)
    #expect(selectQuantile(pieces: [], 0.5).isNaN)
  }

  private func contiguous(_ values: [Double], _ p: Double) -> Double {
    var copy = values
    return copy.withUnsafeMutableBufferPointer { selectQuantile($0, p) }
  }

  private func inPieces(
    _ values: [Double], _ p: Double, _ random: inout SeededGenerator
  ) -> Double {
    let cut = Int.random(in: 0...values.count, using: &random)
    return values.withUnsafeBufferPointer { buffer in
      selectQuantile(
        pieces: [
          UnsafeBufferPointer(rebasing: buffer[..<cut]),
          UnsafeBufferPointer(rebasing: buffer[cut...]),
        ], p)
    }
  }
}
