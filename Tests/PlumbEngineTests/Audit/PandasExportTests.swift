import Foundation
import PlumbAudit
import PlumbEngine
import Testing

/// Tables as pandas exports them are the same tables.
@Suite struct PandasExportTests {
  private static let folder = ExperimentsModuleTests.repository
    .appendingPathComponent("Tests/Fixtures/governance/pandas")

  private static let expected = Result { try Portfolio.healthy().audit() }

  @Test(arguments: ["parquet", "ndjson"])
  func theyAreAuditedAlike(ending: String) throws {
    var portfolio = try Portfolio.healthy()
    for file in try FileManager.default.contentsOfDirectory(
      at: Self.folder, includingPropertiesForKeys: nil)
    where file.pathExtension == ending {
      portfolio.exports[file.deletingPathExtension().lastPathComponent] = file
    }
    #expect(portfolio.exports.count == (ending == "parquet" ? 15 : 6))
    let expected = try Self.expected.get()
    let report = try portfolio.audit()
    for result in expected.results {
      // It goes by the times of the files.
      guard result.definition.id != "AUD-01" else { continue }
      let found = report[result.definition.id]
      #expect(found?.outcome == result.outcome, "\(result.definition.id): \(found?.reason ?? "")")
      #expect(found?.scopeCount == result.scopeCount, "\(result.definition.id)")
    }
  }

  /// An empty file of lines is a table without rows, with the columns that audits know.
  @Test func aFileWithoutLinesIsAnEmptyTable() throws {
    let session = Session()
    try session.open(Self.folder.appendingPathComponent("waivers.ndjson").path)
    #expect(session.tableNames == ["waivers"])
    #expect(try session.run("waivers | select id, check, expires | count").count == 1)
  }
}
