import Glibc
import Synchronization

/// Calls a closure after a time, unless it is ended before.
final class Deadline: Sendable {
  private let state: Mutex<(@Sendable () -> Void)?>
  private let microseconds: UInt32

  init(microseconds: UInt32, _ action: @escaping @Sendable () -> Void) {
    state = Mutex(action)
    self.microseconds = microseconds
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let failed = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<Deadline>.fromOpaque(pointer).takeRetainedValue().wait()
        return nil
      }, context.toOpaque())
    if failed == 0 { pthread_detach(thread) } else { context.release() }
  }

  /// Takes the call back, if it has not been made.
  func end() { state.withLock { $0 = nil } }

  private func wait() {
    usleep(microseconds)
    state.withLock { $0 }?()
  }
}
