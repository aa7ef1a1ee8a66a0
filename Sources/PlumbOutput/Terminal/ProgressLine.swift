package import PlumbColumns
import Synchronization

/// Shows a person how far a long operation is, on a line of the terminal that is drawn anew.
package final class ProgressLine: Sendable {
  private let errors: ErrorStream
  private let state = Mutex(State())

  private struct State {
    var start = ContinuousClock.now
    var lastDrawn: ContinuousClock.Instant?
    /// What is going on, and when it began.
    var activity = ""
    var activityStart = ContinuousClock.now
  }

  /// What is over before this is not worth a line.
  private static let delay = Duration.milliseconds(300)
  private static let interval = Duration.milliseconds(100)

  /// Draws nothing unless standard error is a terminal.
  package init?(_ errors: ErrorStream) {
    guard Terminal.isTerminal(2) else { return nil }
    self.errors = errors
  }

  /// Takes a step's progress; called from any thread, often.
  package func report(_ progress: RunControl.Progress) {
    let now = ContinuousClock.now
    let seconds = state.withLock { state -> Double? in
      if state.activity != progress.activity {
        state.activity = progress.activity
        state.activityStart = now
      }
      guard now - state.start >= Self.delay else { return nil }
      if let last = state.lastDrawn, now - last < Self.interval { return nil }
      state.lastDrawn = now
      return (now - state.activityStart) / .seconds(1)
    }
    guard let seconds else { return }
    errors.drawProgress(clipped(Self.text(progress, seconds: seconds)))
  }

  /// Wipes the line: the operation is over, and the next begins.
  package func end() {
    errors.wipeProgress()
    state.withLock { $0 = State() }
  }

  private func clipped(_ text: String) -> String {
    String(shown(text).prefix(max(10, (Terminal.size(2)?.columns ?? 80) - 1)))
  }

  /// How far an activity is after some seconds, how fast, and how long it will still take.
  package static func text(_ progress: RunControl.Progress, seconds: Double) -> String {
    var text = "\(progress.activity): \(grouped(progress.done))"
    let rate = seconds >= 0.2 ? Double(progress.done) / seconds : 0
    guard let total = progress.total, total > 0 else {
      return text + " \(progress.unit)" + rateText(rate, progress.unit)
    }
    let percent = min(100, progress.done.multipliedReportingOverflow(by: 100).partialValue / total)
    text += " of \(grouped(total)) \(progress.unit) (\(percent) %)" + rateText(rate, progress.unit)
    let left = Double(total - progress.done) / rate
    if rate > 0, left >= 1, left < 1e6 { text += ", \(grouped(Int(left.rounded()))) s left" }
    return text
  }

  private static func rateText(_ rate: Double, _ unit: String) -> String {
    guard rate >= 1, rate < 1e15 else { return "" }
    return ", \(grouped(Int(rate))) \(unit)/s"
  }
}
