/// What is computed of a reference sample once, for comparisons with many current ones.
package struct ReferenceSums {
  /// The sums of the first values less the centre: one more than there are values.
  private let sums: UnsafeBufferPointer<Double>
  /// A value in the middle, taken off before values are summed up.
  let centre: Double
  /// The standard deviation of the population.
  package let deviation: Double

  /// Writes the sums of values in ascending order to `sums`, which has one place more than they
  /// are; both must outlive this.
  package init(
    of sorted: UnsafeBufferPointer<Double>, sums: UnsafeMutableBufferPointer<Double>
  ) {
    centre = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    var total = 0.0
    sums[0] = 0
    for index in 0..<sorted.count {
      total += sorted[index] - centre
      sums[index + 1] = total
    }
    self.sums = UnsafeBufferPointer(sums)
    deviation = sorted.populationDeviation
  }

  /// The sum of the values from number `from` up to but not including `to`, each less the centre.
  @inline(__always)
  func sum(_ from: Int, _ to: Int) -> Double { sums[to] - sums[from] }
}

extension UnsafeBufferPointer where Element == Double {
  /// The standard deviation of the values taken as the whole population; NaN over nothing.
  package var populationDeviation: Double {
    (moments.squaredDistances / Double(count)).squareRoot()
  }
}
