/// Rearranges `values` so that the element of rank `rank` is in its place, with none greater
/// before it and none less after it, and returns it. The values must not contain NaN.
///
/// Quickselect with pivots from samples (Floyd and Rivest 1975, CACM 18(3), 165); after too many
/// bad pivots it sorts, so that no input takes more than n log n.
package func selectRank(_ values: UnsafeMutableBufferPointer<Double>, _ rank: Int) -> Double {
  guard let base = values.baseAddress, rank >= 0, rank < values.count else { return .nan }
  var left = 0
  var right = values.count - 1
  var badPivots = 0
  while right > left {
    let size = right - left + 1
    if size <= 16 {
      sortInserting(base + left, size)
      break
    }
    if badPivots > 16 {
      var rest = UnsafeMutableBufferPointer(rebasing: values[left...right])
      rest.sort()
      break
    }
    let pivot = pivotValue(base, left, right, rank)
    var i = left
    var j = right
    while i <= j {
      while base[i] < pivot { i &+= 1 }
      while pivot < base[j] { j &-= 1 }
      if i <= j {
        let swapped = base[i]
        base[i] = base[j]
        base[j] = swapped
        i &+= 1
        j &-= 1
      }
    }
    if rank <= j { right = j } else if rank >= i { left = i } else { return base[rank] }
    if right - left + 1 > size / 4 * 3 { badPivots += 1 }
  }
  return base[rank]
}

/// A value likely to lie close to the wanted rank: the corresponding quantile of a small sample.
private func pivotValue(
  _ base: UnsafeMutablePointer<Double>, _ left: Int, _ right: Int, _ rank: Int
) -> Double {
  let size = right - left + 1
  let sampleCount = size < 1024 ? 5 : 21
  return withUnsafeTemporaryAllocation(of: Double.self, capacity: sampleCount) { sample in
    let stride = size / sampleCount
    for index in 0..<sampleCount { sample[index] = base[left + stride / 2 + index * stride] }
    guard let first = sample.baseAddress else { return base[rank] }
    sortInserting(first, sampleCount)
    let share = Double(rank - left) / Double(size)
    return sample[min(sampleCount - 1, Int(share * Double(sampleCount)))]
  }
}

private func sortInserting(_ base: UnsafeMutablePointer<Double>, _ count: Int) {
  var sorted = 1
  while sorted < count {
    let value = base[sorted]
    var position = sorted
    while position > 0, value < base[position - 1] {
      base[position] = base[position - 1]
      position -= 1
    }
    base[position] = value
    sorted += 1
  }
}

/// The quantile `p` (0...1) of values without NaN by linear interpolation between the two
/// nearest ranks (Hyndman and Fan 1996, type 7); NaN over nothing. Rearranges the values.
package func selectQuantile(_ values: UnsafeMutableBufferPointer<Double>, _ p: Double) -> Double {
  guard !values.isEmpty else { return .nan }
  let place = QuantilePlace(p, count: values.count)
  let lower = selectRank(values, place.rank)
  guard place.fraction > 0 else { return lower }
  var upper = Double.infinity
  for index in (place.rank + 1)..<values.count where values[index] < upper {
    upper = values[index]
  }
  return place.interpolate(lower, upper)
}

/// Where a quantile lies among sorted values.
package struct QuantilePlace: Sendable {
  /// The rank, from 0, at or below the quantile.
  package let rank: Int
  /// How far towards the next rank, 0..<1.
  package let fraction: Double

  package init(_ p: Double, count: Int) {
    let position = p * Double(count - 1)
    rank = min(max(0, Int(position)), count - 1)
    fraction = rank == count - 1 ? 0 : position - Double(rank)
  }

  package func interpolate(_ lower: Double, _ upper: Double) -> Double {
    // Also between infinities, where a difference would be NaN.
    if fraction == 0 || lower == upper { return lower }
    if lower.isInfinite || upper.isInfinite {
      if lower.isInfinite && upper.isInfinite { return .nan }
      return lower.isInfinite ? lower : upper
    }
    // NumPy's form, monotone in the fraction at both ends.
    let difference = upper - lower
    // Numbers that lie too far apart for it do so with their halves.
    if difference.isInfinite { return 2 * interpolate(lower / 2, upper / 2) }
    return fraction < 0.5 ? lower + difference * fraction : upper - difference * (1 - fraction)
  }
}
