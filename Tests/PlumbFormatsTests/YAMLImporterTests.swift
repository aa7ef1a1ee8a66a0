import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// Records in YAML, and the front matter of model cards.
@Suite struct YAMLImporterTests {
  static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/governance")

  private func table(_ text: String, name: String = "t.yaml") throws -> Table {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("\(UUID().uuidString)-\(name)")
    try text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let source = try ImporterCatalog.builtin.open(OpenRequest(path: file.path))
    let provider = try #require(source.tables.first)
    return try provider.scan(
      ScanRequest(columns: provider.schema.fields.map(\.name)), control: RunControl())
  }

  @Test func scalarsHaveTheirTypes() throws {
    let found = try table(
      """
      - {a: 1, b: 1.5, c: true, d: "1", e: 2026-06-01, f: ~, g: 007, h: [x, y], i: {j: 2}}
      - {a: 2, b: .nan, c: false, d: '', e: 2026-06-02, g: 008, h: [], i: {j: 3}}
      """)
    let types = Dictionary(
      uniqueKeysWithValues: found.schema.fields.map { ($0.name, $0.type) })
    #expect(types["a"] == .int && types["b"] == .float && types["c"] == .bool)
    #expect(types["d"] == .string && types["e"] == .timestamp && types["g"] == .string)
    #expect(types["h"] == .list(.string) && types["i.j"] == .int)
    #expect(found["g"]?.value(at: 0) == .string("007"))
  }

  @Test(arguments: [
    ("a: 1\n", 1), ("waivers:\n- a: 1\n- a: 2\n", 2), ("a: 1\n---\na: 2\n", 2), ("[]\n", 0),
    ("", 0),
  ])
  func rowsOfDocuments(text: String, count: Int) throws {
    #expect(try table(text).rowCount == count)
  }

  @Test func frontMatterOfACard() throws {
    let found = try table("---\nmodel: churn\nlicense: mit\n---\n# Churn\n", name: "card.md")
    #expect(found["model"]?.value(at: 0) == .string("churn"))
    #expect(found["file"] != nil)
  }

  @Test(arguments: [
    ("a: [1\n", "t.yaml", "cannot be read as YAML"),
    ("- 1\n", "t.yaml", "other things than records"),
    ("a: &x 1\nb: *x\n", "t.yaml", "alias"), ("# no matter\n", "card.md", "no front matter"),
  ])
  func mistakesAreTold(text: String, name: String, message: String) {
    #expect {
      try table(text, name: name)
    } throws: { error in
      (error as? ImportError)?.message.contains(message) == true
    }
  }
}
