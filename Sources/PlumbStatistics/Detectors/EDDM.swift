/// The early drift detection method of Baena-García et al. (2006): watches the distances between
/// errors, and finds a change when their mean and spread have shrunk from their greatest.
///
/// Sensitive to slow change, and quick to raise false alarms.
package struct EDDM: StreamDetector {
  /// The parameters, by their names in River.
  package struct Settings: Sendable {
    /// The errors before a change can be found.
    package var warmStart = 30
    /// The share of the greatest mean and spread below which a change is found.
    package var beta = 0.9

    package init() {}
  }

  private let settings: Settings
  private var (count, lastError, errorCount) = (0, 0, 0)
  private var distances = RunningMean()
  private var squares = 0.0
  private var greatest = -1.0
  private var hasFired = false

  package init(_ settings: Settings = Settings()) { self.settings = settings }

  /// Takes 1 for an error and anything else for none.
  package mutating func add(_ value: Double) -> Bool {
    if hasFired { self = EDDM(settings) }
    count += 1
    guard value == 1 else { return false }
    errorCount += 1
    let distance = Double(count - lastError)
    let before = distances.mean
    distances.add(distance)
    squares += (distance - before) * (distance - distances.mean)
    lastError = count
    guard count > settings.warmStart else { return false }
    let deviation =
      distances.count > 1 ? (squares / Double(distances.count - 1)).squareRoot() : 0
    let level = distances.mean + 2 * deviation
    if level > greatest {
      greatest = level
    } else if errorCount > settings.warmStart {
      hasFired = level / greatest < settings.beta
    }
    return hasFired
  }
}
