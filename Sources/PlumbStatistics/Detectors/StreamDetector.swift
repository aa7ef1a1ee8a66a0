/// A detector of change in a stream: fed a value at a time, it says at which a change is found.
///
/// After a change it begins anew with the value that follows, as the detectors of River 0.26 do,
/// so that both fire at the same places.
package protocol StreamDetector {
  /// Takes the next value, which is not NaN; whether a change is found with it.
  mutating func add(_ value: Double) -> Bool
}

/// Which changes of a mean a detector looks for.
package enum ChangeDirection: String, Sendable, CaseIterable {
  case up, down, both
}

/// A mean that is carried along.
struct RunningMean {
  private(set) var count = 0
  private(set) var mean = 0.0

  mutating func add(_ value: Double) {
    count += 1
    mean += (value - mean) / Double(count)
  }
}
