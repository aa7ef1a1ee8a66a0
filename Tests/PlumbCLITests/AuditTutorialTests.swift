import Foundation
import Testing

/// What the tutorial of audits tells to type.
struct AuditTutorialTests {
  /// The first block of code after some words of the tutorial.
  private func block(after words: String) throws -> String {
    let page = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/PlumbEngine/PlumbEngine.docc/AuditingModels.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let start = try #require(text.range(of: words), "\(words)")
    let fence = try #require(text.range(of: "\n```", range: start.upperBound..<text.endIndex))
    let first = try #require(text.range(of: "\n", range: fence.upperBound..<text.endIndex))
    let end = try #require(text.range(of: "\n```", range: first.lowerBound..<text.endIndex))
    return String(text[first.upperBound..<end.lowerBound]) + "\n"
  }

  @Test func theRulesOfTheTutorialPassTheirTests() throws {
    let folder = try Scratch()
    #expect(
      Scratch.shell(
        "cd '\(folder.path)' && mkdir -p rules/fixtures/own-01/pass rules/fixtures/own-01/fail"))
    for file in [
      "rules/own.plumb", "rules/fixtures/own-01/pass/models.csv",
      "rules/fixtures/own-01/fail/models.csv",
    ] {
      try folder.file(file, block(after: "`\(file)`:"))
    }
    let ended = try Program.run("test", "rules/", folder: folder.path)
    #expect(ended.exitCode == 0)
    #expect(try ended.stdout == block(after: "a check has no `pass` or"))
  }
}
