/// The two-sample test of Cramér and von Mises in the form of Anderson (1962), tied values with
/// the mean of their ranks.
package struct CramerVonMises: Sendable, Equatable {
  /// Anderson's T.
  package let statistic: Double
  private let n: Double
  private let m: Double

  /// Absent when a sample has fewer than two values.
  package init?(_ pair: SortedPair) {
    guard pair.referenceCount > 1, pair.currentCount > 1 else { return nil }
    let (n, m) = (Double(pair.referenceCount), Double(pair.currentCount))
    var (referenceSum, currentSum) = (0.0, 0.0)
    pair.forEachDistinct { ranks in
      let before = ranks.referenceBelow &+ ranks.currentBelow
      let rank = Double(before) + Double(ranks.tied &+ 1) / 2
      referenceSum += squares(rank, ranks.referenceBelow, ranks.referenceUpTo)
      currentSum += squares(rank, ranks.currentBelow, ranks.currentUpTo)
    }
    let total = n + m
    let u = n * referenceSum + m * currentSum
    statistic = u / (n * m * total) - (4 * n * m - 1) / (6 * total)
    self.n = n
    self.m = m
  }

  /// The p-value by the limiting distribution, the statistic standardised as Anderson does.
  package var asymptoticPValue: Double {
    let (total, product) = (n + m, n * m)
    let mean = (1 + 1 / total) / 6
    let variance =
      (total + 1) * (4 * product * total - 3 * (n * n + m * m) - 2 * product)
      / (180 * total * total * product)
    let standardised = 1.0 / 6 + (statistic - mean) / (45 * variance).squareRoot()
    return standardised < 0.003 ? 1 : cramerVonMisesLimitUpperTail(standardised)
  }
}

/// The squared distances of a rank from the places `below + 1 ... upTo`.
@inline(__always)
private func squares(_ rank: Double, _ below: Int, _ upTo: Int) -> Double {
  var sum = 0.0
  var place = below
  while place < upTo {
    place &+= 1
    let distance = rank - Double(place)
    sum += distance * distance
  }
  return sum
}

extension CramerVonMises {
  /// The count up to which `pValue` counts all orders for both samples, as SciPy does.
  package static let exactLimit = 20

  /// The p-value as SciPy chooses it: exact for small samples, else asymptotic.
  package var pValue: Double {
    max(n, m) <= Double(Self.exactLimit) ? exactPValue : asymptoticPValue
  }

  /// The share of all orders of n + m different values whose statistic is at least this one, by
  /// the frequencies of Xiao, Gordon and Yakovlev (2006, algorithm 1). For small samples: time
  /// grows with the fourth power of the counts.
  package var exactPValue: Double {
    let (first, second) = (Int(n), Int(m))
    let divisor = greatestCommonDivisor(first, second)
    let (firstStep, secondStep) = (second / divisor, first / divisor)
    let multiple = Double(first * firstStep)
    let total = n + m
    let level = Int(
      (multiple * multiple * total * total * statistic / (n * m) + 1e-7).rounded(.down))
    // How often each sum of squares occurs among the paths to a place.
    var column: [[Int: Double]] = Array(repeating: [:], count: first + 1)
    column[0] = [0: 1]
    for u in 0...second {
      var fromBelow: [Int: Double] = [:]
      for v in 0...first {
        let gap = firstStep * v - secondStep * u
        var here: [Int: Double] = [:]
        for (sum, count) in column[v] { here[sum + gap * gap, default: 0] += count }
        for (sum, count) in fromBelow { here[sum + gap * gap, default: 0] += count }
        column[v] = here
        fromBelow = here
      }
    }
    var (extreme, all) = (0.0, 0.0)
    for (sum, count) in column[first] {
      all += count
      if sum >= level { extreme += count }
    }
    return extreme / all
  }
}
