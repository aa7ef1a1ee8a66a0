import Glibc
import Synchronization

/// Stops the cell that runs when it is asked to; between cells it does nothing.
final class Interrupter: Sendable {
  private let state = Mutex(State())
  private let bell: Doorbell
  private let cancel: @Sendable () -> Void

  private struct State {
    /// The cell that runs, by its number among all; nil between cells.
    var running: Int?
    var count = 0
    /// The cell that is to stop.
    var asked: Int?
  }

  /// A cancellation that comes between two steps of a cell finds nothing to cancel, so that it is
  /// repeated until the cell has stopped.
  private static let repetitionMicroseconds: UInt32 = 20_000

  init(cancel: @escaping @Sendable () -> Void) throws(KernelError) {
    self.cancel = cancel
    bell = try Doorbell()
  }

  func start() throws(KernelError) {
    try startKernelThread {
      while true {
        self.bell.wait()
        while self.state.withLock({ $0.asked != nil && $0.asked == $0.running }) {
          self.cancel()
          usleep(Self.repetitionMicroseconds)
        }
      }
    }
  }

  /// Asks the cell that runs to stop. From any thread.
  func interrupt() {
    state.withLock { $0.asked = $0.running }
    cancelNow()
    bell.ring()
  }

  private func cancelNow() {
    if state.withLock({ $0.running != nil }) { cancel() }
  }

  /// Does something that may be interrupted, and tells whether it was asked to stop.
  func interruptible<Result>(_ body: () -> Result) -> (result: Result, wasAsked: Bool) {
    state.withLock { state in
      state.count += 1
      state.running = state.count
      state.asked = nil
    }
    let result = body()
    let wasAsked = state.withLock { state in
      defer {
        state.running = nil
        state.asked = nil
      }
      return state.asked != nil
    }
    return (result, wasAsked)
  }
}
