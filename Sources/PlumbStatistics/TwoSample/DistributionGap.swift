/// How far apart two distribution functions are: by one merge of the samples, or where the
/// reference's sums are known by searching it for each current value.
package struct DistributionGap: Sendable, Equatable {
  /// The greatest distance times the product of the counts.
  package let greatest: Int
  /// The area between the two functions.
  package let area: Double
  package let referenceCount: Int
  package let currentCount: Int

  /// Absent when a sample is empty.
  package init?(_ pair: SortedPair) {
    guard !pair.isLacking else { return nil }
    referenceCount = pair.referenceCount
    currentCount = pair.currentCount
    let found: (greatest: Int, area: Double)
    if let sums = pair.referenceSums {
      found = searched(pair, sums)
    } else {
      found = merged(pair)
    }
    greatest = found.greatest
    area = found.area
  }
}

/// The gap by a merge without a branch that depends on the values.
private func merged(_ pair: SortedPair) -> (greatest: Int, area: Double) {
  guard let r = pair.reference.baseAddress, let c = pair.current.baseAddress else { return (0, 0) }
  let (n, m) = (pair.referenceCount, pair.currentCount)
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

/// The gap by looking up each current value in a reference that is much larger.
///
/// Between two current values the reference's function only rises, so that the distance is
/// greatest at an end, and the area is a difference of sums, in two parts where it crosses the
/// current one.
private func searched(
  _ pair: SortedPair, _ reference: ReferenceSums
) -> (greatest: Int, area: Double) {
  let (r, c) = (pair.reference, pair.current)
  let (n, m) = (r.count, c.count)
  var (greatest, area) = (0, 0.0)
  /// ∫ (F - share) from `start`, which has `from` values up to it, to `end`, which has `to` below.
  func integral(_ start: Double, _ from: Int, _ end: Double, _ to: Int, _ share: Double) -> Double {
    let lifted = Double(to - from) * (end - reference.centre) - reference.sum(from, to)
    return (Double(from) / Double(n) - share) * (end - start) + lifted / Double(n)
  }
  var (j, upTo, value) = (0, 0, c[0])
  let below = r.countBelow(value)
  greatest = below * m
  if below > 0 { area += integral(r[0], 0, value, below, 0) }
  upTo = below
  while true {
    while j < m, c[j] == value { j &+= 1 }
    upTo = r.countUpTo(value, from: upTo)
    greatest = max(greatest, abs(upTo * m - j * n))
    guard j < m else { break }
    let next = c[j]
    let nextBelow = r.countBelow(next, from: upTo)
    greatest = max(greatest, abs(nextBelow * m - j * n))
    let share = Double(j) / Double(m)
    // The reference's function reaches the share with its value number `crossing`.
    let crossing = (j * n + m - 1) / m
    if crossing > upTo, crossing <= nextBelow {
      let middle = r[crossing - 1]
      area -= integral(value, upTo, middle, crossing - 1, share)
      area += integral(middle, crossing, next, nextBelow, share)
    } else {
      area += abs(integral(value, upTo, next, nextBelow, share))
    }
    value = next
    upTo = nextBelow
  }
  if upTo < n { area -= integral(value, upTo, r[n - 1], n, 1) }
  return (greatest, area)
}

extension UnsafeBufferPointer where Element == Double {
  /// How many of the ascending values are at most `value`, of which `from` are known to be.
  fileprivate func countUpTo(_ value: Double, from: Int) -> Int {
    search(from: from) { self[$0] <= value }
  }

  /// How many of the ascending values are below `value`, of which `from` are known to be.
  fileprivate func countBelow(_ value: Double, from: Int) -> Int {
    search(from: from) { self[$0] < value }
  }

  /// The first place from `from` on that does not belong, by steps that double and then halve.
  @inline(__always)
  private func search(from: Int, _ belongs: (Int) -> Bool) -> Int {
    var (low, step) = (from, 1)
    while low < count, belongs(Swift.min(low + step, count) - 1) {
      low = Swift.min(low + step, count)
      step *= 2
    }
    var high = Swift.min(low + step, count)
    while low < high {
      let middle = (low &+ high) / 2
      if belongs(middle) { low = middle &+ 1 } else { high = middle }
    }
    return low
  }
}
