/// The test of Page (1954) in the form of Hinkley (1971): the values' distances from their mean so
/// far are summed up, and a change is found when the sum has moved far from its extreme.
package struct PageHinkley: StreamDetector {
  /// The parameters, by their names in River.
  package struct Settings: Sendable {
    /// The values before a change can be found.
    package var minInstances = 30
    /// The distance from the mean that counts as none.
    package var delta = 0.005
    /// How far the sum may move.
    package var threshold = 50.0
    /// The factor by which the sum forgets at each value.
    package var alpha = 0.9999
    package var direction = ChangeDirection.both

    package init() {}
  }

  private let settings: Settings
  private var mean = RunningMean()
  private var (rising, falling) = (0.0, 0.0)
  private var (least, greatest) = (Double.infinity, -1.0)
  private var hasFired = false

  package init(_ settings: Settings = Settings()) { self.settings = settings }

  /// Takes the next value in; whether it completes a change.
  package mutating func add(_ value: Double) -> Bool {
    if hasFired { self = PageHinkley(settings) }
    mean.add(value)
    let distance = value - mean.mean
    rising = settings.alpha * rising + distance - settings.delta
    falling = settings.alpha * falling + distance + settings.delta
    least = min(least, rising)
    greatest = max(greatest, falling)
    guard mean.count >= settings.minInstances else { return false }
    let hasRisen = rising - least > settings.threshold
    let hasFallen = greatest - falling > settings.threshold
    hasFired =
      switch settings.direction {
      case .up: hasRisen
      case .down: hasFallen
      case .both: hasRisen || hasFallen
      }
    return hasFired
  }
}
