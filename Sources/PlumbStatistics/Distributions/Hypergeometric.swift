import Glibc

/// How many marked ones are among some that are drawn without putting back.
struct HypergeometricLaw {
  let marked: Int
  let unmarked: Int
  let drawn: Int

  /// The counts that can come about.
  var range: ClosedRange<Int> { max(0, drawn - unmarked)...min(drawn, marked) }

  /// The logarithm of the probability of a count of `range`.
  func logProbability(_ count: Int) -> Double {
    logBinomial(marked, count) + logBinomial(unmarked, drawn - count)
      - logBinomial(marked + unmarked, drawn)
  }

  /// A count by chance: the probabilities are gone through from the likeliest count to both sides,
  /// which takes some standard deviations' steps.
  func draw(_ random: inout SplitMix) -> Int {
    let (low, high) = (range.lowerBound, range.upperBound)
    let (total, all) = (marked + unmarked, Double(marked + 1) * Double(drawn + 1))
    let mode = min(high, max(low, Int(all / Double(total + 2))))
    let peak = exp(logProbability(mode))
    var rest = Double(random.next() >> 11) * 0x1p-53 - peak
    if rest < 0 { return mode }
    var (above, below) = (mode, mode)
    var (aboveShare, belowShare) = (peak, peak)
    while above < high || below > low {
      if above < high {
        aboveShare *=
          Double(marked - above) * Double(drawn - above)
          / (Double(above + 1) * Double(unmarked - drawn + above + 1))
        above += 1
        rest -= aboveShare
        if rest < 0 { return above }
      }
      if below > low {
        belowShare *=
          Double(below) * Double(unmarked - drawn + below)
          / (Double(marked - below + 1) * Double(drawn - below + 1))
        below -= 1
        rest -= belowShare
        if rest < 0 { return below }
      }
      // What rounding has left of the whole.
      if aboveShare + belowShare < 1e-300 { break }
    }
    return mode
  }
}

/// The logarithm of the number of ways to choose.
private func logBinomial(_ n: Int, _ k: Int) -> Double {
  lgamma(Double(n) + 1) - lgamma(Double(k) + 1) - lgamma(Double(n - k) + 1)
}
