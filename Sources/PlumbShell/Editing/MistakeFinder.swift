import Glibc
import PlumbSystem
import Synchronization

/// Looks an entry through for mistakes on a thread of its own, so that no key waits for it.
final class MistakeFinder: Sendable {
  /// Finds the places of a text, in offsets of UTF-8, that are wrong by what is known of the session.
  private let find: @Sendable (String) -> [Range<Int>]
  /// Makes `find` end soon.
  private let cancel: @Sendable () -> Void
  private let pipe: Pipe
  private let state = Mutex(State())

  private struct State {
    var thread: pthread_t?
    var found: Found?
  }

  /// A text and its mistakes.
  struct Found: Sendable, Hashable {
    var text = ""
    var places: [Range<Int>] = []
  }

  /// Nil when the process is out of descriptors.
  init?(find: @escaping @Sendable (String) -> [Range<Int>], cancel: @escaping @Sendable () -> Void)
  {
    guard let pipe = Pipe() else { return nil }
    pipe.setNonBlocking()
    self.pipe = pipe
    self.find = find
    self.cancel = cancel
  }

  /// Becomes readable when a text has been looked through.
  var descriptor: Int32 { pipe.readEnd }

  /// Whether a text is being looked through.
  var isBusy: Bool { state.withLock { $0.thread != nil && $0.found == nil } }

  /// Begins to look a text through, unless another one still is.
  func look(at text: String) {
    guard !isBusy else { return }
    _ = take()
    guard let thread = newThread({ self.run(text) }) else { return }
    state.withLock { $0.thread = thread }
  }

  private func run(_ text: String) {
    let found = Found(text: text, places: find(text))
    state.withLock { $0.found = found }
    var byte: UInt8 = 0
    _ = write(pipe.writeEnd, &byte, 1)
  }

  /// What has been found; nil while that is not known.
  func take() -> Found? {
    let (thread, found) = state.withLock { state -> (pthread_t?, Found?) in
      guard let found = state.found else { return (nil, nil) }
      defer { state = State() }
      return (state.thread, found)
    }
    guard let found else { return nil }
    if let thread { pthread_join(thread, nil) }
    var byte: UInt8 = 0
    while read(pipe.readEnd, &byte, 1) > 0 {}
    return found
  }

  /// Gives up what is being looked through, and waits until nothing is.
  func stop() {
    guard let thread = state.withLock({ $0.thread }) else { return }
    cancel()
    pthread_join(thread, nil)
    state.withLock { $0 = State() }
    var byte: UInt8 = 0
    while read(pipe.readEnd, &byte, 1) > 0 {}
  }
}
