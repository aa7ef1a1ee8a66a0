/// Counts of finite values in equally wide bins from the least to the greatest.
package struct EqualWidthHistogram: Sendable {
  package let low: Double
  package let high: Double
  /// The number of values in each bin.
  package private(set) var counts: [Int]

  /// Counts the finite values; absent when there is none. When all are the same, the bins span 1
  /// around the value, as NumPy's do.
  package init?(_ pieces: [UnsafeBufferPointer<Double>], bins: Int) {
    var low = Double.infinity
    var high = -Double.infinity
    for piece in pieces {
      for value in piece where value.isFinite {
        low = min(low, value)
        high = max(high, value)
      }
    }
    guard low <= high else { return nil }
    if low == high {
      low -= 0.5
      high += 0.5
    }
    self.low = low
    self.high = high
    counts = Array(repeating: 0, count: bins)
    for piece in pieces {
      for value in piece where value.isFinite { counts[bin(of: value)] += 1 }
    }
  }

  /// The lower bound of a bin; of the number of bins, the upper bound of the last.
  package func bound(_ bin: Int) -> Double {
    if bin == 0 { return low }
    if bin == counts.count { return high }
    let width = (high - low) / Double(counts.count)
    if width.isFinite { return low + width * Double(bin) }
    // By shares, since the range is wider than the greatest double.
    let share = Double(bin) / Double(counts.count)
    return low * (1 - share) + high * share
  }

  private func bin(of value: Double) -> Int {
    let count = counts.count
    let share = (value / 2 - low / 2) / (high / 2 - low / 2)
    var bin = share.isFinite ? min(count - 1, max(0, Int(share * Double(count)))) : 0
    // Rounding may put a value beside the bound that is printed.
    while bin > 0, value < bound(bin) { bin -= 1 }
    while bin < count - 1, value >= bound(bin + 1) { bin += 1 }
    return bin
  }
}
