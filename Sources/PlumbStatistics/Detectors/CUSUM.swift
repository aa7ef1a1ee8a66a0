/// The cumulative sum chart of Page (1954, "Continuous Inspection Schemes") in tabular form: two
/// sums of what goes beyond the mean by more than a slack, each never below 0.
package struct CUSUM: StreamDetector {
  /// The parameters; slack and threshold in standard deviations, as River has them.
  package struct Settings: Sendable {
    /// The values from which mean and standard deviation are taken where they are not given.
    package var minInstances = 30
    package var slack = 0.5
    package var threshold = 5.0
    package var direction = ChangeDirection.both
    /// The mean without change, if it is known.
    package var mean: Double?
    /// The standard deviation without change, if it is known.
    package var deviation: Double?

    package init() {}
  }

  private let settings: Settings
  private var seen = Moments()
  private var reference: (mean: Double, deviation: Double)?
  private var (rising, falling) = (0.0, 0.0)
  private var hasFired = false

  package init(_ settings: Settings = Settings()) {
    self.settings = settings
    if let mean = settings.mean, let deviation = settings.deviation {
      reference = (mean, deviation)
    }
  }

  /// Takes the next value in; whether it completes a change.
  package mutating func add(_ value: Double) -> Bool {
    if hasFired { self = CUSUM(settings) }
    if reference == nil {
      seen.add(value)
      guard seen.count >= settings.minInstances else { return false }
      reference = (
        settings.mean ?? seen.mean, settings.deviation ?? seen.standardDeviation ?? 0
      )
    }
    guard let reference else { return false }
    let slack = settings.slack * reference.deviation
    let limit = settings.threshold * reference.deviation
    let distance = value - reference.mean
    rising = max(0, rising + distance - slack)
    falling = max(0, falling - distance - slack)
    hasFired =
      switch settings.direction {
      case .up: rising > limit
      case .down: falling > limit
      case .both: rising > limit || falling > limit
      }
    return hasFired
  }
}
