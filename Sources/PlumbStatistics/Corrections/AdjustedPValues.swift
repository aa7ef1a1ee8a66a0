import Glibc

/// How p-values are corrected when several tests are made at once.
package enum PValueCorrection: String, Sendable, CaseIterable {
  /// As they are.
  case none
  /// Times the number of tests: no false alarm at all with probability 1 - alpha (Dunn 1961).
  case bonferroni
  /// Step by step from the least, never less powerful than Bonferroni's (Holm 1979).
  case holm
  /// The share of false alarms among all alarms, for independent or positively dependent tests
  /// (Benjamini and Hochberg 1995).
  case benjaminiHochberg = "bh"
  /// The same under any dependence (Benjamini and Yekutieli 2001).
  case benjaminiYekutieli = "by"

  /// The corrected p-values in the order of the given ones. Absent ones stay so and do not count.
  package func adjusted(_ pValues: [Double?]) -> [Double?] {
    var result = pValues
    let order = pValues.indices.filter { pValues[$0]?.isNaN == false }
      .sorted { (pValues[$0] ?? 1, $0) < (pValues[$1] ?? 1, $1) }
    let count = Double(order.count)
    var harmonic = 0.0
    for index in 0..<order.count { harmonic += 1 / Double(index + 1) }
    switch self {
    case .none: break
    case .bonferroni:
      for index in order { result[index] = pValues[index].map { min(1, $0 * count) } }
    case .holm:
      var greatest = 0.0
      for (rank, index) in order.enumerated() {
        greatest = max(greatest, min(1, (pValues[index] ?? 1) * (count - Double(rank))))
        result[index] = greatest
      }
    case .benjaminiHochberg, .benjaminiYekutieli:
      let factor = self == .benjaminiYekutieli ? harmonic : 1
      var least = 1.0
      for (rank, index) in order.enumerated().reversed() {
        least = min(least, (pValues[index] ?? 1) * count / Double(rank + 1) * factor)
        result[index] = least
      }
    }
    return result
  }
}
