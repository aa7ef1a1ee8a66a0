import Glibc

extension SharePair {
  /// The population stability index Σ (p - q) ln(p / q), in nats: what credit scoring calls PSI
  /// and Jeffreys (1946) the symmetric divergence. Infinite where one share is 0 and not floored.
  package var stabilityIndex: Double {
    sum { p, q in p == q ? 0 : (p - q) * log(p / q) }
  }

  /// The divergence Σ p ln(p / q) of Kullback and Leibler (1951), reference to current, in nats.
  package var kullbackLeibler: Double {
    sum { p, q in p == 0 ? 0 : p * log(p / q) }
  }

  /// The divergence of Jensen and Shannon (Lin 1991) in nats, 0 to ln 2.
  package var jensenShannonDivergence: Double {
    max(
      0,
      sum { p, q in
        let middle = (p + q) / 2
        let first = p == 0 ? 0 : p * log(p / middle)
        return (first + (q == 0 ? 0 : q * log(q / middle))) / 2
      })
  }

  /// The distance of Hellinger (1909), 0 to 1.
  package var hellinger: Double {
    (sum { p, q in
      let difference = p.squareRoot() - q.squareRoot()
      return difference * difference
    } / 2).squareRoot()
  }

  /// Half the sum of absolute differences, 0 to 1.
  package var totalVariation: Double { sum { p, q in abs(p - q) } / 2 }

  /// The greatest absolute difference, 0 to 1.
  package var greatestDifference: Double {
    zip(reference, current).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  /// The distance of Jensen and Shannon in base 2, 0 to 1 (Endres and Schindelin 2003).
  package var jensenShannonDistance: Double {
    min(1, (jensenShannonDivergence / log(2)).squareRoot())
  }

  @inline(__always)
  private func sum(_ term: (Double, Double) -> Double) -> Double {
    var total = 0.0
    for index in 0..<min(reference.count, current.count) {
      total += term(reference[index], current[index])
    }
    return total
  }
}

/// The share that stands for an empty bin in PSI and Kullback–Leibler divergence.
package let shareFloor = 1e-4

extension CountPair {
  /// PSI with shares of at least `shareFloor`; absent when a sample is empty.
  package var stabilityIndex: Double? { shares?.floored(at: shareFloor).stabilityIndex }

  /// The level below which the PSI of unchanged samples of these sizes stays with the
  /// probability `level`: the quantile of χ² with one degree less than there are bins, times
  /// (1/n + 1/m) (Yurdakul and Naranjo 2020, "Statistical Properties of the Population Stability
  /// Index"). Absent when a sample is empty.
  package func unchangedStabilityIndex(level: Double = 0.95) -> Double? {
    guard !isLacking else { return nil }
    let used = zip(reference, current).count { $0 + $1 > 0 }
    let sizes = 1 / Double(referenceTotal) + 1 / Double(currentTotal)
    return chiSquareUpperQuantile(1 - level, degrees: Double(used - 1)) * sizes
  }
}
