import PlumbAudit
import PlumbColumns
import PlumbColumnsTesting
import Testing

/// The forty rules on the example portfolio, healthy and with planted defects.
@Suite struct GovernanceRuleTests {
  @Test func nothingIsFoundInTheHealthyPortfolio() throws {
    let report = try Portfolio.healthy().audit()
    // The indicators of maturity say what level it is, and need not all be met.
    #expect(report.checks(.fail).allSatisfy { report[$0]?.definition.group == "maturity" })
    #expect(report.checks(.error) == [])
    // Without a history nothing is known of earlier runs.
    #expect(
      report.checks(.unknown).filter { report[$0]?.definition.group != "maturity" } == ["AUD-03"])
    #expect(Portfolio.rules.count == 40)
    #expect(Set(Portfolio.rules).isSubset(of: report.checks(.pass)))
    for result in report.results where Portfolio.rules.contains(result.definition.id) {
      #expect(!result.definition.references.isEmpty, "\(result.definition.id)")
      #expect(result.definition.group != nil)
    }
  }

  @Test(arguments: Portfolio.rules)
  func everyDefectIsFound(rule: String) throws {
    var portfolio = try Portfolio.healthy()
    let model = try #require(Portfolio.models(for: rule).first)
    portfolio.plant(rule, in: model)
    let report = try portfolio.audit()
    let result = try #require(report[rule])
    #expect(result.outcome == .fail, "\(rule): \(result.reason ?? "")")
    #expect(report.checks(.error) == [])
    // The finding is about the model, and no other is touched.
    for finding in result.findings {
      let text = finding.subject + " " + (finding.model ?? "")
      #expect(text.contains(model) || ["W-1", "inc-serious"].contains(finding.subject), "\(text)")
    }
  }

  /// Ten more mutations of each rule: another model, rows in another order.
  @Test(arguments: Portfolio.rules)
  func mutationsAreFound(rule: String) throws {
    let seed = propertySeed()
    var generator = SeededGenerator(seed: seed &+ UInt64(rule.utf8.reduce(0) { $0 * 31 + Int($1) }))
    let healthy = try Portfolio.healthy()
    for number in 1...10 {
      var portfolio = healthy
      for name in portfolio.tables.keys.sorted() {
        portfolio.tables[name]?.rows.shuffle(using: &generator)
      }
      let model = try #require(Portfolio.models(for: rule).randomElement(using: &generator))
      let clean = try number == 1 ? portfolio.audit(only: rule)[rule]?.outcome : .pass
      #expect(clean == .pass, "seed \(seed), \(rule) without a defect")
      portfolio.plant(rule, in: model)
      let outcome = try portfolio.audit(only: rule)[rule]?.outcome
      #expect(outcome == .fail, "seed \(seed), mutation \(number) of \(rule) in \(model)")
    }
  }

  /// How many rules need each table at least, by the count of silent passes in a prototype that
  /// took an empty table for a clean one.
  static let dependants = [
    "deployments": 26, "models": 10, "versions": 6, "monitors": 6, "approvals": 4,
    "incidents": 3, "alias_events": 1, "alerts": 1, "actions": 1, "waivers": 1, "runs": 3,
    "people": 3, "roles": 1, "traffic": 2, "assessments": 5, "monitor_results": 3,
  ]

  private static let healthyReport = Result { try Portfolio.healthy().audit() }

  @Test(arguments: dependants.keys.sorted(), [false, true])
  func noRulePassesWithoutATableThatItNeeds(table: String, isRemoved: Bool) throws {
    var portfolio = try Portfolio.healthy()
    let before = try Self.healthyReport.get()
    if isRemoved { portfolio.tables[table] = nil } else { portfolio.tables[table]?.rows = [] }
    portfolio.tables["manifest"]?.rows = []
    let after = try portfolio.audit()
    let undecided = after.results.filter { $0.outcome == .unknown && $0.missing.contains(table) }
    #expect(undecided.count >= Self.dependants[table] ?? 0, "\(undecided.map(\.definition.id))")
    // What still passes has judged as many subjects as before.
    for result in after.results where result.outcome == .pass {
      guard Portfolio.rules.contains(result.definition.id) else { continue }
      #expect(result.scopeCount == before[result.definition.id]?.scopeCount)
    }
    #expect(after.verdict != .passed)
  }

  /// A portfolio with every defect, spread over the models.
  private static func faulty() throws -> Portfolio {
    var portfolio = try Portfolio.healthy()
    for (index, rule) in Portfolio.rules.enumerated() {
      let models = Portfolio.models(for: rule)
      portfolio.plant(rule, in: models[index % models.count])
    }
    portfolio.tables["manifest"]?.rows = []
    return portfolio
  }

  @Test func allDefectsAreFoundTogether() throws {
    let report = try Self.faulty().audit()
    #expect(Set(Portfolio.rules).subtracting(report.checks(.fail)) == [])
    // What offends is in the scope: else coverage would count other subjects than findings do.
    for result in report.results {
      guard let subjects = result.subjects else { continue }
      #expect(
        subjects.count { $0.isFailing } == result.findings.count, "\(result.definition.id)")
      #expect(!result.notes.contains { $0.contains("not in its scope") }, "\(result.definition.id)")
    }
  }

  /// Without a table no defect hides: a rule finds it all the same, or cannot tell.
  @Test(
    arguments: ["pipeline_runs", "version_datasets"] + dependants.keys.sorted(), [false, true])
  func noDefectHidesBehindATableThatIsMissing(table: String, isRemoved: Bool) throws {
    var portfolio = try Self.faulty()
    if isRemoved { portfolio.tables[table] = nil } else { portfolio.tables[table]?.rows = [] }
    let report = try portfolio.audit()
    #expect(Set(report.checks(.pass)).intersection(Portfolio.rules) == [])
    #expect(report.checks(.error) == [])
  }

  // MARK: Boundaries

  @Test func anAgeOfExactlyTheLimitIsNotOverIt() throws {
    var portfolio = try Portfolio.healthy()
    // The limit of 365 days before 2026-06-30T12:00, and the version as old as the card.
    portfolio.set("versions", where: [("model", "churn")], [("created_at", "2025-06-30T12:00:00Z")])
    portfolio.set(
      "models", where: [("name", "churn")], [("card_updated_at", "2025-06-30T12:00:00Z")])
    #expect(try portfolio.audit(only: "INV-04")["INV-04"]?.outcome == .pass)
    portfolio.set(
      "models", where: [("name", "churn")], [("card_updated_at", "2025-06-30T11:59:59Z")])
    #expect(try portfolio.audit(only: "INV-04")["INV-04"]?.outcome == .fail)
  }

  @Test func theLimitsOfReviewsFollowTheTier() throws {
    // 200 days before the audit: over the limit of tier high, within that of medium.
    var portfolio = try Portfolio.healthy()
    for model in ["churn", "pricing"] {
      portfolio.set(
        "assessments", where: [("model_id", model), ("kind", "validation")],
        [("performed_at", "2025-12-12T12:00:00Z")])
    }
    let result = try portfolio.audit(only: "APR-04")["APR-04"]
    #expect(result?.findings.map(\.subject) == ["churn"])
    portfolio.set("models", where: [("name", "pricing")], [("risk_tier", "")])
    let shifted = try portfolio.audit(only: "APR-04")["APR-04"]
    // A tier that nobody has set counts as critical, and its findings weigh more.
    #expect(shifted?.findings.map(\.severity).sorted() == [.high, .critical])
  }

  /// What calls for a review before its time: a grave incident, lasting drift, many new versions.
  @Test func eventsCallForAReview() throws {
    let healthy = try Portfolio.healthy()
    func why(_ change: (inout Portfolio) -> Void) throws -> [String] {
      var portfolio = healthy
      change(&portfolio)
      let findings = try portfolio.audit(only: "APR-04")["APR-04"]?.findings ?? []
      return findings.map { finding in
        let cell = finding.evidence.first?.cells.first { $0.name == "why" }
        return "\(finding.subject): \(cell.map { Evidence.text($0.value) } ?? "")"
      }
    }
    // Credit had a grave incident on 2026-05-10, and was reviewed after it.
    #expect(try why { _ in } == [])
    #expect(
      try why {
        $0.set("assessments", where: [("kind", "periodic_review")], [("kind", "security")])
      } == ["credit: [a grave incident since]"])
    #expect(
      try why {
        $0.set(
          "monitor_results", where: [("monitor_id", "m-fraud-data_drift")], [("status", "fail")])
      } == ["fraud: [lasting drift since]"])
    // Two windows are no lasting drift, and neither are three with a good one among them.
    func two(_ portfolio: inout Portfolio, _ days: [String]) {
      for day in days {
        portfolio.set(
          "monitor_results",
          where: [
            ("monitor_id", "m-fraud-data_drift"), ("window_end", "2026-06-\(day)T00:00:00Z"),
          ],
          [("status", "fail")])
      }
    }
    #expect(try why { two(&$0, ["10", "11", "13"]) } == [])
    #expect(try why { two(&$0, ["10", "11", "12"]) } == ["fraud: [lasting drift since]"])
    func versions(_ portfolio: inout Portfolio, _ count: Int) {
      for version in 0..<count {
        portfolio.add(
          "versions",
          [
            ("model", "fraud"), ("version", "\(100 + version)"),
            ("created_at", "2026-05-01T00:00:00Z"),
          ])
      }
    }
    #expect(try why { versions(&$0, 10) } == [])
    #expect(try why { versions(&$0, 11) } == ["fraud: [many new versions since]"])
  }

  @Test(arguments: [
    ("2026-04-21T00:00:00Z", "5", CheckOutcome.pass), ("2026-04-20T23:59:59Z", "5", .fail),
    ("", "5", .fail), ("2026-04-22T00:00:00Z", "100", .fail),
  ])
  func aRolloutTakesADay(finished: String, share: String, outcome: CheckOutcome) throws {
    var portfolio = try Portfolio.healthy()
    portfolio.set(
      "deployments", where: [("deployment_id", "dep-churn-2")],
      [("finished_at", finished), ("traffic_pct", share)])
    #expect(try portfolio.audit(only: "DEP-03")["DEP-03"]?.outcome == outcome)
  }

  /// Another artifact is critical; that nothing is known of it is high, both shifted by the tier.
  @Test func aMissingDigestWeighsLessThanAnotherArtifact() throws {
    var portfolio = try Portfolio.healthy()
    for (model, digest) in [("churn", ""), ("pricing", "sha256:0"), ("search", ""), ("credit", "")]
    {
      portfolio.set(
        "deployments", where: [("deployment_id", "dep-\(model)-2")], [("artifact_digest", digest)])
    }
    let findings = try portfolio.audit(only: "LIN-05")["LIN-05"]?.findings ?? []
    let severities = Dictionary(
      uniqueKeysWithValues: findings.map { ($0.model ?? "", $0.severity) })
    #expect(
      severities == ["churn": .high, "pricing": .critical, "search": .medium, "credit": .critical])
  }

  @Test func driftOnFewerRowsThanTheMinimumSaysNothing() throws {
    var portfolio = try Portfolio.healthy()
    let monitor = [("monitor_id", "m-churn-data_drift")]
    portfolio.set("monitor_results", where: monitor, [("status", "fail"), ("n", "499")])
    #expect(try portfolio.audit(only: "DRF-01")["DRF-01"]?.outcome == .pass)
    portfolio.set("monitor_results", where: monitor, [("n", "500")])
    #expect(try portfolio.audit(only: "DRF-01")["DRF-01"]?.outcome == .fail)
    // An incident since the first of the windows is an answer.
    portfolio.set(
      "incidents", where: [("incident_id", "inc-churn")],
      [("opened_at", "2026-06-28T06:00:00Z"), ("resolved_at", "2026-06-29T00:00:00Z")])
    #expect(try portfolio.audit(only: "DRF-01")["DRF-01"]?.outcome == .pass)
  }

  @Test(arguments: [("2026-06-30", CheckOutcome.waived), ("2026-06-29", .fail)])
  func aWaiverCoversItsLastDay(expires: String, outcome: CheckOutcome) throws {
    var portfolio = try Portfolio.healthy()
    portfolio.plant("RET-03", in: "search")
    portfolio.tables["waivers"]?.rows = [
      ["W-1", "RET-*", "sea*", "closing down", "ana", "raj", "2026-06-01", expires, ""]
    ]
    #expect(try portfolio.audit(only: "RET-03")["RET-03"]?.outcome == outcome)
  }
}
