import PlumbAudit
import PlumbColumns
import Testing

/// Who made a version and how old its data are, also where the registry names a bot or nobody.
@Suite struct IdentityTests {
  /// The outcome of SOD-01 when bots registered and trained the version of churn that raj approved.
  private func outcome(
    trigger: String, actor: String, by user: String = "ci-bot"
  ) throws -> CheckResult? {
    var portfolio = try Portfolio.healthy()
    portfolio.set("versions", where: [("model", "churn")], [("user", user)])
    portfolio.set("runs", where: [("experiment", "churn")], [("user", user)])
    portfolio.set(
      "pipeline_runs", where: [("pipeline_run_id", "p-churn-2")],
      [("trigger", trigger), ("actor", actor)])
    return try portfolio.audit(only: "SOD-01")["SOD-01"]
  }

  @Test func aBotIsWhoStartedIt() throws {
    let own = try outcome(trigger: "manual", actor: "CORP\\raj")
    #expect(own?.findings.map(\.subject) == ["a-churn-2"])
    #expect(
      own?.findings.first?.evidence.first?.cells.last?.value == .string("started the pipeline"))
    #expect(try outcome(trigger: "push", actor: "ben@corp.example")?.outcome == .pass)
    // A schedule is nobody's work.
    #expect(try outcome(trigger: "schedule", actor: "raj")?.outcome == .pass)
  }

  @Test(arguments: [("manual", "somebody"), ("push", ""), ("", "ben")])
  func anUnknownMakerIsNoPass(trigger: String, actor: String) throws {
    let found = try outcome(trigger: trigger, actor: actor)
    #expect(found?.outcome == .unknown)
    #expect(found?.scopeCount == 16 && found?.evaluatedCount == 15)
  }

  @Test func aMakerThatNobodyNamesIsNoPass() throws {
    var portfolio = try Portfolio.healthy()
    portfolio.set("versions", where: [], [("user", "")])
    portfolio.set("runs", where: [], [("user", "")])
    portfolio.tables["pipeline_runs"] = nil
    #expect(try portfolio.audit(only: "SOD-01")["SOD-01"]?.outcome == .unknown)
  }

  // MARK: References of drift

  @Test func aReferenceWithoutADateIsNoPass() throws {
    var portfolio = try Portfolio.healthy()
    portfolio.set("version_datasets", where: [("dataset_id", "d-churn-2")], [("created_at", "")])
    let one = try portfolio.audit(only: "DRF-03")["DRF-03"]
    #expect(one?.outcome == .unknown && one?.evaluatedCount == 7)
    var datasets = try #require(portfolio.tables["version_datasets"])
    let index = try #require(datasets.columns.firstIndex(of: "created_at"))
    datasets.columns.remove(at: index)
    for row in datasets.rows.indices { datasets.rows[row].remove(at: index) }
    portfolio.tables["version_datasets"] = datasets
    #expect(try portfolio.audit(only: "DRF-03")["DRF-03"]?.outcome == .unknown)
    // That a reference is another model's is known without its age.
    portfolio.plant("DRF-03", in: "fraud")
    #expect(
      try portfolio.audit(only: "DRF-03")["DRF-03"]?.findings.map(\.subject)
        == ["m-fraud-data_drift"])
  }

  // MARK: Floors

  @Test func aFileOfFloorsThatIsNoneIsNoPass() throws {
    var portfolio = try Portfolio.healthy()
    func outcome(_ text: String?) throws -> CheckOutcome? {
      portfolio.files["floors.csv"] = text
      return try portfolio.audit(only: "PRF-01", parameters: ["floors": "floors.csv"])["PRF-01"]?
        .outcome
    }
    #expect(try outcome("metric,floor\nrecall,0.9\n") == .pass)
    #expect(try outcome(nil) == .unknown)
    #expect(throws: Portfolio.Failure.self) { try outcome("name,least\nauc,0.9\n") }
    #expect(throws: Portfolio.Failure.self) { try outcome("metric,floor\nauc,low\n") }
  }
}
