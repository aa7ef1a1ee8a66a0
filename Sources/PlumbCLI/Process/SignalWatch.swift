import Glibc
import PlumbColumns
import PlumbOutput
import PlumbSystem
import Synchronization

/// Takes the signals that end a program on a thread of its own, where anything may be called.
///
/// The first one asks the run to stop. Where none can be asked, at the second one, and when the run
/// has not stopped soon, the process ends at once. Temporary files are removed either way.
final class SignalWatch: Sendable {
  /// The watch of this process. It begins when it is first named, before anything that may wait.
  static let shared = start()

  /// How long a run may take to stop. What cancellation does not reach ends with the process, such
  /// as a read from a file system that does not answer.
  private static let graceNanoseconds = 80_000_000

  private let state = Mutex(State())

  private struct State {
    var cancel: (@Sendable () -> Void)?
    /// Whether the process is busy with something that no cancellation reaches, such as a write.
    var isUnstoppable = false
    var received: Int32?
  }

  /// Blocks the signals in the calling thread and in all that it will start, and watches them.
  private static func start() -> SignalWatch {
    let watch = SignalWatch()
    let signals = watchedSignals()
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    guard !signals.isEmpty else { return watch }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    let watched = set
    if !startThread({ watch.waitForSignals(watched) }) { pthread_sigmask(SIG_UNBLOCK, &set, nil) }
    return watch
  }

  private func waitForSignals(_ watched: sigset_t) {
    var signals = watched
    while true {
      var signal: Int32 = 0
      guard sigwait(&signals, &signal) == 0 else { continue }
      receive(signal)
      endSoon(signal, unless: &signals)
    }
  }

  /// Those that the parent process has not told us to ignore, as `nohup` does.
  private static func watchedSignals() -> [Int32] {
    [SIGINT, SIGTERM, SIGHUP].filter { signal in
      var action = sigaction()
      sigaction(signal, nil, &action)
      return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) != 1
    }
  }

  /// What to call at the first signal.
  func setCancel(_ action: (@Sendable () -> Void)?) { state.withLock { $0.cancel = action } }

  /// Does something that only the end of the process can stop.
  func unstoppably<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let wasReceived = state.withLock { state in
      state.isUnstoppable = true
      return state.received
    }
    if let signal = wasReceived { Self.end(signal) }
    defer { state.withLock { $0.isUnstoppable = false } }
    return try body()
  }

  /// The exit code that the signal received asks for.
  var exitCode: Int32? { state.withLock { $0.received.map { 128 + $0 } } }

  private func receive(_ signal: Int32) {
    let cancel = state.withLock { state -> (@Sendable () -> Void)? in
      let isFirst = state.received == nil
      state.received = signal
      return isFirst && !state.isUnstoppable ? state.cancel : nil
    }
    guard let cancel else { Self.end(signal) }
    cancel()
  }

  /// Waits for a second signal, then ends the process.
  private func endSoon(_ signal: Int32, unless signals: inout sigset_t) -> Never {
    var grace = timespec(tv_sec: 0, tv_nsec: Self.graceNanoseconds)
    let second = sigtimedwait(&signals, nil, &grace)
    Self.end(second > 0 ? second : signal)
  }

  private static func end(_ signal: Int32) -> Never {
    TemporaryFiles.removeAll()
    _exit(128 + signal)
  }
}
