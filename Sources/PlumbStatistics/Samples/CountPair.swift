/// How often each of some categories or bins occurs in a reference and a current sample.
package struct CountPair: Sendable, Equatable {
  package var reference: [Int]
  package var current: [Int]

  /// Counts of the same categories in the same order.
  package init(reference: [Int], current: [Int]) {
    self.reference = reference
    self.current = current
  }

  package var categoryCount: Int { min(reference.count, current.count) }
  package var referenceTotal: Int { reference.reduce(0, +) }
  package var currentTotal: Int { current.reduce(0, +) }

  /// Whether a sample has no value.
  package var isLacking: Bool { referenceTotal == 0 || currentTotal == 0 }

  /// The share of each category in its sample; absent when a sample is empty.
  package var shares: SharePair? {
    let (n, m) = (Double(referenceTotal), Double(currentTotal))
    guard n > 0, m > 0 else { return nil }
    return SharePair(
      reference: reference.map { Double($0) / n }, current: current.map { Double($0) / m })
  }

  /// The counts with those of one more category behind them.
  package func appending(reference: Int, current: Int) -> CountPair {
    CountPair(reference: self.reference + [reference], current: self.current + [current])
  }
}

/// The shares of categories or bins in a reference and a current sample.
package struct SharePair: Sendable, Equatable {
  package var reference: [Double]
  package var current: [Double]

  package init(reference: [Double], current: [Double]) {
    self.reference = reference
    self.current = current
  }

  /// The shares with none below `floor`; they then sum to a little more than 1.
  package func floored(at floor: Double) -> SharePair {
    SharePair(
      reference: reference.map { max($0, floor) }, current: current.map { max($0, floor) })
  }
}
