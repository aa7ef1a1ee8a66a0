import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// Parquet files that other programs wrote must give what pyarrow reads from them.
@Suite struct ParquetFixtureTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/parquet")
  static let expected = (try? ExpectedTable.all(in: folder)) ?? [:]

  @Test(arguments: expected.keys.sorted())
  func aFileIsReadAsPyarrowReadsIt(_ name: String) throws {
    let expected = try #require(Self.expected[name])
    let path = Self.folder.appending(path: name).path
    if expected.error == true {
      #expect(throws: ImportError.self) { try loadAll(path) }
      return
    }
    try expectTable(try loadAll(path), expected)
  }

  @Test func thereAreFilesOfEachWriter() {
    #expect(Self.expected.count > 40)
  }
}

/// All columns of the one table of an address.
func loadAll(
  _ path: String, conditions: [ScanCondition] = [], control: RunControl = RunControl()
) throws -> Table {
  let source = try ImporterCatalog.builtin.open(OpenRequest(path: path, control: control))
  let provider = try #require(source.tables.first)
  return try provider.scan(
    ScanRequest(columns: provider.schema.fields.map(\.name), conditions: conditions),
    control: control)
}
