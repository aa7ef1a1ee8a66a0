import PlumbSystem
import Synchronization

/// Standard error: unbuffered, whole messages at a time, from any thread.
package final class ErrorStream: Sendable {
  private let state = Mutex(State())

  package init() {}

  private struct State {
    /// Whether a line of progress stands on the terminal, to be wiped before anything else.
    var hasProgress = false
    /// Brings the results so far out first, so that both streams on one terminal keep their order.
    var beforeWrite: (@Sendable () -> Void)?
  }

  /// Whether messages are coloured.
  package func usesColor(_ choice: ColorChoice) -> Bool { Terminal.usesColor(2, choice) }

  /// Calls this before every message.
  package func setBeforeWrite(_ action: (@Sendable () -> Void)?) {
    state.withLock { $0.beforeWrite = action }
  }

  /// Writes a message. Nothing can be done about failure, so that none is reported.
  package func write(_ text: String) {
    guard !text.isEmpty else { return }
    let action = state.withLock { $0.beforeWrite }
    action?()
    state.withLock { state in
      Self.put(state.hasProgress ? "\r\u{1B}[K" + text : text)
      state.hasProgress = false
    }
  }

  /// Draws a line of progress over the last one.
  package func drawProgress(_ text: String) {
    state.withLock { state in
      Self.put("\r" + text + "\u{1B}[K")
      state.hasProgress = true
    }
  }

  /// Wipes the line of progress, if there is one.
  package func wipeProgress() {
    state.withLock { state in
      if state.hasProgress { Self.put("\r\u{1B}[K") }
      state.hasProgress = false
    }
  }

  private static func put(_ text: String) { try? writeAll(text, to: 2) }
}
