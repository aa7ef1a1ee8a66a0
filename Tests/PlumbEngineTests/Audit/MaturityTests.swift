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

  /// Runs the whole audit and gives a table of its report.
  private func sections(
    _ portfolio: Portfolio, _ parameters: [String: String] = ["confirmed": "true"]
  ) throws -> (level: [String: Value], coverage: [String: Value], why: [String: Value]) {
    var portfolio = portfolio
    let file = try #require(StandardLibrary.files.first { $0.name == "d7.csv" })
    let lines = file.text.split(separator: "\n").map(String.init)
    let kept = lines.filter { line in
      line.hasPrefix("level") || Self.indicators.contains(String(line.split(separator: ",")[1]))
    }
    portfolio.files["d7.csv"] = kept.joined(separator: "\n") + "\n"
    let report = try portfolio.audit(
      parameters: parameters.merging(["indicators": "d7.csv"]) { own, _ in own })
    let level = try #require(report.sections.first { $0.title.hasPrefix("Maturity") }?.table)
    let all = try #require(report.sections.first { $0.title == "Indicators" }?.table)
    func column(_ name: String) -> [String: Value] {
      Dictionary(
        uniqueKeysWithValues: (0..<all.rowCount).map { row in
          guard case .string(let id)? = all["indicator"]?.value(at: row) else { return ("", .null) }
          return (id, all[name]?.value(at: row) ?? .null)
        })
    }
    return (
      Dictionary(uniqueKeysWithValues: zip(level.schema.fields.map(\.name), level.row(0))),
      column("coverage"), column("why")
    )
  }

  @Test func aHealthyPortfolio() throws {
    let found = try sections(.healthy())
    #expect(found.level["level"] == .int(4) && found.level["weight"] == .int(24))
  }

  @Test func levelsAboveThreeNeedTheRunBefore() throws {
    let found = try sections(.healthy(), [:])
    #expect(found.level["level"] == .int(3))
    #expect(found.level["progress"] == .string("3 + 4/4"))
  }

  @Test func aModelOfLowTierWeighsLittle() throws {
    var portfolio = try Portfolio.healthy()
    portfolio.plant("MON-01", in: "search")
    let found = try sections(portfolio)
    #expect(found.level["level"] == .int(4))
    #expect(found.coverage["3.3"] == .float(0.958))
  }

  @Test func aModelOfHighTierBlocks() throws {
    var portfolio = try Portfolio.healthy()
    portfolio.plant("MON-01", in: "churn")
    let found = try sections(portfolio)
    #expect(found.level["level"] == .int(2))
    #expect(found.coverage["3.3"] == .float(0.833))
  }

  /// A model that serves and that nobody has registered weighs as much as a critical one, and passes
  /// nothing.
  @Test func aModelThatIsNotRegistered() throws {
    var portfolio = try Portfolio.healthy()
    portfolio.add(
      "deployments",
      [
        ("deployment_id", "dep-ghost"), ("model_id", "ghost"), ("version", "1"),
        ("environment", "production"), ("status", "succeeded"),
        ("started_at", "2026-06-01T00:00:00Z"), ("method", "manual"), ("actor_type", "human"),
      ])
    let found = try sections(portfolio)
    #expect(found.level["level"] == .int(1))
    #expect(found.coverage["2.1"] == .float(0.75) && found.coverage["2.4"] == .float(0.75))
  }

  @Test func threeModelsWithoutAnOwner() throws {
    var portfolio = try Portfolio.healthy()
    for model in ["pricing", "demand", "returns"] { portfolio.plant("INV-03", in: model) }
    let found = try sections(portfolio)
    #expect(found.level["level"] == .int(1) && found.coverage["2.3"] == .float(0.75))
  }

  @Test func aRetiredModelThatServes() throws {
    var portfolio = try Portfolio.healthy()
    portfolio.set(
      "models", where: [("name", "search")],
      [("status", "retired"), ("retired_at", "2026-01-31T00:00:00Z")])
    let found = try sections(portfolio)
    #expect(found.level["level"] == .int(2) && found.coverage["3.7"] == .float(0))
  }

  @Test func oneApprovalOfOnesOwnWork() throws {
    var portfolio = try Portfolio.healthy()
    portfolio.plant("SOD-01", in: "pricing")
    let found = try sections(portfolio)
    #expect(found.level["level"] == .int(3))
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

  /// Nothing that serves has no level, and not the highest.
  @Test func nothingServes() throws {
    var portfolio = try Portfolio.healthy()
    portfolio.tables["deployments"]?.rows = []
    portfolio.tables["traffic"]?.rows = []
    let found = try sections(portfolio)
    #expect(found.level["level"] == .null)
  }
}
