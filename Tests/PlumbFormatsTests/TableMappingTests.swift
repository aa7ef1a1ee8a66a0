import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// Mappings, on samples of the exports that they are for.
@Suite struct TableMappingTests {
  static let mappings = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("stdlib/mappings")

  private func rows(_ file: String, _ name: String) throws -> [[String: Value]] {
    let text = try String(
      contentsOf: Self.mappings.appendingPathComponent("\(name).yaml"), encoding: .utf8)
    let source = try MappedSource.open(
      OpenRequest(path: YAMLImporterTests.fixtures.appendingPathComponent(file).path),
      mappings: [try TableMapping(yaml: text, name: name)], importers: .builtin)
    let provider = try #require(source.tables.first)
    let table = try provider.scan(
      ScanRequest(columns: provider.schema.fields.map(\.name)), control: RunControl())
    return (0..<table.rowCount).map { row in
      Dictionary(uniqueKeysWithValues: zip(table.schema.fields.map(\.name), table.row(row)))
    }
  }

  @Test func githubDeployments() throws {
    let rows = try rows("github-deployments.json", "github-deployments")
    #expect(rows.map { $0["model_id"] } == [.string("churn"), .string("churn")])
    #expect(rows.map { $0["version"] } == [.int(3), .int(2)])
    #expect(rows.map { $0["status"] } == [.string("succeeded"), .string("succeeded")])
    #expect(rows.map { $0["actor_type"] } == [.string("human"), .string("automation")])
    #expect(rows[0]["ended_at"] == .null && rows[1]["ended_at"] != .null)
  }

  @Test func githubReviewsWithoutComments() throws {
    let rows = try rows("github-reviews.json", "github-reviews")
    #expect(rows.count == 1 && rows[0]["decision"] == .string("approved"))
    #expect(rows[0]["decided_by"] == .string("octocat"))
  }

  @Test func openLineageEventsOfARunAreOneRow() throws {
    let rows = try rows("openlineage.ndjson", "openlineage")
    #expect(rows.map { $0["status"] } == [.string("succeeded"), .string("running")])
    #expect(rows[0]["end_at"] != .null && rows[1]["end_at"] == .null)
  }

  @Test func examples() throws {
    let pages = try rows("pagerduty.json", "pagerduty")
    #expect(pages.map { $0["severity"] } == [.int(2), .int(3)])
    let history = try rows("argocd.json", "argocd")
    #expect(history.map { $0["model_id"] } == [.string("churn"), .string("churn")])
    #expect(history.map { $0["actor_type"] } == [.null, .string("automation")])
    let services = try rows("kserve.json", "kserve")
    #expect(services[0]["model_id"] == .string("churn"))
    #expect(services[0]["status"] == .string("succeeded"))
    #expect(try rows("servicenow.json", "servicenow")[0]["detected_by"] == .string("monitor"))
  }

  @Test func everyMappingOfTheLibraryReads() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.mappings.path)
    for name in names {
      let text = try String(
        contentsOf: Self.mappings.appendingPathComponent(name), encoding: .utf8)
      _ = try TableMapping(yaml: text, name: name)
    }
    #expect(names.count >= 8)
  }

  @Test(arguments: [
    ("[]", "is no map"), ("table: t", "has no `columns`"), ("columns: {a: b}", "names no `table`"),
    ("table: t\ncolumns: {a: {}}", "neither `path` nor `value`"),
    ("table: t\ncolums: {a: b}", "has no member `colums`"),
    ("table: t\ncolumns: {a: {pth: b}}", "has no member `pth`"),
    ("table: t\ncolumns: {a: 'b..c'}", "is no path"),
    ("table: t\ncolumns: {a: b, c: d, a: e}", "names the column `a` twice"),
    ("table: t\ncolumns: {key: b}\nunpivot: {}", "names the column `key` twice"),
    ("table: t\ncolumns: {a: b}\nrecognize: 'b..c'", "is no path"),
  ])
  func mistakesAreTold(text: String, message: String) {
    #expect {
      try TableMapping(yaml: text, name: "own.yaml")
    } throws: { error in
      (error as? ImportError)?.message.contains(message) == true
    }
  }
}
