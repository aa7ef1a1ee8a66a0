import PlumbColumns
import PlumbOutput
import Synchronization

/// Shows how far a long operation of a cell is: one output that changes.
final class CellProgress: Sendable {
  private let publisher: Publisher
  private let state = Mutex(State())

  private struct State {
    /// The cell; nil between cells, and in those that are silent.
    var parent: [UInt8]?
    var start = ContinuousClock.now
    var activity = ""
    var activityStart = ContinuousClock.now
    var lastShown: ContinuousClock.Instant?
    var display: String?
  }

  /// What is over before this is not worth an output.
  private static let delay = Duration.milliseconds(500)
  private static let interval = Duration.milliseconds(200)

  init(_ publisher: Publisher) { self.publisher = publisher }

  /// A cell begins.
  func begin(parent: [UInt8]) { state.withLock { $0 = State(parent: parent) } }

  /// The cell is over: what its progress was is of no interest any more.
  func end() {
    let last = state.withLock { state in
      defer { state = State() }
      return state
    }
    guard let parent = last.parent, let display = last.display else { return }
    show("", isFirst: false, display, parent)
  }

  func report(_ progress: RunControl.Progress) {
    let now = ContinuousClock.now
    let due = state.withLock {
      state -> (parent: [UInt8], display: String, isFirst: Bool, Double)? in
      if state.activity != progress.activity {
        state.activity = progress.activity
        state.activityStart = now
      }
      guard let parent = state.parent, now - state.start >= Self.delay else { return nil }
      if let last = state.lastShown, now - last < Self.interval { return nil }
      state.lastShown = now
      let isFirst = state.display == nil
      let display = state.display ?? randomIdentifier()
      state.display = display
      return (parent, display, isFirst, (now - state.activityStart) / .seconds(1))
    }
    guard let (parent, display, isFirst, seconds) = due else { return }
    show(ProgressLine.text(progress, seconds: seconds), isFirst: isFirst, display, parent)
  }

  private func show(_ text: String, isFirst: Bool, _ display: String, _ parent: [UInt8]) {
    publisher.publish(
      isFirst ? "display_data" : "update_display_data",
      [
        "data": ["text/plain": .string(shown(text))], "metadata": [:],
        "transient": ["display_id": .string(display)],
      ], parent: parent)
  }
}
