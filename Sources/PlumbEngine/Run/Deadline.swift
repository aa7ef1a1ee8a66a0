import Glibc
import PlumbColumns
import PlumbSystem
import Synchronization

/// Calls a closure after a time, unless it is ended before.
final class Deadline: Sendable {
  private let state: Mutex<(@Sendable () -> Void)?>
  private let microseconds: UInt32

  init(microseconds: UInt32, _ action: @escaping @Sendable () -> Void) {
    state = Mutex(action)
    self.microseconds = microseconds
    // Without a thread the call is never made.
    _ = startThread { self.wait() }
  }

  /// Takes the call back, if it has not been made.
  func end() { state.withLock { $0 = nil } }

  private func wait() {
    usleep(microseconds)
    state.withLock { $0 }?()
  }
}
