import PlumbColumnsTesting
import PlumbStatistics
import Testing

@Suite struct SumTests {
  @Test func keepsWhatRoundingTakesAway() {
    var sum = ExactSum()
    for value in [1e16, 1.0, 1.0, -1e16] { sum.add(value) }
    #expect(sum.value == 2)
  }

  @Test func doesNotDependOnTheOrder() {
    var random = SeededGenerator(seed: 7)
    let values = (0..<1000).map { _ in
      Double.random(in: -1...1, using: &random) * pow10(Int.random(in: -8...8, using: &random))
    }
    func sum(_ values: [Double]) -> Double {
      var sum = ExactSum()
      values.withUnsafeBufferPointer { buffer in
        if let base = buffer.baseAddress { sum.add(base, count: buffer.count) }
      }
      return sum.value
    }
    let expected = sum(values)
    for _ in 0..<20 { #expect(sum(values.shuffled(using: &random)) == expected) }
  }

  @Test func infinitiesAndNaNFollowAddition() {
    var sum = ExactSum()
    sum.add(.infinity)
    sum.add(1)
    #expect(sum.value == .infinity)
    sum.add(-.infinity)
    #expect(sum.value.isNaN)
  }

  @Test func aLargeMeanCostsTheVarianceNoDigits() {
    var moments = Moments()
    for value in [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16] { moments.add(value) }
    #expect(moments.variance == 30)
    var larger = Moments()
    for value in [1e15 + 4, 1e15 + 7, 1e15 + 13, 1e15 + 16] { larger.add(value) }
    #expect(larger.variance == 30)
  }

  @Test func aRemovedValueLeavesNothingBehind() {
    var moments = Moments()
    moments.add(3)
    moments.add(1e12 / 3)
    moments.add(5)
    moments.subtract(1e12 / 3)
    #expect(moments.mean == 4)
    #expect(moments.variance == 2)
  }

  @Test(arguments: [0.1, -2.711, 1.0 / 3, 1e-300, 1e300, 0])
  func aConstantHasNoSpread(value: Double) {
    for count in 2...50 {
      var (single, whole, merged) = (Moments(), Moments(), Moments())
      var pairs = PairMoments()
      for index in 0..<count {
        single.add(value)
        var one = Moments()
        one.add(value)
        merged.merge(one)
        pairs.add(value, Double(index * index) / 7)
      }
      withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { buffer in
        buffer.initialize(repeating: value)
        if let base = buffer.baseAddress { whole.add(base, count: count) }
      }
      #expect([single, whole, merged].map(\.variance) == [0, 0, 0], "\(count) times")
      #expect(pairs.correlation == nil)
    }
  }

  @Test func anEarlierOrLaterValueMakesASpread() {
    for count in [2, 33, 64] {
      for place in [0, count / 2, count - 1] {
        var values = Array(repeating: 0.1, count: count)
        values[place] = 0.2
        var (whole, merged) = (Moments(), Moments())
        values.withUnsafeBufferPointer { buffer in
          guard let base = buffer.baseAddress else { return }
          whole.add(base, count: count)
          for index in 0..<count {
            var one = Moments()
            one.add(base + index, count: 1)
            merged.merge(one)
          }
        }
        #expect(!whole.isConstant && !merged.isConstant, "\(place) of \(count)")
      }
    }
  }

  @Test func oneValueHasNoVariance() {
    var moments = Moments()
    moments.add(1)
    #expect(moments.variance == nil)
  }

  private func pow10(_ exponent: Int) -> Double {
    exponent < 0
      ? 1 / (0..<(-exponent)).reduce(1.0) { power, _ in power * 10 }
      : (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }
}
