import Glibc

/// A sketch of the distribution of numbers that answers quantiles, finest at both ends.
///
/// The merging digest of Dunning and Ertl 2019, "Computing extremely accurate quantiles using
/// t-digests", with the scale function k₁. Holds about `compression` means, whatever the number
/// of values.
package struct TDigest: Sendable {
  private static let compression = 200.0
  private static let bufferCount = 1000

  private var means: [Double] = []
  private var weights: [Double] = []
  /// Values that are not yet merged into the means.
  private var pending: [Double] = []
  private var least = Double.infinity
  private var greatest = -Double.infinity

  package init() {}

  /// The number of values.
  package var count: Double { weights.reduce(0, +) + Double(pending.count) }

  /// Adds a value that is not NaN.
  package mutating func add(_ value: Double) {
    pending.append(value)
    if value < least { least = value }
    if value > greatest { greatest = value }
    if pending.count >= Self.bufferCount { compress() }
  }

  /// Takes in what another sketch has seen.
  package mutating func merge(_ other: TDigest) {
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
    compress(with: other.means, other.weights)
    for value in other.pending { add(value) }
  }

  /// The quantile `p` (0...1), estimated; absent over nothing.
  package mutating func quantile(_ p: Double) -> Double? {
    compress()
    let total = weights.reduce(0, +)
    guard total > 0, let last = means.indices.last else { return nil }
    if p <= 0 { return least }
    if p >= 1 { return greatest }
    // Each mean stands at the middle of its weight, the extremes at the ends.
    let position = p * total
    var before = 0.0
    var (leftPlace, leftValue) = (0.5, least)
    if position <= leftPlace { return least }
    for index in means.indices {
      let place = weights[index] == 1 ? before + 0.5 : before + weights[index] / 2
      if position < place {
        return interpolate(position, leftPlace, leftValue, place, means[index])
      }
      (leftPlace, leftValue) = (place, means[index])
      before += weights[index]
    }
    if weights[last] == 1 { return greatest }
    return interpolate(position, leftPlace, leftValue, total - 0.5, greatest)
  }

  private func interpolate(
    _ position: Double, _ leftPlace: Double, _ left: Double, _ rightPlace: Double,
    _ right: Double
  ) -> Double {
    if left == right || rightPlace <= leftPlace { return right }
    let share = min(1, max(0, (position - leftPlace) / (rightPlace - leftPlace)))
    let value = between(left, right, share)
    return value.isNaN ? (share < 0.5 ? left : right) : value
  }

  /// Merges what is pending, and other means, into as few means as the scale allows.
  private mutating func compress(with moreMeans: [Double] = [], _ moreWeights: [Double] = []) {
    guard !pending.isEmpty || !moreMeans.isEmpty else { return }
    var points = pending.map { (mean: $0, weight: 1.0) }
    points += zip(means, weights).map { (mean: $0, weight: $1) }
    points += zip(moreMeans, moreWeights).map { (mean: $0, weight: $1) }
    points.sort { $0.mean < $1.mean }
    pending.removeAll(keepingCapacity: true)
    means.removeAll(keepingCapacity: true)
    weights.removeAll(keepingCapacity: true)
    let total = points.reduce(0) { $0 + $1.weight }
    var before = 0.0
    var limit = upperLimit(0, total)
    var (mean, weight) = points[0]
    for point in points.dropFirst() {
      if before + weight + point.weight <= limit {
        weight += point.weight
        // Equal infinities must not give NaN.
        if point.mean != mean { mean = between(mean, point.mean, point.weight / weight) }
      } else {
        means.append(mean)
        weights.append(weight)
        before += weight
        limit = upperLimit(before, total)
        (mean, weight) = point
      }
    }
    means.append(mean)
    weights.append(weight)
  }

  /// Up to which weight a mean may reach that begins after `before` of `total`.
  private func upperLimit(_ before: Double, _ total: Double) -> Double {
    let k = Self.compression / (2 * .pi) * asin(2 * before / total - 1)
    let next = min(k + 1, Self.compression / 4)
    return total * (sin(next * 2 * .pi / Self.compression) + 1) / 2
  }
}

/// The number at a share of the way from one to another, also where their difference is infinite.
private func between(_ a: Double, _ b: Double, _ share: Double) -> Double {
  let difference = b - a
  return difference.isFinite ? a + difference * share : a * (1 - share) + b * share
}
