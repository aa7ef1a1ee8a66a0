import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// Arrow files and streams that other programs wrote must give what pyarrow reads from them.
@Suite struct ArrowFixtureTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/arrow")
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

  @Test func thereAreFilesOfEachKind() {
    #expect(Self.expected.count > 25)
  }
}

/// Compares a table with what another reader found in the same file.
func expectTable(_ table: Table, _ expected: ExpectedTable) throws {
  #expect(table.rowCount == expected.rows)
  let columns = try #require(expected.columns)
  #expect(table.schema.fields.map(\.name).sorted() == columns.map(\.name).sorted())
  for column in columns {
    let found = try #require(table[column.name], "\(column.name)")
    let lines = canonicalLines(found)
    #expect(found.type.description == column.type, "\(column.name)")
    #expect(fnv(lines) == column.fnv, "\(column.name): \(lines.prefix(3)), not \(column.first)")
  }
}
