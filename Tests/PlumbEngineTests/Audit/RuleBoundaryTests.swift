import PlumbAudit
import Testing

/// Every rule with an age, a threshold or a minimum, exactly at it and just beyond. The audit's time is
/// 2026-06-30T12:00:00Z, a Tuesday.
@Suite struct RuleBoundaryTests {
  @Test(arguments: inventory + approvals + duties + deployments + monitoring + incidents + ends)
  func limits(_ boundary: RuleBoundary) throws {
    var portfolio = try Portfolio.healthy()
    portfolio.apply(boundary.given)
    var beyond = portfolio
    portfolio.apply(boundary.kept)
    beyond.apply(boundary.broken)
    let parameters = portfolio.files["floors.csv"] == nil ? [:] : ["floors": "floors.csv"]
    let kept = try portfolio.audit(only: boundary.rule, parameters: parameters)[boundary.rule]
    #expect(kept?.outcome == .pass, "\(kept?.reason ?? "") \(kept?.findings.map(\.subject) ?? [])")
    let broken = try beyond.audit(only: boundary.rule, parameters: parameters)[boundary.rule]
    #expect(broken?.outcome == .fail, "\(broken?.reason ?? "")")
  }

  // MARK: Inventory and lineage

  private static let ghost = "model_id=ghost;version=1;environment=production"

  static let inventory = [
    RuleBoundary(
      "INV-01", "traffic of seven days",
      kept: [.add("traffic", "\(ghost);day=2026-06-23T11:59:59Z;requests=5")],
      broken: [.add("traffic", "\(ghost);day=2026-06-23T12:00:00Z;requests=5")]),
    RuleBoundary(
      "INV-01", "one request",
      kept: [.add("traffic", "\(ghost);day=2026-06-29;requests=0")],
      broken: [.add("traffic", "\(ghost);day=2026-06-29;requests=1")]),
    // Version 2 was registered on 2026-04-01T02:05.
    RuleBoundary(
      "INV-04", "thirty days behind the version", "models", "name=churn", "card_updated_at",
      kept: "2026-03-02T02:05:00Z", broken: "2026-03-02T02:04:59Z"),
    RuleBoundary(
      "INV-05", "before the deployment", "assessments", "assessment_id=i-churn", "performed_at",
      kept: "2026-04-20T00:00:00Z", broken: "2026-04-20T00:00:01Z"),
    RuleBoundary(
      "INV-05", "still valid", "assessments", "assessment_id=i-churn", "expires_at",
      kept: "2026-06-30T12:00:00Z", broken: "2026-06-30T11:59:59Z"),
    RuleBoundary(
      "LIN-02", "seven digits of a commit", "runs", "run_id=r-churn-2", "git_commit",
      kept: "0a1b2c3", broken: "0a1b2c"),
  ]

  // MARK: Approvals

  static let approvals = [
    RuleBoundary(
      "APR-01", "decided by the start", "approvals", "approval_id=a-churn-2", "decided_at",
      kept: "2026-04-20T00:00:00Z", broken: "2026-04-20T00:00:01Z"),
    RuleBoundary(
      "APR-01", "valid at the start", "approvals", "approval_id=a-churn-2", "expires_at",
      kept: "2026-04-20T00:00:00Z", broken: "2026-04-19T23:59:59Z"),
    RuleBoundary(
      "APR-01", "ninety days back", given: [.delete("approvals", "approval_id=a-churn-2")],
      "deployments", "deployment_id=dep-churn-2", "started_at",
      kept: "2026-04-01T11:59:59Z", broken: "2026-04-01T12:00:00Z"),
    RuleBoundary(
      "APR-02", "as old as the version", "versions", "model=churn;version=2", "created_at",
      kept: "2026-04-15T00:00:00Z", broken: "2026-04-15T00:00:01Z"),
    RuleBoundary(
      "APR-03", "validated by the decision", "assessments", "assessment_id=v-churn-2",
      "performed_at", kept: "2026-04-15T00:00:00Z", broken: "2026-04-15T00:00:01Z"),
    RuleBoundary(
      "APR-03", "a year back", "approvals", "approval_id=a-churn-1", "decided_at",
      kept: "2025-06-30T11:59:59Z", broken: "2025-06-30T12:00:00Z"),
    review("churn", "critical", kept: "2026-04-01T12:00:00Z", broken: "2026-04-01T11:59:59Z"),
    review("churn", "high", kept: "2026-01-01T12:00:00Z", broken: "2026-01-01T11:59:59Z"),
    review("pricing", "medium", kept: "2025-06-30T12:00:00Z", broken: "2025-06-30T11:59:59Z"),
    review("search", "low", kept: "2024-06-30T12:00:00Z", broken: "2024-06-30T11:59:59Z"),
    RuleBoundary(
      "APR-05", "decided by the move", "alias_events", "model_id=churn", "at",
      kept: "2026-04-15T00:00:00Z", broken: "2026-04-14T23:59:59Z"),
    RuleBoundary(
      "APR-05", "ninety days back",
      kept: [
        .add("alias_events", "model_id=churn;alias=champion;version=9;at=2026-04-01T11:59:59Z")
      ],
      broken: [
        .add("alias_events", "model_id=churn;alias=champion;version=9;at=2026-04-01T12:00:00Z")
      ]),
  ]

  private static func review(
    _ model: String, _ tier: String, kept: String, broken: String
  ) -> RuleBoundary {
    RuleBoundary(
      "APR-04", "the time of tier \(tier)",
      given: [.set("models", "name=\(model)", "risk_tier=\(tier)")], "assessments",
      "model_id=\(model);kind=validation", "performed_at", kept: kept, broken: broken)
  }

  // MARK: Duties

  private static func urgent(_ start: String, reviewed: String?, by: String = "ana")
    -> [RuleBoundary.Edit]
  {
    [
      .set(
        "deployments", "deployment_id=dep-churn-2",
        "started_at=\(start);method=manual;actor=ben;actor_type=human;change_ref=Break-Glass 7")
    ]
      + (reviewed.map { time in
        [
          .add(
            "assessments",
            "assessment_id=c-1;model_id=churn;version=2;kind=change_review;outcome=pass;"
              + "performed_by=\(by);performed_at=\(time)")
        ]
      } ?? [])
  }

  static let duties = [
    RuleBoundary(
      "SOD-01", "a year back",
      given: [.set("approvals", "approval_id=a-churn-2", "decided_by=ben@corp.example")],
      "approvals", "approval_id=a-churn-2", "decided_at",
      kept: "2025-06-30T11:59:59Z", broken: "2025-06-30T12:00:00Z"),
    RuleBoundary(
      "SOD-02", "the role ends", "roles", "person=Raj Patel", "to_at",
      kept: "2026-04-15T00:00:00Z", broken: "2026-04-14T23:59:59Z"),
    RuleBoundary(
      "SOD-02", "the role begins", "roles", "person=Raj Patel", "from_at",
      kept: "2025-11-15T00:00:00Z", broken: "2025-11-15T00:00:01Z"),
    RuleBoundary(
      "SOD-02", "who decided leaves", "people", "person=Raj Patel", "left_at",
      kept: "2026-04-15T00:00:00Z", broken: "2026-04-14T23:59:59Z"),
    // A Monday; the fifth business day after it is the next one.
    RuleBoundary(
      "SOD-03", "five business days from a Monday",
      kept: urgent("2026-04-20T08:00:00Z", reviewed: "2026-04-27T23:59:59Z"),
      broken: urgent("2026-04-20T08:00:00Z", reviewed: "2026-04-28T00:00:00Z")),
    RuleBoundary(
      "SOD-03", "five business days from a Friday",
      kept: urgent("2026-04-24T23:00:00Z", reviewed: "2026-05-01T23:59:59Z"),
      broken: urgent("2026-04-24T23:00:00Z", reviewed: "2026-05-02T00:00:00Z")),
    RuleBoundary(
      "SOD-03", "five business days from a Saturday",
      kept: urgent("2026-04-25T08:00:00Z", reviewed: "2026-05-01T23:59:59Z"),
      broken: urgent("2026-04-25T08:00:00Z", reviewed: "2026-05-02T00:00:00Z")),
    RuleBoundary(
      "SOD-03", "five business days from a Sunday",
      kept: urgent("2026-04-26T08:00:00Z", reviewed: "2026-05-01T23:59:59Z"),
      broken: urgent("2026-04-26T08:00:00Z", reviewed: "2026-05-02T00:00:00Z")),
    RuleBoundary(
      "SOD-03", "the time for a look is not over",
      kept: urgent("2026-06-23T08:00:00Z", reviewed: nil),
      broken: urgent("2026-06-22T08:00:00Z", reviewed: nil)),
    RuleBoundary(
      "SOD-03", "another person looks",
      kept: urgent("2026-04-20T08:00:00Z", reviewed: "2026-04-21T08:00:00Z"),
      broken: urgent(
        "2026-04-20T08:00:00Z", reviewed: "2026-04-21T08:00:00Z", by: "ben@corp.example")),
    RuleBoundary(
      "SOD-03", "the look comes afterwards",
      kept: urgent("2026-04-20T08:00:00Z", reviewed: "2026-04-20T08:00:00Z"),
      broken: urgent("2026-04-20T08:00:00Z", reviewed: "2026-04-20T07:59:59Z")),
    RuleBoundary(
      "SOD-03", "how it was deployed is said",
      given: [.set("deployments", "deployment_id=dep-churn-2", "actor_type=human")], "deployments",
      "deployment_id=dep-churn-2", "method", kept: "pipeline", broken: ""),
    RuleBoundary(
      "SOD-04", "to the end of its last day", given: [waiver], "waivers", "id=W-1", "expires",
      kept: "2026-06-30", broken: "2026-06-29"),
    RuleBoundary(
      "SOD-04", "180 days", given: [waiver], "waivers", "id=W-1", "expires",
      kept: "2026-10-28", broken: "2026-10-29"),
  ]

  private static let waiver = RuleBoundary.Edit.add(
    "waivers",
    "id=W-1;check=MON-03;subject=x;reason=late vendor;requested_by=ana;approved_by=raj;"
      + "approved_at=2026-05-01T00:00:00Z;expires=2026-07-31")

  // MARK: Deployment

  static let deployments = [
    RuleBoundary(
      "DEP-02", "a drill within 180 days", "assessments", "assessment_id=b-churn", "performed_at",
      kept: "2026-01-01T12:00:00Z", broken: "2026-01-01T11:59:59Z"),
    RuleBoundary(
      "DEP-03", "ninety days back",
      given: [.set("deployments", "deployment_id=dep-churn-2", "strategy=all-at-once")],
      "deployments", "deployment_id=dep-churn-2", "started_at",
      kept: "2026-04-01T11:59:59Z", broken: "2026-04-01T12:00:00Z"),
  ]

  // MARK: Monitoring, drift, performance

  static let monitoring = [
    RuleBoundary(
      "MON-01", "a day after the start", "monitors", "monitor_id=m-churn-data_drift", "created_at",
      kept: "2026-04-21T00:00:00Z", broken: "2026-04-21T00:00:01Z"),
    RuleBoundary(
      "MON-02", "two intervals",
      given: [
        .delete("monitor_results", "\(availability);window_end=2026-06-30T00:00:00Z"),
        .delete("monitor_results", "\(availability);window_end=2026-06-29T00:00:00Z"),
      ], "monitor_results", "\(availability);window_end=2026-06-28T00:00:00Z", "window_end",
      kept: "2026-06-28T12:00:00Z", broken: "2026-06-28T11:59:59Z"),
    // 28.5 of the thirty windows are 95 %.
    RuleBoundary(
      "MON-03", "95 % of the windows", given: [window("20", "error")],
      kept: [], broken: [window("19", "no_data")]),
    RuleBoundary(
      "MON-05", "183 days of logs", "models", "name=credit", "log_retention_days",
      kept: "183", broken: "182"),
    RuleBoundary(
      "DRF-01", "three windows in a row",
      given: [
        .set("deployments", "deployment_id=dep-churn-2", "started_at=2026-04-20T00:00:00Z"),
        window("30", "fail"), window("29", "fail"),
      ], kept: [], broken: [window("28", "fail")]),
    RuleBoundary(
      "DRF-01", "500 rows",
      given: [window("30", "fail"), window("29", "fail"), window("28", "fail")],
      kept: [.set("monitor_results", "monitor_id=m-churn-data_drift;status=fail", "n=499")],
      broken: [.set("monitor_results", "monitor_id=m-churn-data_drift;status=fail", "n=500")]),
    alert("credit", "critical", kept: "2026-06-10T12:00:00Z", broken: "2026-06-10T12:00:01Z"),
    alert("churn", "high", kept: "2026-06-11T08:00:00Z", broken: "2026-06-11T08:00:01Z"),
    alert("pricing", "medium", kept: "2026-06-13T08:00:00Z", broken: "2026-06-13T08:00:01Z"),
    alert("search", "low", kept: "2026-06-13T08:00:00Z", broken: "2026-06-13T08:00:01Z"),
    RuleBoundary(
      "DRF-02", "ninety days back", given: [.set("alerts", "alert_id=al-churn", "acked_at=")],
      "alerts", "alert_id=al-churn", "raised_at",
      kept: "2026-04-01T11:59:59Z", broken: "2026-04-01T12:00:00Z"),
    RuleBoundary(
      "DRF-03", "a reference of a year", "version_datasets", "dataset_id=d-churn-2", "created_at",
      kept: "2025-06-30T12:00:00Z", broken: "2025-06-30T11:59:59Z"),
    // 0.9 was approved, and five percent below it is 0.855.
    RuleBoundary(
      "PRF-01", "five percent worse", "monitor_results", performance, "value",
      kept: "0.855", broken: "0.8549"),
    RuleBoundary(
      "PRF-01", "five percent worse where less is better",
      given: [.set("monitors", performance, "direction=min")], "monitor_results", performance,
      "value", kept: "0.945", broken: "0.9451"),
    RuleBoundary(
      "PRF-01", "the floor of the metric",
      kept: [.file("floors.csv", "metric,floor\nauc,0.89\n")],
      broken: [.file("floors.csv", "metric,floor\nrecall,0.99\nauc,0.8901\n")]),
    RuleBoundary(
      "PRF-01", "the floor where less is better",
      given: [.set("monitors", "kind=performance", "direction=min")],
      kept: [.file("floors.csv", "metric,floor\nauc,0.89\n")],
      broken: [.file("floors.csv", "metric,floor\nauc,0.8899\n")]),
    RuleBoundary(
      "PRF-02", "a year back", "assessments", "assessment_id=f-churn", "performed_at",
      kept: "2025-06-30T12:00:00Z", broken: "2025-06-30T11:59:59Z"),
  ]

  private static let availability = "monitor_id=m-churn-availability"
  private static let performance = "monitor_id=m-churn-performance"

  private static func window(_ day: String, _ status: String) -> RuleBoundary.Edit {
    .set(
      "monitor_results", "monitor_id=m-churn-data_drift;window_end=2026-06-\(day)T00:00:00Z",
      "status=\(status)")
  }

  private static func alert(
    _ model: String, _ tier: String, kept: String, broken: String
  ) -> RuleBoundary {
    RuleBoundary(
      "DRF-02", "the time of tier \(tier)", "alerts", "alert_id=al-\(model)", "acked_at",
      kept: kept, broken: broken)
  }

  // MARK: Incidents

  static let incidents = [
    incident(1, kept: "2026-05-03T00:00:00Z", broken: "2026-05-03T00:00:01Z"),
    incident(2, kept: "2026-05-05T00:00:00Z", broken: "2026-05-05T00:00:01Z"),
    incident(3, kept: "2026-06-01T00:00:00Z", broken: "2026-06-01T00:00:01Z"),
    // The limit of 90 days has not passed for what began in May, and so it begins in March.
    RuleBoundary(
      "INC-01", "the time of severity 4",
      given: [.set("incidents", churn, "severity=4;opened_at=2026-03-01T00:00:00Z")],
      "incidents", churn, "resolved_at",
      kept: "2026-05-30T00:00:00Z", broken: "2026-05-30T00:00:01Z"),
    RuleBoundary(
      "INC-02", "fourteen days for a post-mortem",
      given: [.set("incidents", churn, "severity=2")], "incidents", churn, "resolved_at",
      kept: "2026-06-16T12:00:00Z", broken: "2026-06-16T11:59:59Z"),
    RuleBoundary(
      "INC-02", "a post-mortem is for severity 2", "incidents", churn, "severity",
      kept: "3", broken: "2"),
    RuleBoundary(
      "INC-02", "an action that is due",
      given: [.set("actions", "action_id=act-churn", "done_at=")],
      "actions", "action_id=act-churn", "due_at",
      kept: "2026-06-30T12:00:00Z", broken: "2026-06-30T11:59:59Z"),
    serious("other", kept: "2026-05-25T09:00:00Z", broken: "2026-05-25T09:00:01Z"),
    serious("death", kept: "2026-05-20T09:00:00Z", broken: "2026-05-20T09:00:01Z"),
    serious("infrastructure", kept: "2026-05-12T09:00:00Z", broken: "2026-05-12T09:00:01Z"),
  ]

  private static let churn = "incident_id=inc-churn"

  private static func incident(_ severity: Int, kept: String, broken: String) -> RuleBoundary {
    RuleBoundary(
      "INC-01", "the time of severity \(severity)",
      given: [.set("incidents", churn, "severity=\(severity)")], "incidents", churn, "resolved_at",
      kept: kept, broken: broken)
  }

  private static func serious(_ kind: String, kept: String, broken: String) -> RuleBoundary {
    RuleBoundary(
      "INC-03", "the time for \(kind)",
      given: [.set("incidents", "incident_id=inc-serious", "serious_kind=\(kind)")], "incidents",
      "incident_id=inc-serious", "reported_at", kept: kept, broken: broken)
  }

  // MARK: Retirement and the audit itself

  static let ends = [
    RuleBoundary(
      "RET-01", "requests of seven days",
      kept: [.add("traffic", "\(legacy);day=2026-06-23T11:59:59Z;requests=1")],
      broken: [.add("traffic", "\(legacy);day=2026-06-23T12:00:00Z;requests=1")]),
    RuleBoundary(
      "RET-01", "the date is past", given: [.set("models", "name=churn", "status=deprecated")],
      "models", "name=churn", "retire_by",
      kept: "2026-06-30T12:00:00Z", broken: "2026-06-30T11:59:59Z"),
    forgotten("churn", "half a year", kept: "2026-01-01T12:00:00Z", broken: "2026-01-01T11:59:59Z"),
    forgotten("pricing", "a year", kept: "2025-06-30T12:00:00Z", broken: "2025-06-30T11:59:59Z"),
    RuleBoundary(
      "RET-03", "live for two weeks", given: [.delete("traffic", "model_id=churn")],
      "deployments", "deployment_id=dep-churn-2", "started_at",
      kept: "2026-06-16T12:00:01Z", broken: "2026-06-16T12:00:00Z"),
    RuleBoundary(
      "RET-03", "requests of thirty days", given: [.delete("traffic", "model_id=churn")],
      kept: [.add("traffic", "\(asked);day=2026-05-31T12:00:00Z;requests=1")],
      broken: [.add("traffic", "\(asked);day=2026-05-31T11:59:59Z;requests=1")]),
    RuleBoundary(
      "AUD-01", "captured a day ago", "manifest", "table=alerts", "captured_at",
      kept: "2026-06-29T12:00:00Z", broken: "2026-06-29T11:59:59Z"),
    RuleBoundary(
      "AUD-01", "ninety days of alerts",
      given: [.set("manifest", "table=alerts", "complete=false")], "alerts", "", "raised_at",
      kept: "2026-04-01T12:00:00Z", broken: "2026-04-01T12:00:01Z"),
    RuleBoundary(
      "AUD-01", "complete, though it begins later", "manifest", "table=approvals", "complete",
      kept: "true", broken: ""),
    RuleBoundary(
      "AUD-01", "no time at all", given: [.set("manifest", "table=alerts", "complete=false")],
      kept: [.set("alerts", "", "raised_at=2026-04-01T12:00:00Z")],
      broken: [.set("alerts", "", "raised_at=;acked_at=;resolved_at=")]),
    RuleBoundary(
      "AUD-01", "two days without traffic",
      given: [
        .delete("traffic", "day=2026-06-30"), .delete("traffic", "day=2026-06-29"),
      ], "traffic", "day=2026-06-28", "day",
      kept: "2026-06-28T12:00:00Z", broken: "2026-06-28T11:59:59Z"),
  ]

  private static let legacy = "model_id=legacy;version=1;environment=production"
  private static let asked = "model_id=churn;version=2;environment=production"

  private static func forgotten(
    _ model: String, _ limit: String, kept: String, broken: String
  ) -> RuleBoundary {
    func at(_ time: String) -> [RuleBoundary.Edit] {
      [
        .set("versions", "model=\(model)", "created_at=\(time)"),
        .set("runs", "experiment=\(model)", "end_time=\(time)"),
        .set("assessments", "model_id=\(model)", "performed_at=\(time)"),
      ]
    }
    return RuleBoundary("RET-02", limit, kept: at(kept), broken: at(broken))
  }
}
