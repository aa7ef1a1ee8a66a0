/// Two samples of finite numbers, each in ascending order: what the statistics of two samples
/// are computed from. Either may be empty.
package struct SortedPair {
  package let reference: UnsafeBufferPointer<Double>
  package let current: UnsafeBufferPointer<Double>
  /// The gap between the distribution functions, where it was found together with others.
  package let knownGap: DistributionGap?
  /// The standard deviation of the reference as a population, where it is known.
  private let knownDeviation: Double?
  /// What the reference's values stand for, where they are those of a profile.
  package let represented: Represented?

  /// A sample of which only evenly spaced quantiles are known.
  package struct Represented: Sendable {
    /// The values of the whole sample.
    package let count: Int
    package let deviation: Double
    /// How far the share of the quantiles below a value may be from that of the sample.
    package let rankError: Double

    package init(count: Int, deviation: Double, rankError: Double) {
      self.count = count
      self.deviation = deviation
      self.rankError = rankError
    }
  }

  package init(
    reference: UnsafeBufferPointer<Double>, current: UnsafeBufferPointer<Double>,
    knownGap: DistributionGap? = nil, referenceSums: ReferenceSums? = nil,
    represented: Represented? = nil
  ) {
    self.reference = reference
    self.current = current
    self.knownGap = knownGap
    knownDeviation = represented?.deviation ?? referenceSums?.deviation
    self.represented = represented
  }

  /// The standard deviation of the reference as a population.
  package var referenceDeviation: Double { knownDeviation ?? reference.populationDeviation }

  /// The values of the reference, or those that they stand for.
  package var referenceCount: Int { represented?.count ?? reference.count }
  package var currentCount: Int { current.count }

  /// Whether a sample has no value.
  package var isLacking: Bool { reference.isEmpty || current.isEmpty }

  /// How many values of each sample lie below a value and how many at or below it.
  struct Ranks {
    var value: Double
    var referenceBelow: Int
    var currentBelow: Int
    var referenceUpTo: Int
    var currentUpTo: Int

    /// The values of both samples that equal the value.
    var tied: Int { referenceUpTo &- referenceBelow &+ currentUpTo &- currentBelow }
  }

  /// Calls `body` with each distinct value of both samples, in ascending order.
  ///
  /// One merge: the loop is the caller's, so that nothing is called for each value.
  @inline(__always)
  func forEachDistinct(_ body: (Ranks) -> Void) {
    walkDistinct { ranks in
      body(ranks)
      return true
    }
  }

  /// The same as long as `body` returns true.
  @inline(__always)
  func walkDistinct(while body: (Ranks) -> Bool) {
    let (n, m) = (reference.count, current.count)
    var (i, j) = (0, 0)
    while i < n || j < m {
      let value = j == m || (i < n && reference[i] <= current[j]) ? reference[i] : current[j]
      var ranks = Ranks(
        value: value, referenceBelow: i, currentBelow: j, referenceUpTo: i, currentUpTo: j)
      while i < n, reference[i] == value { i &+= 1 }
      while j < m, current[j] == value { j &+= 1 }
      ranks.referenceUpTo = i
      ranks.currentUpTo = j
      guard body(ranks) else { return }
    }
  }

  /// How often each distinct value occurs in the samples, in ascending order; absent when there
  /// are more than `limit` of them.
  package func distinctCounts(limit: Int) -> (values: [Double], counts: CountPair)? {
    var values: [Double] = []
    var (referenceCounts, currentCounts) = ([Int](), [Int]())
    var isOver = false
    walkDistinct { ranks in
      if values.count == limit {
        isOver = true
        return false
      }
      values.append(ranks.value)
      referenceCounts.append(ranks.referenceUpTo - ranks.referenceBelow)
      currentCounts.append(ranks.currentUpTo - ranks.currentBelow)
      return true
    }
    return isOver
      ? nil : (values, CountPair(reference: referenceCounts, current: currentCounts))
  }

  /// How many distinct values the samples have together.
  package var distinctCount: Int {
    var count = 0
    forEachDistinct { _ in count &+= 1 }
    return count
  }

  /// The least and the greatest value of both samples; absent over nothing.
  package var range: ClosedRange<Double>? {
    guard let lows = [reference.first, current.first].compactMap(\.self).min(),
      let highs = [reference.last, current.last].compactMap(\.self).max()
    else { return nil }
    return lows...highs
  }
}

extension UnsafeBufferPointer where Element == Double {
  /// How many of the ascending values are at most `value`.
  package func countUpTo(_ value: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low &+ high) / 2
      if self[middle] <= value { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  /// How many of the ascending values are below `value`.
  package func countBelow(_ value: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low &+ high) / 2
      if self[middle] < value { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  /// The quantile `p` of the ascending values (Hyndman and Fan 1996, type 7); NaN over nothing.
  package func sortedQuantile(_ p: Double) -> Double {
    guard count > 0 else { return .nan }
    let place = QuantilePlace(p, count: count)
    let lower = self[place.rank]
    return place.fraction > 0 ? place.interpolate(lower, self[place.rank + 1]) : lower
  }

  /// The moments of the values.
  package var moments: Moments {
    var moments = Moments()
    if let baseAddress { moments.add(baseAddress, count: count) }
    return moments
  }
}
