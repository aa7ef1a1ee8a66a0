import PlumbColumns
import Synchronization

/// Shows a person how far a long operation is, on a line of the terminal that is drawn anew.
final class ProgressLine: Sendable {
  private let errors: ErrorStream
  private let state = Mutex(State())

  private struct State {
    var start = ContinuousClock.now
    var lastDrawn: ContinuousClock.Instant?
  }

  /// What is over before this is not worth a line.
  private static let delay = Duration.milliseconds(300)
  private static let interval = Duration.milliseconds(100)

  /// Draws nothing unless standard error is a terminal.
  init?(_ errors: ErrorStream) {
    guard Terminal.isTerminal(2) else { return nil }
    self.errors = errors
  }

  /// Takes a step's progress; called from any thread, often.
  func report(_ progress: RunControl.Progress) {
    let now = ContinuousClock.now
    let isDue = state.withLock { state in
      guard now - state.start >= Self.delay else { return false }
      if let last = state.lastDrawn, now - last < Self.interval { return false }
      state.lastDrawn = now
      return true
    }
    if isDue { errors.drawProgress(clipped(Self.text(progress))) }
  }

  /// Wipes the line: the operation is over, and the next begins.
  func end() {
    errors.wipeProgress()
    state.withLock { $0 = State() }
  }

  private func clipped(_ text: String) -> String {
    String(shown(text).prefix(max(10, (Terminal.size(2)?.columns ?? 80) - 1)))
  }

  static func text(_ progress: RunControl.Progress) -> String {
    var text = "\(progress.activity): \(grouped(progress.done))"
    if let total = progress.total, total > 0 {
      let percent = min(
        100, progress.done.multipliedReportingOverflow(by: 100).partialValue / total)
      text += " of \(grouped(total)) \(progress.unit) (\(percent) %)"
    } else {
      text += " \(progress.unit)"
    }
    return text
  }

  /// Digits in groups of three.
  private static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, digit != "-", (digits.count - index) % 3 == 0, digits[index - 1] != "-" {
        text.append(",")
      }
      text.append(digit)
    }
    return text
  }
}
