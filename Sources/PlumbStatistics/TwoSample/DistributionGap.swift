/// How far apart two distribution functions are: by one merge of the samples, or where many small
/// current samples are compared with one reference by looking up their values in it.
package struct DistributionGap: Sendable, Equatable {
  /// The greatest distance times the product of the counts.
  package let greatest: Int
  /// The area between the two functions.
  package let area: Double
  /// The values of the reference that were compared.
  package let referenceCount: Int
  package let currentCount: Int
  /// The values of the reference in all, and how far ranks among those compared may be off.
  let wholeReferenceCount: Int
  package let rankError: Double

  /// Absent when a sample is empty.
  package init?(_ pair: SortedPair) {
    guard !pair.isLacking else { return nil }
    if let known = pair.knownGap {
      self = known
      return
    }
    let found = merged(pair)
    self.init(
      greatest: found.greatest, area: found.area, referenceCount: pair.reference.count,
      currentCount: pair.currentCount, represented: pair.represented)
  }

  fileprivate init(
    greatest: Int, area: Double, referenceCount: Int, currentCount: Int,
    represented: SortedPair.Represented? = nil
  ) {
    self.greatest = greatest
    self.area = area
    self.referenceCount = referenceCount
    self.currentCount = currentCount
    wholeReferenceCount = represented?.count ?? referenceCount
    rankError = represented?.rankError ?? 0
  }
}

/// The gap by a merge without a branch that depends on the values.
private func merged(_ pair: SortedPair) -> (greatest: Int, area: Double) {
  guard let r = pair.reference.baseAddress, let c = pair.current.baseAddress else { return (0, 0) }
  let (n, m) = (pair.reference.count, pair.currentCount)
  var walk = GapWalk(previous: min(r[0], c[0]))
  var (i, j) = (0, 0)
  while i < n, j < m {
    let (a, b) = (r[i], c[j])
    walk.reach(a < b ? a : b)
    let (takesReference, takesCurrent) = (a <= b, b <= a)
    i &+= takesReference ? 1 : 0
    j &+= takesCurrent ? 1 : 0
    walk.gap &+= (takesReference ? m : 0) &- (takesCurrent ? n : 0)
  }
  while i < n {
    walk.reach(r[i])
    walk.gap &+= m
    i &+= 1
  }
  while j < m {
    walk.reach(c[j])
    walk.gap &-= n
    j &+= 1
  }
  return (max(walk.high, -walk.low), walk.area / (Double(n) * Double(m)))
}

/// The gap between the functions, times the counts, from value to value.
private struct GapWalk {
  var previous: Double
  var gap = 0
  var high = 0
  var low = 0
  var area = 0.0

  init(previous: Double) { self.previous = previous }

  /// Goes on to the next value. Only then the gap at the one before is final: values may repeat.
  @inline(__always)
  mutating func reach(_ value: Double) {
    let settled = value > previous ? gap : 0
    high = max(high, settled)
    low = min(low, settled)
    area += Double(gap < 0 ? -gap : gap) * (value - previous)
    previous = value
  }
}

extension DistributionGap {
  /// The gaps of several current samples to one reference that is much larger; absent for an empty
  /// one.
  ///
  /// The reference is gone through in blocks that fit in the cache, each for all samples.
  package static func looked(
    up currents: [UnsafeBufferPointer<Double>], in reference: UnsafeBufferPointer<Double>,
    _ sums: ReferenceSums
  ) -> [DistributionGap?] {
    let blockCount = 4096
    var searches = currents.map { GapSearch(reference, sums, $0) }
    searches.withUnsafeMutableBufferPointer { searches in
      var end = 0
      while end < reference.count {
        end = min(end + blockCount, reference.count)
        for index in searches.indices { searches[index].advance(through: end) }
      }
    }
    return searches.map { search in
      guard !search.current.isEmpty, !reference.isEmpty else { return nil }
      let (greatest, area) = search.finished()
      return DistributionGap(
        greatest: greatest, area: area, referenceCount: reference.count,
        currentCount: search.current.count)
    }
  }
}

/// The gap by looking up each current value in the reference.
///
/// Between two current values the reference's function only rises, so that the distance is
/// greatest at an end, and the area is a difference of sums, in two parts where it crosses the
/// current one.
private struct GapSearch {
  private let reference: UnsafeBufferPointer<Double>
  private let sums: ReferenceSums
  let current: UnsafeBufferPointer<Double>
  /// The current value up to which all is added up, how many there are up to it, and how many of
  /// the reference.
  private var value = 0.0
  private var currentUpTo = 0
  private var upTo = 0
  private var greatest = 0
  private var area = 0.0

  init(
    _ reference: UnsafeBufferPointer<Double>, _ sums: ReferenceSums,
    _ current: UnsafeBufferPointer<Double>
  ) {
    self.reference = reference
    self.sums = sums
    self.current = current
  }

  /// Goes on to the last current value that lies below value number `end` of the reference.
  mutating func advance(through end: Int) {
    let (n, m) = (reference.count, current.count)
    while currentUpTo < m {
      let next = current[currentUpTo]
      if end < n, next >= reference[end] { return }
      let below = reference.countBelow(next, from: upTo, end: end)
      addSegment(to: next, below)
      while currentUpTo < m, current[currentUpTo] == next { currentUpTo &+= 1 }
      value = next
      upTo = reference.countUpTo(next, from: below, end: end)
      greatest = max(greatest, abs(upTo &* m &- currentUpTo &* n))
    }
  }

  /// What lies between the value reached and the next, which has `below` of the reference below it.
  private mutating func addSegment(to next: Double, _ below: Int) {
    let (n, m) = (reference.count, current.count)
    greatest = max(greatest, abs(below &* m &- currentUpTo &* n))
    guard currentUpTo > 0 else {
      if below > 0 { area += integral(reference[0], 0, next, below, 0) }
      return
    }
    let share = Double(currentUpTo) / Double(m)
    // The reference's function reaches the share with its value number `crossing`.
    let crossing = (currentUpTo &* n &+ m &- 1) / m
    if crossing > upTo, crossing <= below {
      let middle = reference[crossing - 1]
      area -= integral(value, upTo, middle, crossing - 1, share)
      area += integral(middle, crossing, next, below, share)
    } else {
      area += abs(integral(value, upTo, next, below, share))
    }
  }

  /// The integral of the reference's function less a share, from `start`, which has `from` values
  /// up to it, to `end`, which has `to` below it.
  private func integral(
    _ start: Double, _ from: Int, _ end: Double, _ to: Int, _ share: Double
  ) -> Double {
    let n = Double(reference.count)
    let lifted = Double(to &- from) * (end - sums.centre) - sums.sum(from, to)
    return (Double(from) / n - share) * (end - start) + lifted / n
  }

  /// The distance and the area, the rest of the reference included.
  func finished() -> (greatest: Int, area: Double) {
    let n = reference.count
    guard upTo < n else { return (greatest, area) }
    return (greatest, area - integral(value, upTo, reference[n - 1], n, 1))
  }
}

extension UnsafeBufferPointer where Element == Double {
  /// How many of the first `end` ascending values are at most `value`, of which `from` are known
  /// to be.
  fileprivate func countUpTo(_ value: Double, from: Int, end: Int) -> Int {
    search(from, end) { self[$0] <= value }
  }

  /// How many of the first `end` ascending values are below `value`, of which `from` are known to
  /// be.
  fileprivate func countBelow(_ value: Double, from: Int, end: Int) -> Int {
    search(from, end) { self[$0] < value }
  }

  /// The first place from `from` on that does not belong, by steps that double and then halve.
  @inline(__always)
  private func search(_ from: Int, _ end: Int, _ belongs: (Int) -> Bool) -> Int {
    var (low, step) = (from, 1)
    while low < end, belongs(Swift.min(low &+ step, end) &- 1) {
      low = Swift.min(low &+ step, end)
      step &*= 2
    }
    var high = Swift.min(low &+ step, end)
    while low < high {
      let middle = (low &+ high) / 2
      if belongs(middle) { low = middle &+ 1 } else { high = middle }
    }
    return low
  }
}
