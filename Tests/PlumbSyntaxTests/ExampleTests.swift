import Foundation
import PlumbDiagnostics
import PlumbSyntax
import Testing

/// The programs of `Tests/Fixtures/examples`.
enum Examples {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/examples")

  static let all: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path())
    return (names ?? []).filter { $0.hasSuffix(".plumb") }.sorted()
  }()

  static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }
}

@Suite struct ExampleTests {
  @Test func examplesAreThere() {
    #expect(Examples.all.count >= 3)
  }

  @Test(arguments: Examples.all) func parses(_ name: String) throws {
    let parsed = Parsed(try Examples.text(name))
    #expect(parsed.rendered == "")
    #expect(!parsed.tree.contains("malformed"))
  }

  @Test(arguments: Snippets.all) func snippetParses(_ snippet: String) {
    #expect(Parsed(snippet).rendered == "")
  }
}
