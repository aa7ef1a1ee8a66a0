import Glibc

/// The drift detection methods of Frías-Blanco et al. (2015, "Online and Non-Parametric Drift
/// Detection Methods Based on Hoeffding's Bounds"): the mean of all values so far against the mean
/// up to the best cut.
package struct HDDMA: StreamDetector {
  /// The parameters, by their names in River.
  package struct Settings: Sendable {
    /// The probability of a false alarm at a cut.
    package var driftConfidence = 0.001
    /// Whether a fall of the mean is a change too.
    package var isTwoSided = false

    package init() {}
  }

  private let settings: Settings
  private var all = RunningMean()
  private var least = RunningMean()
  private var greatest = RunningMean()
  private var hasFired = false

  package init(_ settings: Settings = Settings()) { self.settings = settings }

  /// Takes the next value in; whether it completes a change.
  package mutating func add(_ value: Double) -> Bool {
    if hasFired { self = HDDMA(settings) }
    all.add(value)
    if least.count == 0 { least = all }
    if greatest.count == 0 { greatest = all }
    let bound = hoeffding(all.count)
    if least.mean + hoeffding(least.count) >= all.mean + bound { least = all }
    if greatest.mean - hoeffding(greatest.count) <= all.mean - bound { greatest = all }
    hasFired = differs(from: least, by: all.mean - least.mean)
    if settings.isTwoSided, differs(from: greatest, by: greatest.mean - all.mean) {
      hasFired = true
    }
    return hasFired
  }

  private func hoeffding(_ count: Int) -> Double {
    (1 / (2 * Double(count)) * log(1 / settings.driftConfidence)).squareRoot()
  }

  private func differs(from cut: RunningMean, by distance: Double) -> Bool {
    guard cut.count != all.count else { return false }
    let inverse = Double(all.count - cut.count) / Double(cut.count) * (1 / Double(all.count))
    return distance >= (inverse / 2 * log(2 / settings.driftConfidence)).squareRoot()
  }
}

/// The same with exponentially weighted means and McDiarmid's bound: quicker at gradual change.
package struct HDDMW: StreamDetector {
  /// The parameters, by their names in River.
  package struct Settings: Sendable {
    /// The probability of a false alarm at a cut.
    package var driftConfidence = 0.001
    /// The weight of the newest value.
    package var lambda = 0.05
    /// Whether a fall of the mean is a change too.
    package var isTwoSided = false

    package init() {}
  }

  /// A weighted mean, and the sum of the squared weights.
  private struct Sample {
    var mean = 0.0
    var weight = 1.0
    var isEmpty = true

    mutating func add(_ value: Double, _ lambda: Double) {
      mean = isEmpty ? value : mean + lambda * (value - mean)
      isEmpty = false
      weight = lambda * lambda + (1 - lambda) * (1 - lambda) * weight
    }
  }

  private let settings: Settings
  private var all = Sample()
  private var (beforeRise, sinceRise) = (Sample(), Sample())
  private var (beforeFall, sinceFall) = (Sample(), Sample())
  private var (leastBound, greatestBound) = (Double.infinity, -Double.infinity)
  private var hasFired = false

  package init(_ settings: Settings = Settings()) { self.settings = settings }

  /// Takes the next value in; whether it completes a change.
  package mutating func add(_ value: Double) -> Bool {
    if hasFired { self = HDDMW(settings) }
    all.add(value, settings.lambda)
    let bound = mcDiarmid(all.weight)
    if all.mean + bound < leastBound {
      leastBound = all.mean + bound
      (beforeRise, sinceRise) = (all, Sample())
    } else {
      sinceRise.add(value, settings.lambda)
    }
    if all.mean - bound > greatestBound {
      greatestBound = all.mean - bound
      (beforeFall, sinceFall) = (all, Sample())
    } else {
      sinceFall.add(value, settings.lambda)
    }
    hasFired =
      rises(from: beforeRise, to: sinceRise)
      || settings.isTwoSided && rises(from: sinceFall, to: beforeFall)
    return hasFired
  }

  private func rises(from first: Sample, to second: Sample) -> Bool {
    guard !first.isEmpty, !second.isEmpty else { return false }
    return second.mean - first.mean > mcDiarmid(first.weight + second.weight)
  }

  private func mcDiarmid(_ weight: Double) -> Double {
    (weight * log(1 / settings.driftConfidence) / 2).squareRoot()
  }
}
