import PlumbAudit
import PlumbColumns
import Testing

/// Incidents before and after a day, over the example portfolio: eight models serve all the time, and
/// one incident of severity 1 came after the day.
@Suite struct LifecycleTests {
  private func around(
    _ day: String, incidentsBefore: Int, options: String = ", reach = 100d"
  ) throws -> [String: Value] {
    var portfolio = try Portfolio.healthy()
    for number in 0..<incidentsBefore {
      portfolio.add(
        "incidents",
        [
          ("incident_id", "b-\(number)"), ("model_id", "churn"), ("severity", "2"),
          ("opened_at", "2026-01-10T00:00:00Z"),
        ])
    }
    for number in 0..<2 {
      portfolio.add(
        "incidents",
        [
          ("incident_id", "a-\(number)"), ("model_id", "churn"), ("severity", "2"),
          ("opened_at", "2026-06-10T00:00:00Z"),
        ])
    }
    let report = try portfolio.run(
      """
      import lifecycle
      check "any" { true }
      report("around", lifecycle.incidents_around(@\(day)\(options)))
      """, name: "around.plumb")
    let table = try #require(report.sections.first?.table)
    return Dictionary(uniqueKeysWithValues: zip(table.schema.fields.map(\.name), table.row(0)))
  }

  /// A hundred days on either side; twelve to three is shown to be less, eleven to three is not.
  @Test(arguments: [(12, "lower", 0.25, 0.03515625), (11, "not shown", 3.0 / 11, 0.057373046875)])
  func fewerIncidents(before: Int, verdict: String, ratio: Double, p: Double) throws {
    let found = try around("2026-03-22T12:00", incidentsBefore: before)
    #expect(found["incidents_before"] == .int(before) && found["incidents_after"] == .int(3))
    #expect(found["verdict"] == .string(verdict))
    guard case .float(let months)? = found["months_before"],
      case .float(let monthsAfter)? = found["months_after"],
      case .float(let foundRatio)? = found["ratio"], case .float(let foundP)? = found["p"]
    else {
      Issue.record("\(found)")
      return
    }
    #expect(abs(months - 8 * 100 / 30.4375) < 1e-9 && abs(monthsAfter - months) < 1e-9)
    #expect(abs(foundRatio - ratio) < 1e-12 && abs(foundP - p) < 1e-9)
  }

  /// Three months are needed on either side, and five incidents in all.
  @Test func tooLittleIsSaid() throws {
    let late = try around("2026-04-01T12:00", incidentsBefore: 12)
    #expect(late["verdict"] == .string("insufficient data") && late["ratio"] == .null)
    #expect(
      try around("2026-03-22T12:00", incidentsBefore: 1)["verdict"] == .string("insufficient data"))
    #expect(
      try around("2026-03-22T12:00", incidentsBefore: 2)["verdict"] == .string("not shown"))
  }
}
