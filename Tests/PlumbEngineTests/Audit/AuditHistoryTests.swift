import Foundation
import PlumbAudit
import Testing

/// What std:audit knows of earlier runs.
@Suite struct AuditHistoryTests {
  private static let day = 86_400_000_000

  /// Runs the audit on each portfolio, a day apart, the last one at the time of the tests, and gives
  /// the last report.
  private func audit(_ portfolios: [Portfolio], daysApart: Int = 1) throws -> AuditReport {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumb-history-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var last: AuditReport?
    for (index, portfolio) in portfolios.enumerated() {
      let history = try AuditHistory(folder: folder)
      let back = (portfolios.count - 1 - index) * daysApart
      let report = try portfolio.audit(now: Portfolio.now - back * Self.day, history: history)
      try history.append(report)
      last = report
    }
    return try #require(last)
  }

  private func ending(_ models: [String], retired: [String] = []) throws -> Portfolio {
    var portfolio = try Portfolio.healthy()
    for model in models {
      portfolio.set(
        "deployments", where: [("deployment_id", "dep-\(model)-2")],
        [("ended_at", "2026-06-30T06:00:00Z")])
      portfolio.tables["traffic"]?.rows.removeAll { $0.first == model }
    }
    for model in retired {
      portfolio.set(
        "models", where: [("name", model)],
        [
          ("status", "retired"), ("retired_at", "2026-06-30T06:00:00Z"),
          ("retire_record_uri", "x"), ("data_disposition", "kept"),
        ])
    }
    return portfolio
  }

  // MARK: A portfolio that shrinks

  @Test func modelsThatGoWithoutBeingRetiredAreFound() throws {
    let healthy = try Portfolio.healthy()
    // Two of eight are more than a fifth, one is not.
    let two = try audit([healthy, ending(["search", "tagging"])])
    #expect(two["AUD-02"]?.findings.map(\.subject) == ["INV-03"])
    let one = try audit([healthy, ending(["search"])])
    #expect(one["AUD-02"]?.outcome == .pass)
  }

  @Test func retirementsExplainASmallerPortfolio() throws {
    let report = try audit([
      Portfolio.healthy(), ending(["search", "tagging"], retired: ["search"]),
    ])
    #expect(report["AUD-02"]?.outcome == .pass)
    #expect(report["AUD-03"]?.outcome == .pass)
  }

  @Test func aFifthOfThePortfolioMayGo() throws {
    let three = ["search", "tagging", "returns"]
    let four = try audit([ending(three), ending(three + ["demand"])])
    #expect(four["AUD-02"]?.outcome == .pass)
  }

  // MARK: Runs that are due

  @Test(arguments: [(36 * 3600, CheckOutcome.pass), (36 * 3600 + 1, .fail)])
  func theRunBeforeIsOneAndAHalfIntervalsAgo(seconds: Int, expected: CheckOutcome) throws {
    let report = try Portfolio.healthy().audit(only: "AUD-03")
    let found = try PastRuns.with([(0, report)]) { history in
      try Portfolio.healthy().audit(
        only: "AUD-03", now: Portfolio.now + seconds * 1_000_000, history: history)
    }
    #expect(found["AUD-03"]?.outcome == expected)
  }

  /// Ten runs must have been due, and nineteen of twenty must have been there and complete.
  @Test func auditsThatRunWhenTheyShould() throws {
    let well = try Portfolio.healthy().audit()
    var lacking = try Portfolio.healthy()
    lacking.tables["people"] = nil
    let undecided = try lacking.audit()
    func outcome(_ runs: [(Int, AuditReport)]) throws -> CheckOutcome? {
      try PastRuns.with(runs) { history in
        try Portfolio.healthy().audit(only: "MAT-5.5", history: history)["MAT-5.5"]?.outcome
      }
    }
    func nights(_ days: ClosedRange<Int>) -> [(Int, AuditReport)] { days.map { ($0, well) } }
    #expect(try outcome(nights(1...9)) == .unknown)
    #expect(try outcome(nights(1...10)) == .pass)
    #expect(try outcome(nights(1...18) + nights(20...20)) == .pass)
    #expect(try outcome(nights(1...17) + nights(20...20)) == .fail)
    #expect(try outcome(nights(1...18) + [(19, undecided)] + nights(20...20)) == .pass)
    #expect(
      try outcome(nights(1...17) + [(18, undecided), (19, undecided)] + nights(20...20)) == .fail)
    // Twice a night does not make up for a night without.
    #expect(try outcome(nights(1...17) + nights(1...5) + nights(20...20)) == .fail)
  }

  // MARK: Waivers that nothing needs

  @Test func aWaiverIsNeededWithinNinetyDays() throws {
    var idle = try Portfolio.healthy()
    idle.add(
      "waivers",
      [
        ("id", "W-1"), ("check", "MON-03"), ("subject", "m-churn-*"), ("reason", "late vendor"),
        ("requested_by", "ana"), ("approved_by", "raj"), ("approved_at", "2026-06-01"),
        ("expires", "2026-06-30"),
      ])
    var needed = idle
    needed.plant("MON-03", in: "churn")
    let (idleReport, neededReport) = try (idle.audit(), needed.audit())
    #expect(neededReport["AUD-04"]?.outcome == .pass)
    // Nothing is known of the time before.
    #expect(idleReport["AUD-04"]?.outcome == .unknown)
    func outcome(_ runs: [(Int, AuditReport)]) throws -> CheckOutcome? {
      try PastRuns.with(runs) { try idle.audit(history: $0)["AUD-04"]?.outcome }
    }
    #expect(try outcome([(89, idleReport)]) == .unknown)
    #expect(try outcome([(90, idleReport)]) == .fail)
    #expect(try outcome([(120, idleReport), (89, neededReport)]) == .pass)
    #expect(try outcome([(120, idleReport), (90, neededReport)]) == .fail)
    // The day after its last, whatever it was needed for.
    let late = try PastRuns.with([(1, neededReport)]) { history in
      try needed.audit(now: Portfolio.now + Self.day, history: history)
    }
    #expect(late["AUD-04"]?.outcome == .fail && late["MON-03"]?.outcome == .fail)
  }

  // MARK: Closing findings

  /// A portfolio with more than ten findings that weigh medium or more.
  private func faulty() throws -> Portfolio {
    var portfolio = try Portfolio.healthy()
    for model in Portfolio.live.keys.sorted() {
      portfolio.plant("LIN-02", in: model)
      portfolio.plant("MON-01", in: model)
    }
    return portfolio
  }

  @Test func findingsThatAreClosedInTimeMeetTheIndicator() throws {
    let report = try audit([faulty(), Portfolio.healthy()])
    #expect(report["MAT-4.9"]?.outcome == .pass)
  }

  @Test func findingsThatStayOpenTooLongDoNot() throws {
    // Critical ones have seven days.
    let report = try audit([faulty(), Portfolio.healthy()], daysApart: 8)
    #expect(report["MAT-4.9"]?.outcome == .fail)
  }

  @Test func fewFindingsSayNothing() throws {
    let report = try audit([Portfolio.healthy(), Portfolio.healthy()])
    #expect(report["MAT-4.9"]?.outcome == .unknown)
    #expect(try Portfolio.healthy().audit(only: "MAT-4.9")["MAT-4.9"]?.outcome == .unknown)
  }

  @Test func aFindingThatComesBackIsOpenedAgain() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumb-history-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let healthy = try Portfolio.healthy()
    var faulty = healthy
    faulty.plant("RET-03", in: "search")
    var undecided = healthy
    undecided.tables["traffic"]?.rows = []
    for (day, portfolio) in [faulty, undecided, faulty, healthy, faulty].enumerated() {
      let now = Portfolio.now + day * Self.day
      try AuditHistory(folder: folder).append(portfolio.audit(only: "RET-03", now: now))
    }
    // A run that could not decide closes nothing.
    let episodes = try AuditHistory(folder: folder).episodes
    #expect(episodes.map(\.subject) == ["search", "search"])
    #expect(episodes.map { String($0.opened.prefix(10)) } == ["2026-06-30", "2026-07-04"])
    #expect(episodes.map { $0.closed.map { String($0.prefix(10)) } } == ["2026-07-03", nil])
  }
}
