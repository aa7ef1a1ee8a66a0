import PlumbAudit
import PlumbColumns
import PlumbStdlib
import Testing

/// The maturity of the example portfolio, changed as in worked examples: eight models of the tiers
/// h, h, m, l, m, c, l, m with weights of 24 in all, and the seventeen indicators that one run decides.
@Suite struct MaturityTests {
  static let indicators: Set<String> = [
    "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7",
    "4.1",
    "4.3", "4.4", "4.5",
  ]

  /// What the report of a whole audit says of maturity.
  struct Found {
    let report: AuditReport
    let level: [String: Value]
    let coverage: [String: Value]
    let why: [String: Value]

    /// How many of the seventeen indicators are met.
    var metCount: Int { why.values.count { $0 == .null } }
  }

  /// Runs the whole audit. `also`: indicators beside those above; `thresholds`: other ones than the
  /// library's.
  private func sections(
    _ portfolio: Portfolio, _ parameters: [String: String] = ["confirmed": "true"],
    also: Set<String> = [], thresholds: [String: String] = [:], history: AuditHistory? = nil
  ) throws -> Found {
    var portfolio = portfolio
    let file = try #require(StandardLibrary.files.first { $0.name == "d7.csv" })
    let lines = file.text.split(separator: "\n").map(String.init)
    let kept = lines.compactMap { line in
      var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard line.hasPrefix("level") || Self.indicators.union(also).contains(cells[1]) else {
        return String?.none
      }
      if let threshold = thresholds[cells[1]] { cells[4] = threshold }
      return cells.joined(separator: ",")
    }
    portfolio.files["d7.csv"] = kept.joined(separator: "\n") + "\n"
    let report = try portfolio.audit(
      parameters: parameters.merging(["indicators": "d7.csv"]) { own, _ in own }, history: history)
    let level = try #require(report.sections.first { $0.title.hasPrefix("Maturity") }?.table)
    let all = try #require(report.sections.first { $0.title == "Indicators" }?.table)
    func column(_ name: String) -> [String: Value] {
      Dictionary(
        uniqueKeysWithValues: (0..<all.rowCount).map { row in
          guard case .string(let id)? = all["indicator"]?.value(at: row) else { return ("", .null) }
          return (id, all[name]?.value(at: row) ?? .null)
        })
    }
    return Found(
      report: report,
      level: Dictionary(
        uniqueKeysWithValues: zip(level.schema.fields.map(\.name), level.row(0))),
      coverage: column("coverage"), why: column("why"))
  }

  @Test func aHealthyPortfolio() throws {
    let found = try sections(.healthy())
    #expect(found.level["level"] == .int(4) && found.level["weight"] == .int(24))
    #expect(found.metCount == 17)
  }

  @Test func levelsAboveThreeNeedTheRunBefore() throws {
    let found = try sections(.healthy(), [:])
    #expect(found.level["level"] == .int(3))
    #expect(found.level["progress"] == .string("3 + 4/4"))
    #expect(found.level["unconfirmed"] != .null)
  }

  // MARK: What the history confirms

  /// The level with earlier runs, and why it is not higher.
  private func level(
    _ runs: [(Int, Found)], _ parameters: [String: String] = [:],
    thresholds: [String: String] = [:]
  ) throws -> (Value?, String) {
    try PastRuns.with(runs.map { ($0.0, $0.1.report) }) { history in
      let found = try sections(
        .healthy(), parameters, also: ["5.1", "5.4"], thresholds: thresholds, history: history)
      guard case .string(let why)? = found.level["unconfirmed"] else {
        return (found.level["level"], "")
      }
      return (found.level["level"], why)
    }
  }

  private func runs() throws -> (well: Found, atThree: Found, atTwo: Found) {
    var three = try Portfolio.healthy()
    three.plant("SOD-01", in: "pricing")
    var two = try Portfolio.healthy()
    two.plant("MON-01", in: "churn")
    return try (
      sections(.healthy(), [:], also: ["5.1", "5.4"]), sections(three, [:], also: ["5.1", "5.4"]),
      sections(two, [:], also: ["5.1", "5.4"])
    )
  }

  @Test func levelFourNeedsTheAssessmentBefore() throws {
    let (well, atThree, atTwo) = try runs()
    #expect(
      try level([(30, well)]) == (.int(4), "level 5: the history does not reach back two quarters"))
    #expect(try level([(30, atThree)]).0 == .int(4))
    #expect(
      try level([(29, well)])
        == (
          .int(3),
          "level 5: no run in the history with these rules and parameters is thirty days old"
        ))
    // The last one that is old enough counts, and the younger ones do not.
    #expect(try level([(60, well), (31, atTwo)]).0 == .int(3))
    #expect(try level([(60, atTwo), (31, well), (2, atTwo)]).0 == .int(4))
  }

  /// A run with other parameters, or with other thresholds in the file that one of them names, is no
  /// assessment of the same.
  @Test func onlyRunsThatAskedTheSameConfirm() throws {
    let (well, _, _) = try runs()
    #expect(try level([(30, well)], ["card_age": "400d"]).0 == .int(3))
    #expect(try level([(30, well)], thresholds: ["2.3": "0.85"]).0 == .int(3))
  }

  @Test func levelFiveNeedsTwoQuarters() throws {
    let (well, atThree, _) = try runs()
    #expect(try level([(182, well), (91, well)]) == (.int(5), ""))
    #expect(try level([(181, well), (91, well)]).0 == .int(4))
    #expect(
      try level([(183, well), (91, well)]) == (.int(4), "level 5: a quarter went by without a run"))
    #expect(
      try level([(182, well), (120, atThree), (60, well)])
        == (.int(4), "level 5: levels 2 to 4 did not hold for two quarters"))
    // What was before that time does not count.
    #expect(try level([(200, atThree), (182, well), (91, well), (1, well)]).0 == .int(5))
  }

  /// A level that was not decided did not hold.
  @Test func whatWasNotDecidedDoesNotConfirm() throws {
    var portfolio = try Portfolio.healthy()
    portfolio.tables["approvals"] = nil
    let undecided = try sections(portfolio, [:], also: ["5.1", "5.4"])
    #expect(undecided.report["D7-3"]?.outcome == .unknown)
    #expect(try level([(30, undecided)]).0 == .int(3))
  }

  // MARK: Thresholds

  /// Three models of weight 2 of 24 in all leave exactly three quarters.
  @Test(arguments: [("0.75", Value.null), ("0.7501", .string("0.750 of 0.75"))])
  func aCoverageOfExactlyTheThresholdMeetsIt(threshold: String, why: Value) throws {
    var portfolio = try Portfolio.healthy()
    for model in ["pricing", "demand", "returns"] { portfolio.plant("INV-03", in: model) }
    let found = try sections(portfolio, thresholds: ["2.3": threshold])
    #expect(found.why["2.3"] == why)
  }

  // MARK: Worked examples

  @Test func aModelOfLowTierWeighsLittle() throws {
    var portfolio = try Portfolio.healthy()
    portfolio.plant("MON-01", in: "search")
    let found = try sections(portfolio)
    #expect(found.level["level"] == .int(4) && found.metCount == 17)
    #expect(found.coverage["3.3"] == .float(0.958))
  }

  @Test func aModelOfHighTierBlocks() throws {
    var portfolio = try Portfolio.healthy()
    portfolio.plant("MON-01", in: "churn")
    let found = try sections(portfolio)
    #expect(found.level["level"] == .int(2) && found.metCount == 16)
    #expect(found.coverage["3.3"] == .float(0.833))
  }

  /// A model that serves and that nobody has registered weighs as much as a critical one, and passes
  /// nothing: the one indicator that is met asks for seventy percent. Counted as what does not fail, it
  /// would pass eleven.
  @Test func aModelThatIsNotRegistered() throws {
    var portfolio = try Portfolio.healthy()
    portfolio.add(
      "deployments",
      [
        ("deployment_id", "dep-ghost"), ("model_id", "ghost"), ("version", ""),
        ("environment", "production"), ("status", "succeeded"),
        ("started_at", "2026-06-01T00:00:00Z"), ("method", "manual"), ("actor_type", "human"),
      ])
    let found = try sections(portfolio)
    #expect(found.level["level"] == .int(1))
    #expect(found.metCount == 1 && found.why["2.4"] == .null)
    #expect(found.coverage.allSatisfy { $0.value == .float($0.key == "3.7" ? 0 : 0.75) })
  }

  @Test func threeModelsWithoutAnOwner() throws {
    var portfolio = try Portfolio.healthy()
    for model in ["pricing", "demand", "returns"] { portfolio.plant("INV-03", in: model) }
    let found = try sections(portfolio)
    #expect(found.level["level"] == .int(1) && found.coverage["2.3"] == .float(0.75))
    #expect(found.metCount == 16)
  }

  @Test func aRetiredModelThatServes() throws {
    var portfolio = try Portfolio.healthy()
    portfolio.set(
      "models", where: [("name", "search")],
      [("status", "retired"), ("retired_at", "2026-01-31T00:00:00Z")])
    let found = try sections(portfolio)
    #expect(found.level["level"] == .int(2) && found.coverage["3.7"] == .float(0))
    #expect(found.metCount == 16)
  }

  @Test func oneApprovalOfOnesOwnWork() throws {
    var portfolio = try Portfolio.healthy()
    portfolio.plant("SOD-01", in: "pricing")
    let found = try sections(portfolio)
    #expect(found.level["level"] == .int(3) && found.metCount == 16)
    #expect(found.coverage["4.4"] == .float(0.917))
  }

  /// Waivers do not raise the level, and what it would be with them is told.
  @Test func waiversAreShownApart() throws {
    var portfolio = try Portfolio.healthy()
    portfolio.plant("MON-01", in: "churn")
    portfolio.tables["waivers"]?.rows = [
      ["W-1", "MON-01", "churn", "a vendor model", "ana", "raj", "2026-06-01", "2026-09-30", ""]
    ]
    let found = try sections(portfolio)
    #expect(found.level["level"] == .int(2) && found.level["with_waivers"] == .int(4))
  }

  /// A finding counts for its model, whatever its check calls the subjects of its scope.
  @Test func aStaleCardCounts() throws {
    var portfolio = try Portfolio.healthy()
    portfolio.plant("INV-04", in: "churn")
    let found = try sections(portfolio)
    #expect(found.coverage["3.5"] == .float(0.833))
    #expect(found.level["level"] == .int(2))
  }

  /// A model that was deployed before the window is judged by what serves.
  @Test func aModelThatWasDeployedLongAgo() throws {
    var portfolio = try Portfolio.healthy()
    let old = "2026-01-20T00:00:00Z"
    portfolio.set("deployments", where: [("deployment_id", "dep-churn-2")], [("started_at", old)])
    let unapproved = try sections(portfolio)
    #expect(unapproved.report["APR-01"]?.outcome == .pass)
    #expect(unapproved.coverage["3.1"] == .float(0.833))
    portfolio.set(
      "approvals", where: [("approval_id", "a-churn-2")], [("decided_at", "2026-01-10T00:00:00Z")])
    portfolio.set(
      "assessments", where: [("assessment_id", "v-churn-2")],
      [("performed_at", "2026-01-05T00:00:00Z")])
    #expect(try sections(portfolio).coverage["3.1"] == .float(1))
  }

  /// Nothing that serves has no level, and not the highest.
  @Test func nothingServes() throws {
    var portfolio = try Portfolio.healthy()
    portfolio.tables["deployments"]?.rows = []
    portfolio.tables["traffic"]?.rows = []
    let found = try sections(portfolio)
    #expect(found.level["level"] == .null)
  }
}
