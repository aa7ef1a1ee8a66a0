import PlumbAudit

/// How the program ends: what scripts around it rely on.
package enum ExitCode: Int32, Sendable, CaseIterable {
  case success = 0
  /// A check failed; for `fmt --check`, a file is not laid out in the standard way.
  case checkFailed = 1
  /// The command line is wrong, or the program did not pass its checks before running.
  case usage = 2
  /// An error while running.
  case failed = 3
  /// A check was unknown.
  case checkUnknown = 4
  /// The terminal is gone (SIGHUP).
  case hungUp = 129
  case interrupted = 130
  /// The reader of a pipe left.
  case readerLeft = 141
  /// Asked to end (SIGTERM).
  case terminated = 143

  /// What the checks of a run come to.
  init(_ verdict: AuditGate.Verdict) {
    self =
      switch verdict {
      case .passed: .success
      case .failed: .checkFailed
      case .undecided: .checkUnknown
      }
  }

  /// What the code tells, for the manual and the reference.
  var meaning: String {
    switch self {
    case .success: "All is well."
    case .checkFailed:
      "A check failed; with `fmt --check`, a file is not laid out in the standard way."
    case .usage:
      "The command line is wrong, or the program did not pass its checks before running."
    case .failed: "An error while running."
    case .checkUnknown: "A check was unknown."
    case .hungUp: "The terminal was closed."
    case .interrupted: "Interrupted."
    case .readerLeft: "The reader of a pipe left."
    case .terminated: "Asked to end by a signal."
    }
  }
}
