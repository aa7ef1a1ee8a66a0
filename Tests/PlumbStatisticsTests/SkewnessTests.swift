import PlumbStatistics
import Testing

@Suite struct SkewnessTests {
  private func of(_ values: [Double]) -> (skewness: Double?, kurtosis: Double?) {
    values.withUnsafeBufferPointer { (sampleSkewness([$0]), sampleKurtosis([$0])) }
  }

  /// SciPy 1.17: skew([2, 8, 0, 4, 1, 9, 9, 0], bias=False), kurtosis(…, bias=False).
  @Test func agreesWithSciPy() throws {
    let shape = of([2, 8, 0, 4, 1, 9, 9, 0])
    #expect(abs(try #require(shape.skewness) - 0.330_582_180_407_974_6) < 1e-14)
    #expect(abs(try #require(shape.kurtosis) - -2.098_602_258_096_087) < 1e-13)
  }

  @Test(arguments: [0.1, -2.711, 123.456, 1.0 / 3, 0])
  func equalValuesHaveNone(value: Double) {
    for count in 1...40 {
      let shape = of(Array(repeating: value, count: count))
      #expect(shape.skewness == nil, "\(count) times")
      #expect(shape.kurtosis == nil, "\(count) times")
    }
  }
}
