import Glibc

/// The one place at which a sequence most likely changed its level, by ranks (Pettitt 1979, "A
/// Non-Parametric Approach to the Change-Point Problem").
package struct ChangePoint: Sendable, Equatable {
  /// The number of values before the change.
  package let index: Int
  /// The range of numbers of values before the change that 95 of 100 such estimates cover.
  package let low: Int
  package let high: Int
  /// The approximate two-sided p-value of there being a change at all.
  package let pValue: Double

  /// Of values in their order, without NaN. Absent for fewer than two and where all are the same.
  package init?(_ values: UnsafeBufferPointer<Double>) {
    let count = values.count
    guard count > 1 else { return nil }
    let ranks = meanRanks(values)
    let middle = Double(count + 1) / 2
    // U after k values is 2 (W - k (n + 1) / 2), W being the sum of their ranks.
    var (sum, greatest, place) = (0.0, 0.0, 0)
    for (index, rank) in ranks.enumerated() {
      sum += rank - middle
      if abs(sum) > greatest, index < count - 1 {
        greatest = abs(sum)
        place = index + 1
      }
    }
    guard place > 0 else { return nil }
    let n = Double(count)
    let u = 2 * greatest
    pValue = min(1, 2 * exp(-6 * u * u / (n * n * n + n * n)))
    index = place
    // The interval of Bai (1997, "Estimation of a Change Point in Multiple Regression Models") for
    // a shift of the mean, applied to the ranks: 11 is the 95 % point of its limit.
    var (first, second) = (Moments(), Moments())
    for (index, rank) in ranks.enumerated() {
      if index < place { first.add(rank) } else { second.add(rank) }
    }
    let shift = first.mean - second.mean
    let variance = (first.squaredDistances + second.squaredDistances) / n
    let reach = shift == 0 ? n : min(n, (11 * variance / (shift * shift)).rounded(.down) + 1)
    low = max(1, place - Int(reach))
    high = min(count - 1, place + Int(reach))
  }
}
