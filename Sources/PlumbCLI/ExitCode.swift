/// How the program ends: what scripts around it rely on.
package enum ExitCode: Int32, Sendable {
  case success = 0
  /// A check failed; for `fmt --check`, a file is not laid out in the standard way.
  case checkFailed = 1
  /// The command line is wrong, or the program did not pass its checks before running.
  case usage = 2
  /// An error while running.
  case failed = 3
  /// A check was unknown.
  case checkUnknown = 4
  case interrupted = 130
  /// The reader of a pipe left.
  case readerLeft = 141
}
