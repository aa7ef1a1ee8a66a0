import Foundation
import PlumbAudit

/// A history made of reports that are said to be from other days.
struct PastRuns {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("plumb-history-\(UUID().uuidString)").path

  static let day = 86_400_000_000

  /// Puts the reports of so many days before the tests' time into a history, oldest first, gives it to
  /// `body`, and removes it.
  static func with<Result>(
    _ runs: [(daysAgo: Int, report: AuditReport)], _ body: (AuditHistory) throws -> Result
  ) throws -> Result {
    let past = PastRuns()
    defer { try? FileManager.default.removeItem(atPath: past.folder) }
    for run in runs.sorted(by: { $0.daysAgo > $1.daysAgo }) {
      var report = run.report
      report.asOfMicroseconds = Portfolio.now - run.daysAgo * day
      try AuditHistory(folder: past.folder).append(report)
    }
    return try body(AuditHistory(folder: past.folder))
  }
}
