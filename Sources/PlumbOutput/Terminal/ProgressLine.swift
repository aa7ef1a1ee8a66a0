import Glibc
package import PlumbColumns
import PlumbDiagnostics
import PlumbSystem
import Synchronization

/// Shows a person how far a long operation is, on a line of the terminal that is drawn anew.
package final class ProgressLine: Sendable {
  private let errors: ErrorStream
  private let state = Mutex(State())

  private struct State {
    /// The last that was reported; nil between operations.
    var progress: RunControl.Progress?
    var start = ContinuousClock.now
    /// When the present activity began.
    var activityStart = ContinuousClock.now
    /// Whether a thread draws the line.
    var isTicking = false
  }

  /// What is over before this is not worth a line.
  private static let delay = Duration.milliseconds(300)
  private static let intervalMicroseconds: UInt32 = 100_000

  /// Draws nothing unless standard error is a terminal.
  package init?(_ errors: ErrorStream) {
    guard Terminal.isTerminal(2) else { return nil }
    self.errors = errors
  }

  /// Takes a step's progress; called from any thread, often.
  ///
  /// The line is drawn by a thread of its own, so that time goes on there while a step that cannot
  /// say how far it is takes long.
  package func report(_ progress: RunControl.Progress) {
    let startsTicking = state.withLock { state in
      if state.progress?.activity != progress.activity { state.activityStart = .now }
      if state.progress == nil { state.start = .now }
      state.progress = progress
      defer { state.isTicking = true }
      return !state.isTicking
    }
    // Without a thread there is no line, and nothing else is lost.
    if startsTicking { _ = startThread { self.tick() } }
  }

  /// Draws the line again and again until the operation is over.
  private func tick() {
    repeat { usleep(Self.intervalMicroseconds) } while state.withLock { draw(&$0) }
  }

  private func draw(_ state: inout State) -> Bool {
    guard let progress = state.progress else {
      state.isTicking = false
      return false
    }
    let now = ContinuousClock.now
    if now - state.start >= Self.delay {
      let seconds = (now - state.activityStart) / .seconds(1)
      errors.drawProgress(clipped(Self.text(progress, seconds: seconds)))
    }
    return true
  }

  /// Wipes the line: the operation is over, and the next begins.
  package func end() {
    state.withLock { state in
      state.progress = nil
      errors.wipeProgress()
    }
  }

  private func clipped(_ text: String) -> String {
    String(shown(text).prefix(max(10, (Terminal.size(2)?.columns ?? 80) - 1)))
  }

  /// How far an activity is after some seconds, how fast, and how long it will still take.
  package static func text(_ progress: RunControl.Progress, seconds: Double) -> String {
    guard progress.done > 0 || progress.total != nil else {
      return "\(progress.activity) …" + (seconds < 1 ? "" : " \(grouped(Int(seconds))) s")
    }
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
