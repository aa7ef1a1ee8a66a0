/// Several quantiles (0...1) of values without NaN in any order, none of which is changed; NaN over
/// nothing. As `selectQuantile` gives one.
///
/// Values are counted in equally wide buckets between two bounds from a sample; only the buckets in
/// which a wanted rank lies are then gathered and selected from. Two passes, whatever the number of
/// quantiles, where a full sort takes the time of ten.
package func selectQuantiles(
  _ values: UnsafeBufferPointer<Double>, _ shares: [Double]
) -> [Double] {
  guard !values.isEmpty else { return shares.map { _ in .nan } }
  let places = shares.map { QuantilePlace($0, count: values.count) }
  guard values.count > 4096, let buckets = ValueBuckets(values, shares) else {
    let sorted = values.sorted()
    return places.map { place in
      let lower = sorted[place.rank]
      return place.fraction > 0 ? place.interpolate(lower, sorted[place.rank + 1]) : lower
    }
  }
  let ranks = places.flatMap { $0.fraction > 0 ? [$0.rank, $0.rank + 1] : [$0.rank] }
  let found = buckets.select(ranks)
  return places.map { place in
    let lower = found[place.rank] ?? .nan
    return place.fraction > 0 ? place.interpolate(lower, found[place.rank + 1] ?? .nan) : lower
  }
}

/// Values counted in buckets that follow each other in their order.
private struct ValueBuckets {
  private let values: UnsafeBufferPointer<Double>
  private let low: Double
  private let scale: Double
  /// How many values lie in the buckets before each one, and behind the last one how many in all.
  private var before: [Int] = []

  private static let count = 4096
  private static let sampleCount = 1024

  /// Absent where the values leave no room for buckets.
  init?(_ values: UnsafeBufferPointer<Double>, _ shares: [Double]) {
    // What lies outside of what is asked for needs no buckets of its own.
    let least = max(0, min(shares.min() ?? 0, 1 - (shares.max() ?? 1)))
    let outside = Int(least / 2 * Double(Self.sampleCount))
    let step = values.count / Self.sampleCount
    let sample = (0..<Self.sampleCount).map { values[$0 * step] }.sorted()
    let high = sample[Self.sampleCount - 1 - outside]
    (self.values, low) = (values, sample[outside])
    scale = Double(Self.count - 1) / (high - low)
    guard scale > 0, scale.isFinite else { return nil }
    var counts = [Int](repeating: 0, count: Self.count)
    counts.withUnsafeMutableBufferPointer { counts in
      for value in values { counts[bucket(value)] &+= 1 }
    }
    before = [0]
    for count in counts { before.append(before[before.count - 1] + count) }
  }

  /// The bucket of a value, which never falls as values rise.
  @inline(__always)
  private func bucket(_ value: Double) -> Int {
    let place = min(max((value - low) * scale, 0), Double(Self.count - 1))
    // The lowest bits of the sum are the place, rounded.
    return Int(truncatingIfNeeded: (place + 0x1p52).bitPattern) & (Self.count - 1)
  }

  /// The values at some ranks from 0 on, which ascend.
  func select(_ ranks: [Int]) -> [Int: Double] {
    // Slot 0 is of all buckets that nobody asks for: what goes there is overwritten by the next.
    var slots = [Int](repeating: 0, count: Self.count)
    var wanted: [Int] = []
    var bucket = 0
    for rank in ranks {
      while before[bucket + 1] <= rank { bucket += 1 }
      guard wanted.last != bucket else { continue }
      wanted.append(bucket)
      slots[bucket] = wanted.count
    }
    var starts = [0]
    var next = 1
    for bucket in wanted {
      starts.append(next)
      next += before[bucket + 1] - before[bucket]
    }
    let gathered = UnsafeMutableBufferPointer<Double>.allocate(capacity: next)
    defer { gathered.deallocate() }
    var ends = starts
    ends.withUnsafeMutableBufferPointer { ends in
      slots.withUnsafeBufferPointer { slots in
        for value in values {
          let slot = slots[self.bucket(value)]
          gathered[ends[slot]] = value
          ends[slot] &+= slot == 0 ? 0 : 1
        }
      }
    }
    var found: [Int: Double] = [:]
    for rank in ranks {
      let index = wanted.firstIndex { before[$0] <= rank && rank < before[$0 + 1] } ?? 0
      let (start, end) = (starts[index + 1], ends[index + 1])
      found[rank] = selectRank(
        UnsafeMutableBufferPointer(rebasing: gathered[start..<end]), rank - before[wanted[index]])
    }
    return found
  }
}
