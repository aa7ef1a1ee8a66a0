import Foundation
import PlumbEngine
import Testing

/// The stage by segment and over windows, against the same numbers computed group by group.
@Suite struct DriftSegmentTests {
  nonisolated(unsafe) private static let grouped: [String: Any] = {
    let file = DriftPair.folder.appendingPathComponent("expected.json")
    guard let data = try? Data(contentsOf: file),
      let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let pairs = object["pairs"] as? [[String: Any]]
    else { return [:] }
    return pairs.first { $0["name"] as? String == "segmented" }?["grouped"] as? [String: Any] ?? [:]
  }()

  private static let reading = ["reference": "ref", "current": "cur"].sorted { $0.key < $1.key }
    .map { name, suffix in
      let path = DriftPair.folder.appendingPathComponent("segmented.\(suffix).csv").path
      return "let \(name) = read(\"\(path)\")\n"
    }.joined()

  private func run(_ program: String) throws -> ResultTable {
    try #require(try Session().run(Self.reading + program).last?.table)
  }

  private func expect(_ found: Double?, _ expected: Any?, _ what: String, relative: Double = 1e-9) {
    guard let found, let expected = expected as? Double else {
      Issue.record("\(what): \(found as Any), expected \(expected as Any)")
      return
    }
    #expect(abs(found - expected) <= max(1e-12, relative * abs(expected)), "\(what)")
  }

  @Test func bySegment() throws {
    let expected = try #require(Self.grouped["by_segment"] as? [String: [String: Any]])
    let numbers = try run(
      "current | drift against reference on score by segment | where type == \"number\"")
    let categories = try run("current | drift against reference on level by segment")
    for (row, segment) in try numbers.strings("segment").enumerated() {
      let values = try #require(expected[segment ?? ""])
      #expect(try numbers.integers("n_reference")[row] == values["n_ref"] as? Int)
      #expect(try numbers.integers("n_current")[row] == values["n_cur"] as? Int)
      expect(try numbers.doubles("statistic")[row], values["ks_D"], "D")
      expect(try numbers.doubles("p_value")[row], values["ks_p_auto"], "p", relative: 1e-6)
      expect(try numbers.doubles("psi")[row], values["psi_own_deciles"], "psi")
      #expect(try categories.strings("segment")[row] == segment)
      expect(try categories.doubles("statistic")[row], values["level_chi2"], "chi2")
      expect(try categories.doubles("p_value")[row], values["level_p"], "p", relative: 1e-6)
    }
  }

  @Test func byChunksOfRows() throws {
    let expected = try #require(Self.grouped["by_chunk_of_200"] as? [[String: Any]])
    let table = try run(
      """
      current | window row = row_number() | derive row = row - 1
      | drift against reference on score over row every 200
      """)
    #expect(table.rowCount == expected.count)
    for (row, values) in expected.enumerated() {
      #expect(try table.integers("window")[row] == values["first_row"] as? Int)
      expect(try table.doubles("statistic")[row], values["ks_D"], "D")
      expect(try table.doubles("p_value")[row], values["ks_p_auto"], "p", relative: 1e-6)
      expect(try table.doubles("psi")[row], values["psi_own_deciles"], "psi")
    }
  }

  /// Parts of the current table against the whole reference, and what each category adds.
  @Test func byMonthAndBySegmentAndLevel() throws {
    let months = try #require(Self.grouped["by_month_of_day"] as? [String: [String: Any]])
    for (month, values) in months {
      let table = try run(
        """
        current | where string(start_of_month(day)) ~ "^\(month)"
        | drift against reference on score, level
        """)
      #expect(try table.integers("n_current")[0] == values["n_cur"] as? Int)
      expect(try table.doubles("statistic")[0], values["ks_D"], "D")
      expect(try table.doubles("p_value")[0], values["ks_p_auto"], "p", relative: 1e-6)
      expect(try table.doubles("psi")[0], values["psi_own_deciles"], "psi")
      let level = try #require(try table.strings("feature").firstIndex(of: "level"))
      expect(try table.doubles("statistic")[level], values["level_chi2"], "chi2")
      expect(try table.doubles("p_value")[level], values["level_p"], "p", relative: 1e-6)
    }
    let parts = try #require(
      Self.grouped["psi_contribution_of_segment_x_level"] as? [[String: Any]])
    let bins = try run(
      """
      import drift
      current | derive both = segment + "/" + level
      | drift.explain((reference | derive both = segment + "/" + level), "both")
      """)
    let names = try bins.strings("bin")
    for part in parts {
      let name = "\(part["segment"] as? String ?? "")/\(part["level"] as? String ?? "")"
      let row = try #require(names.firstIndex(of: name))
      #expect(try bins.integers("n_reference")[row] == part["ref"] as? Int)
      #expect(try bins.integers("n_current")[row] == part["cur"] as? Int)
      expect(try bins.doubles("psi")[row], part["contribution"], name)
    }
  }

  /// The reference may be the window before or the first period: the same as with two tables.
  @Test func previousAndFirst() throws {
    let previous = try run("current | drift against previous on score over day every 7d")
    let windows = try previous.integers("window").compactMap(\.self)
    #expect(try previous.bools("drifted")[0] == nil)
    #expect(try previous.integers("n_reference")[0] == 0)
    for row in 1..<windows.count {
      let (before, start) = (windows[row - 1], windows[row])
      let pair = try run(
        """
        let t = current | derive at = bucket(day, 7d)
        let before = t | where at == bucket(@1970-01-01 + 1us * \(before), 7d)
        t | where at == bucket(@1970-01-01 + 1us * \(start), 7d)
        | drift against before on score
        """)
      #expect(try previous.doubles("statistic")[row] == pair.doubles("statistic")[0])
      #expect(try previous.doubles("psi")[row] == pair.doubles("psi")[0])
      #expect(try previous.integers("n_reference")[row] == pair.integers("n_reference")[0])
    }
    let first = try run("current | drift against first 7d on score over day every 7d")
    let pair = try run(
      """
      let start = current | summarize min(day)
      let base = current | where day < start + 7d
      current | where day >= start + 7d | drift against base on score over day every 7d
      """)
    for name in ["statistic", "p_value", "psi"] {
      #expect(try first.doubles(name) == pair.doubles(name), "\(name)")
    }
    #expect(try first.integers("window") == pair.integers("window"))
  }

  /// What a corrected p-value is: of all tests of the result.
  @Test func corrections() throws {
    let raw = try run("current | drift against reference on score, level by segment")
    let corrected = try run(
      "current | drift against reference on score, level by segment correction = \"bonferroni\"")
    let (p, q) = (try raw.doubles("p_value"), try corrected.doubles("p_corrected"))
    for (p, q) in zip(p, q) { #expect(q == p.map { min(1, $0 * 6) }) }
  }
}
