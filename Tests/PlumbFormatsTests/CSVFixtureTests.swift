import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// Files that other programs wrote must give the types and values that went into them.
@Suite struct CSVFixtureTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/csv")

  private struct Expected {
    var names: [String]
    var types: [String]
    var rows: [[Value]]
  }

  @Test(arguments: [
    "duckdb.csv", "pandas.csv", "polars.csv", "python-bom.csv", "python-excel.csv",
    "python-pipe.csv", "python-semicolon.csv", "python-tab.tsv", "python-unix.csv",
    "python-utf16.csv",
  ])
  func aFileOfAnotherProgramIsRead(_ name: String) throws {
    let expected = try expectation(name)
    let source = try ImporterCatalog.builtin.open(
      OpenRequest(path: Self.folder.appending(path: name).path))
    let provider = try #require(source.tables.first)
    #expect(provider.schema.fields.map(\.name) == expected.names)
    #expect(provider.schema.fields.map(\.type.description) == expected.types)
    #expect(provider.name == name.prefix { $0 != "." })
    let table = try provider.scan(
      ScanRequest(columns: expected.names), control: RunControl())
    #expect(table.rowCount == expected.rows.count)
    for row in 0..<table.rowCount {
      #expect(table.row(row) == expected.rows[row], "row \(row)")
    }
    #expect(source.warnings.isEmpty == (name != "python-utf16.csv"), "\(source.warnings)")
  }

  private func expectation(_ name: String) throws -> Expected {
    let text = try String(
      contentsOf: Self.folder.appending(path: "expected.json"), encoding: .utf8)
    guard case .record(let files) = try JSONText.parse(text),
      case .record(let fields)? = files.first(where: { $0.name == name })?.value
    else { throw CocoaError(.fileReadCorruptFile) }
    let whole = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let file = try #require((whole as? [String: Any])?[name] as? [String: Any])
    let names = try #require(file["names"] as? [String])
    let types = try #require(file["types"] as? [String])
    let rows = try #require(file["rows"] as? [[Any]])
    #expect(fields.map(\.name) == ["names", "types", "rows"])
    return Expected(
      names: names, types: types,
      rows: rows.map { row in zip(row, types).map { Self.value($0, $1) } })
  }

  private static func value(_ json: Any, _ type: String) -> Value {
    switch (json, type) {
    case (let special as [String: String], _):
      .float(special["float"] == "nan" ? .nan : special["float"] == "inf" ? .infinity : 0)
    case (let text as String, _): .string(text)
    case (let number as NSNumber, "int"): .int(number.intValue)
    case (let number as NSNumber, "float"): .float(number.doubleValue)
    case (let number as NSNumber, "bool"): .bool(number.boolValue)
    case (let number as NSNumber, "timestamp"): .timestamp(number.intValue)
    default: .null
    }
  }
}
