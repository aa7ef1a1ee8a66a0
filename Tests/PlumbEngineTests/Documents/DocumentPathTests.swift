import Foundation
import Testing

/// What documents point to is there.
@Suite struct DocumentPathTests {
  private static let root = GoldenDocumentTests.root

  /// Names of files and folders in code quotes, as `Sources/README.md` writes them.
  @Test func pathsInTheSourcesPageExist() throws {
    let text = try String(
      contentsOf: Self.root.appendingPathComponent("Sources/README.md"), encoding: .utf8)
    let quoted = text.split(separator: "`", omittingEmptySubsequences: false)
    var count = 0
    for (index, part) in quoted.enumerated() where index % 2 == 1 {
      guard part.contains("/"), part.allSatisfy(Self.isPath) else { continue }
      count += 1
      let isThere = ["", "Sources/"].contains { base in
        FileManager.default.fileExists(atPath: Self.root.appendingPathComponent(base + part).path)
      }
      #expect(isThere, "Sources/README.md names \(part)")
    }
    #expect(count > 50)
  }

  /// Every target of the package has its row.
  @Test func targetsInTheSourcesPageAreComplete() throws {
    let page = try String(
      contentsOf: Self.root.appendingPathComponent("Sources/README.md"), encoding: .utf8)
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appendingPathComponent("Sources").path)
    for folder in folders where folder.hasPrefix("Plumb") {
      #expect(page.contains("`\(folder)`"), "\(folder)")
    }
  }

  @Test(arguments: ["README.md", "Sources/README.md"])
  func linksLeadSomewhere(_ path: String) throws {
    let url = Self.root.appendingPathComponent(path)
    let text = try String(contentsOf: url, encoding: .utf8)
    for match in text.matches(of: /\]\(([^)]+)\)/) where !match.1.contains("://") {
      let target = url.deletingLastPathComponent().appendingPathComponent(String(match.1))
      #expect(FileManager.default.fileExists(atPath: target.path), "\(path) links \(match.1)")
    }
  }

  /// The pages that the catalogue links to are in it.
  @Test func linksOfTheCatalogueLeadSomewhere() throws {
    let catalogue = Self.root.appendingPathComponent("Sources/PlumbEngine/PlumbEngine.docc")
    let files = try #require(FileManager.default.enumerator(atPath: catalogue.path))
      .compactMap { $0 as? String }.filter { $0.hasSuffix(".md") }
    let names = Set(
      files.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent })
    #expect(names.count == files.count)
    for file in files {
      let text = try String(
        contentsOf: catalogue.appendingPathComponent(file), encoding: .utf8)
      for match in text.matches(of: /<doc:([^>]+)>/) {
        #expect(names.contains(String(match.1)), "\(file) links \(match.1)")
      }
    }
  }

  private static func isPath(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "/._+-".contains(character)
  }
}
