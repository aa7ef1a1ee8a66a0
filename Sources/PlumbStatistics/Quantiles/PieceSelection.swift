/// The quantile `p` (0...1) of values without NaN that lie in several pieces of memory, none of
/// which is changed; NaN over nothing.
///
/// A sample gives two bounds that almost surely enclose the wanted rank. One pass then counts
/// what lies below and keeps only what lies between, about one value in thirty (the idea of
/// Floyd and Rivest 1975, with the partition replaced by a read-only pass).
package func selectQuantile(pieces: [UnsafeBufferPointer<Double>], _ p: Double) -> Double {
  let count = pieces.reduce(0) { $0 + $1.count }
  guard count > 0 else { return .nan }
  let place = QuantilePlace(p, count: count)
  if count > 4096, let value = bracketedQuantile(pieces, count, p, place) { return value }
  let copy = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
  defer { copy.deallocate() }
  var filled = 0
  for piece in pieces {
    for value in piece {
      copy[filled] = value
      filled += 1
    }
  }
  return selectQuantile(copy, p)
}

/// The quantile by way of sampled bounds; absent when the bounds turn out not to enclose it or
/// too much lies between them.
private func bracketedQuantile(
  _ pieces: [UnsafeBufferPointer<Double>], _ count: Int, _ p: Double, _ place: QuantilePlace
) -> Double? {
  let sampleCount = min(max(count / 64, 512), 16_384)
  let sample = takeSample(pieces, count, sampleCount)
  defer { sample.deallocate() }
  // Four standard deviations of the sample quantile's rank, and one rank for interpolation.
  let deviation = (p * (1 - p) * Double(sampleCount)).squareRoot()
  let margin = Int(4 * deviation) + 4
  let centre = Int(p * Double(sampleCount - 1))
  var low = -Double.infinity
  var high = Double.infinity
  if centre - margin >= 0 { low = selectRank(sample, centre - margin) }
  if centre + margin < sampleCount { high = selectRank(sample, centre + margin) }

  let capacity = min(count, count / sampleCount * margin * 4 + 4096)
  let between = UnsafeMutableBufferPointer<Double>.allocate(capacity: capacity + blockRows)
  defer { between.deallocate() }
  guard let target = between.baseAddress else { return nil }
  var tally = BracketTally()
  for piece in pieces {
    guard let base = piece.baseAddress else { continue }
    var start = 0
    while start < piece.count {
      let rows = min(blockRows, piece.count - start)
      tally.add(base + start, rows, low, high, target)
      if tally.kept > capacity { return nil }
      start += rows
    }
  }
  let firstKept = tally.notAboveLow
  let endKept = firstKept + tally.kept
  func value(_ rank: Int) -> Double? {
    if rank < tally.belowLow { return nil }
    if rank < firstKept { return low }
    if rank < endKept {
      return selectRank(
        UnsafeMutableBufferPointer(start: target, count: tally.kept), rank - firstKept)
    }
    let equalHigh = pieces.reduce(0) { total, piece in
      piece.reduce(into: total) { $0 += $1 == high ? 1 : 0 }
    }
    return rank < endKept + equalHigh ? high : nil
  }
  guard let lower = value(place.rank) else { return nil }
  guard place.fraction > 0 else { return lower }
  guard let upper = value(place.rank + 1) else { return nil }
  return place.interpolate(lower, upper)
}

private let blockRows = 1024

/// What one pass finds relative to the two bounds.
private struct BracketTally {
  var belowLow = 0
  var notAboveLow = 0
  var kept = 0

  /// Counts rows and copies those strictly between the bounds; every row is written, and the
  /// place moves on only behind those that stay, so that there is no branch to mispredict.
  @inline(__always)
  mutating func add(
    _ values: UnsafePointer<Double>, _ count: Int, _ low: Double, _ high: Double,
    _ target: UnsafeMutablePointer<Double>
  ) {
    var below = 0
    var notAbove = 0
    var position = kept
    for row in 0..<count {
      let value = values[row]
      let isAboveLow = value > low
      below &+= value < low ? 1 : 0
      notAbove &+= isAboveLow ? 0 : 1
      target[position] = value
      position &+= (isAboveLow ? 1 : 0) & (value < high ? 1 : 0)
    }
    belowLow &+= below
    notAboveLow &+= notAbove
    kept = position
  }
}

/// Values at pseudo-random places, the same at every call.
private func takeSample(
  _ pieces: [UnsafeBufferPointer<Double>], _ count: Int, _ sampleCount: Int
) -> UnsafeMutableBufferPointer<Double> {
  let sample = UnsafeMutableBufferPointer<Double>.allocate(capacity: sampleCount)
  let step = Double(count) / Double(sampleCount)
  var state: UInt64 = 0x9E37_79B9_7F4A_7C15
  var piece = 0
  var pieceStart = 0
  for index in 0..<sampleCount {
    // One place in each of equal stretches, so that places ascend.
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let jitter = Double(state >> 11) * 0x1p-53
    let place = min(count - 1, Int((Double(index) + jitter) * step))
    while place - pieceStart >= pieces[piece].count {
      pieceStart += pieces[piece].count
      piece += 1
    }
    sample[index] = pieces[piece][place - pieceStart]
  }
  return sample
}
