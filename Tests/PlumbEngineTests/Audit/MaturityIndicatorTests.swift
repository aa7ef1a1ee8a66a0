import PlumbAudit
import Testing

/// Indicators of maturity that are about events, not about single models.
@Suite struct MaturityIndicatorTests {
  private func outcome(
    _ id: String, _ change: (inout Portfolio) throws -> Void
  ) throws -> CheckOutcome? {
    var portfolio = try Portfolio.healthy()
    try change(&portfolio)
    return try portfolio.audit(only: id)[id]?.outcome
  }

  // MARK: The gate

  @Test func aGateThatNeverSaidNoIsNotMet() throws {
    #expect(try outcome("MAT-5.2") { _ in } == .fail)
    #expect(
      try outcome("MAT-5.2") {
        $0.add(
          "deployments",
          [
            ("deployment_id", "stopped"), ("model_id", "churn"), ("environment", "production"),
            ("status", "blocked"), ("started_at", "2026-05-01T00:00:00Z"),
          ])
      } == .pass)
    #expect(
      try outcome("MAT-5.2") {
        $0.add(
          "assessments",
          [
            ("assessment_id", "gate"), ("kind", "gate_test"), ("outcome", "pass"),
            ("performed_at", "2026-04-01T00:00:00Z"),
          ])
      } == .pass)
  }

  // MARK: Monitors that act

  /// Alerts of drift that led to a training; drift started the pipeline of so many of them.
  private func alerts(_ portfolio: inout Portfolio, _ count: Int, byMonitor: Int) {
    for number in 0..<count {
      portfolio.add(
        "alerts",
        [
          ("alert_id", "drift-\(number)"), ("monitor_id", "m-churn-data_drift"),
          ("model_id", "model-\(number)"), ("raised_at", "2026-06-01T00:00:00Z"),
          ("acked_at", "2026-06-02T00:00:00Z"), ("action", "retrain"),
        ])
      portfolio.add(
        "versions",
        [("model", "model-\(number)"), ("version", "1"), ("run_id", "run-\(number)")])
      portfolio.add("runs", [("run_id", "run-\(number)"), ("pipeline_run_id", "p-\(number)")])
      portfolio.add(
        "pipeline_runs",
        [
          ("pipeline_run_id", "p-\(number)"), ("trigger", number < byMonitor ? "drift" : "manual"),
          ("start_at", "2026-06-01T01:00:00Z"),
        ])
    }
  }

  @Test(arguments: [(9, 9, CheckOutcome.unknown), (10, 8, .pass), (10, 7, .fail)])
  func monitorsStartRetraining(count: Int, byMonitor: Int, expected: CheckOutcome) throws {
    #expect(try outcome("MAT-5.3") { alerts(&$0, count, byMonitor: byMonitor) } == expected)
  }

  @Test func aRollbackByMachineCounts() throws {
    let found = try outcome("MAT-5.3") { portfolio in
      alerts(&portfolio, 10, byMonitor: 7)
      var deployments = try #require(portfolio.tables["deployments"])
      deployments.columns.append("rollback_of")
      deployments.rows = deployments.rows.map { $0 + [""] }
      portfolio.tables["deployments"] = deployments
      portfolio.add(
        "deployments",
        [
          ("deployment_id", "back"), ("model_id", "model-9"), ("environment", "production"),
          ("status", "succeeded"), ("actor_type", "automation"),
          ("started_at", "2026-06-01T02:00:00Z"), ("rollback_of", "dep-1"),
        ])
    }
    #expect(found == .pass)
  }

  @Test(arguments: [("2026-06-08T00:00:00Z", CheckOutcome.pass), ("2026-06-08T00:00:01Z", .fail)])
  func driftIsActedOnInAWeek(acked: String, expected: CheckOutcome) throws {
    let found = try outcome("MAT-4.6") { portfolio in
      alerts(&portfolio, 10, byMonitor: 0)
      portfolio.set("alerts", where: [("model_id", "model-0")], [("acked_at", acked)])
      portfolio.set("alerts", where: [("model_id", "model-1")], [("action", "none")])
    }
    #expect(found == expected)
  }

  // MARK: Trends

  /// Twenty deployments in each half of the year, and how many days each version took.
  private func halves(
    _ portfolio: inout Portfolio, days: (Int, Int), failed: (Int, Int)
  ) {
    for (half, month) in ["2025-09", "2026-03"].enumerated() {
      for number in 0..<20 {
        let id = "\(half)-\(number)"
        let bad = number < (half == 0 ? failed.0 : failed.1)
        let took = half == 0 ? days.0 : days.1
        portfolio.add("runs", [("run_id", id), ("end_time", "\(month)-01T00:\(10 + number):00Z")])
        portfolio.add(
          "versions",
          [("model", "churn"), ("version", "\(1000 + half * 100 + number)"), ("run_id", id)])
        portfolio.add(
          "deployments",
          [
            ("deployment_id", id), ("model_id", "churn"),
            ("version", "\(1000 + half * 100 + number)"), ("environment", "production"),
            ("status", bad ? "failed" : "succeeded"), ("started_at", "\(month)-20T00:00:00Z"),
            ("finished_at", "\(month)-\(took + 1)T00:00:00Z"),
            ("ended_at", "\(month)-28T00:00:00Z"),
          ])
      }
    }
  }

  @Test func neitherLeadTimesNorFailuresGrowWorse() throws {
    #expect(try outcome("MAT-5.7") { _ in } == .unknown)
    #expect(try outcome("MAT-5.7") { halves(&$0, days: (15, 15), failed: (1, 1)) } == .pass)
    #expect(try outcome("MAT-5.7") { halves(&$0, days: (12, 22), failed: (1, 1)) } == .fail)
    #expect(try outcome("MAT-5.7") { halves(&$0, days: (22, 12), failed: (1, 1)) } == .pass)
    // Four failures more are not shown to be a change, twelve are.
    #expect(try outcome("MAT-5.7") { halves(&$0, days: (15, 15), failed: (1, 5)) } == .pass)
    #expect(try outcome("MAT-5.7") { halves(&$0, days: (15, 15), failed: (1, 13)) } == .fail)
  }
}
