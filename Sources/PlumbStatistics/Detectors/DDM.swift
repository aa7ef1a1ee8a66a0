/// The drift detection method of Gama et al. (2004, "Learning with Drift Detection"): a change is
/// found when the rate of errors leaves its least value by three standard deviations.
package struct DDM: StreamDetector {
  /// The parameters, by their names in River.
  package struct Settings: Sendable {
    /// The values before a change can be found.
    package var warmStart = 30
    /// The standard deviations that make a change.
    package var driftThreshold = 3.0

    package init() {}
  }

  private let settings: Settings
  private var rate = RunningMean()
  private var (leastRate, leastDeviation) = (Double.infinity, Double.infinity)
  private var hasFired = false

  package init(_ settings: Settings = Settings()) { self.settings = settings }

  /// Takes 1 for an error and 0 for none.
  package mutating func add(_ value: Double) -> Bool {
    if hasFired { self = DDM(settings) }
    rate.add(value)
    guard rate.count > settings.warmStart else { return false }
    let p = rate.mean
    let deviation = max(0, p * (1 - p) / Double(rate.count)).squareRoot()
    if p + deviation <= leastRate + leastDeviation { (leastRate, leastDeviation) = (p, deviation) }
    hasFired = p + deviation > leastRate + settings.driftThreshold * leastDeviation
    return hasFired
  }
}
