/// The test of two proportions by the normal approximation with a pooled variance; its square is
/// Pearson's statistic of the table of two by two.
package struct ProportionTest: Sendable, Equatable {
  /// The difference of the shares, reference less current, over its standard error; 0 where both
  /// shares are 0 or 1.
  package let statistic: Double

  /// Of how many values how many count, in each sample. Absent when a sample is empty.
  package init?(
    reference: Int, of referenceTotal: Int, current: Int, of currentTotal: Int
  ) {
    guard referenceTotal > 0, currentTotal > 0 else { return nil }
    let (n, m) = (Double(referenceTotal), Double(currentTotal))
    let (first, second) = (Double(reference) / n, Double(current) / m)
    let pooled = Double(reference + current) / (n + m)
    let variance = pooled * (1 - pooled) * (1 / n + 1 / m)
    statistic = variance > 0 ? (first - second) / variance.squareRoot() : 0
  }

  /// The two-sided p-value.
  package var pValue: Double { min(1, 2 * normalUpperTail(abs(statistic))) }
}
