import Glibc
import PlumbSystem
import Synchronization

/// Takes the signals that concern a shell on a thread of its own, where anything may be called,
/// and hands them to whoever waits for keys through a pipe.
final class ShellSignals: Sendable {
  /// Becomes readable when a signal has arrived; each byte is its number.
  let descriptor: Int32
  private let writeDescriptor: Int32
  private let state = Mutex(State())

  private struct State {
    /// Whether an entry is being worked on; false at the prompt.
    var isBusy = false
    /// Whether another program has the terminal, whose Ctrl-C is not meant for the shell alone.
    var isLent = false
    /// Stops what is running; nil between two steps of an entry.
    var cancel: (@Sendable () -> Void)?
    /// When the first interruption of what is running came.
    var interrupted: ContinuousClock.Instant?
    /// The signal that ends the process.
    var ending: Int32?
    /// Puts the terminal right before the process ends.
    var restore: (@Sendable () -> Void)?
  }

  /// A cancellation that comes between two steps of an entry finds nothing to cancel, so that it is
  /// repeated until the entry has stopped.
  private static let repetitionNanoseconds = 20_000_000
  /// How long a run may take to stop before a further Ctrl-C ends the process.
  private static let patience = Duration.seconds(1)
  /// The repetitions that the shell is given to end by itself.
  private static let endSteps = 100

  private init(read: Int32, write: Int32) {
    descriptor = read
    writeDescriptor = write
  }

  /// Blocks the signals in the calling thread and in all that it will start, and watches them.
  ///
  /// Nil when the machine is out of descriptors or threads.
  static func start() -> ShellSignals? {
    guard let pipe = Pipe() else { return nil }
    pipe.setNonBlocking()
    let signals = ShellSignals(read: pipe.readEnd, write: pipe.writeEnd)
    var set = watchedSignals
    pthread_sigmask(SIG_BLOCK, &set, nil)
    return startThread { signals.watch() } ? signals : nil
  }

  /// Those that the parent process has not told us to ignore, as `nohup` does.
  private static var watchedSignals: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in [SIGINT, SIGTERM, SIGHUP] {
      var action = sigaction()
      sigaction(signal, nil, &action)
      if unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) != 1 {
        sigaddset(&set, signal)
      }
    }
    sigaddset(&set, SIGWINCH)
    sigaddset(&set, SIGCONT)
    return set
  }

  /// What puts the terminal right when the process ends at once.
  func setRestore(_ action: @escaping @Sendable () -> Void) {
    state.withLock { $0.restore = action }
  }

  /// Works on an entry: a Ctrl-C from now on is for it, not for the prompt that follows.
  func busy(_ body: () -> Void) {
    state.withLock { state in
      state.isBusy = true
      state.interrupted = nil
    }
    body()
    state.withLock { $0.isBusy = false }
    for signal in take() where signal != SIGINT { announce(signal) }
  }

  /// Runs something that Ctrl-C stops by `cancel`.
  func interruptible<Result>(cancel: @escaping @Sendable () -> Void, _ body: () -> Result) -> Result
  {
    state.withLock { state in
      state.cancel = cancel
      if !state.isBusy { state.interrupted = nil }
    }
    defer { state.withLock { $0.cancel = nil } }
    return body()
  }

  /// Lends the terminal to another program: any number of Ctrl-C only stops what feeds it.
  func lending(_ body: () -> Void) {
    state.withLock { $0.isLent = true }
    body()
    state.withLock { $0.isLent = false }
  }

  /// Whether a run is being interrupted that has not stopped yet.
  private var isInterrupting: Bool {
    state.withLock { state in
      (state.isBusy || state.cancel != nil) && (state.interrupted != nil || state.ending != nil)
    }
  }

  private func cancelAgain() {
    let cancel = state.withLock { $0.interrupted != nil || $0.ending != nil ? $0.cancel : nil }
    cancel?()
  }

  /// Receives the signals as long as the process runs.
  private func watch() {
    var set = Self.watchedSignals
    while true { if let signal = next(&set) { receive(signal) } else { cancelAgain() } }
  }

  /// Waits for one of the signals; nil when nothing came for a while during an interruption.
  private func next(_ set: inout sigset_t) -> Int32? {
    guard isInterrupting else {
      var signal: Int32 = 0
      return sigwait(&set, &signal) == 0 ? signal : nil
    }
    var limit = timespec(tv_sec: 0, tv_nsec: Self.repetitionNanoseconds)
    let signal = sigtimedwait(&set, nil, &limit)
    return signal > 0 ? signal : nil
  }

  /// The signal that asks the process to end.
  var ending: Int32? { state.withLock { $0.ending } }

  /// The signals that have arrived since the last call.
  func take() -> [Int32] {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    return count > 0 ? bytes[..<count].map { Int32($0) } : []
  }

  private func receive(_ signal: Int32) {
    let action = state.withLock { state -> (@Sendable () -> Void)? in
      switch signal {
      case SIGINT:
        guard state.isBusy || state.cancel != nil else { return nil }
        let now = ContinuousClock.now
        if !state.isLent, state.cancel != nil, let first = state.interrupted,
          now - first > Self.patience
        {
          state.ending = SIGINT
          return { self.endNow(SIGINT) }
        }
        if state.interrupted == nil { state.interrupted = now }
      case SIGTERM, SIGHUP: state.ending = signal
      default: return nil
      }
      return state.cancel
    }
    // An interruption of a run is no news to the prompt that follows it.
    if signal != SIGINT || action == nil { announce(signal) }
    action?()
    guard signal == SIGTERM || signal == SIGHUP else { return }
    for _ in 0..<Self.endSteps {
      usleep(UInt32(Self.repetitionNanoseconds / 1000))
      cancelAgain()
    }
    endNow(signal)
  }

  /// Lets whoever waits for keys know of a signal.
  private func announce(_ signal: Int32) {
    var byte = UInt8(truncatingIfNeeded: signal)
    _ = write(writeDescriptor, &byte, 1)
  }

  private func endNow(_ signal: Int32) -> Never {
    state.withLock { $0.restore }?()
    _exit(128 + signal)
  }
}
