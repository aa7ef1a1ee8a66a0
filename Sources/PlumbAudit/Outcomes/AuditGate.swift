/// What makes an audit end with a code other than 0.
package struct AuditGate: Sendable {
  /// Checks below it are reported, and do not change the exit code.
  package var failOn = CheckSeverity.standard
  /// Whether checks that could not be decided leave the exit code alone.
  package var allowsUnknown = false

  package init() {}

  /// What the checks of a run mean for whoever started it.
  package enum Verdict: Int, Sendable {
    case passed = 0
    /// A check at or above the severity failed or broke.
    case failed = 1
    /// None failed, and one at or above the severity could not be decided.
    case undecided = 4
  }

  package func verdict(of results: [CheckResult]) -> Verdict {
    var isUndecided = false
    for result in results where result.severity >= failOn {
      switch result.outcome {
      case .fail, .error: return .failed
      case .unknown: isUndecided = true
      case .pass, .waived: continue
      }
    }
    return isUndecided && !allowsUnknown ? .undecided : .passed
  }
}
