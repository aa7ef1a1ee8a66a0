import Foundation
import PlumbDiagnostics
import PlumbSyntax
import Testing

/// Runs every program of `Tests/Golden` and compares what it shows with its file, then runs it in
/// other ways that must show the same.
///
/// With `PLUMB_RECORD` set, expectations that differ are rewritten, and the test fails so that
/// the recording is looked at.
@Suite struct GoldenTests {
  private static let isRecording = ProcessInfo.processInfo.environment["PLUMB_RECORD"] != nil

  @Test func goldensAreThere() { #expect(GoldenProgram.all.count > 0) }

  @Test(arguments: GoldenProgram.all) func shows(_ name: String) throws {
    let golden = try GoldenProgram(name)
    let usual = try run(golden, golden.text, .usual)
    let actual = golden.text(recording: usual)
    if actual != golden.text {
      if Self.isRecording {
        try record(golden)
      } else {
        Issue.record("\(name) shows something else\n\(difference(golden.text, actual))")
      }
    }
    for configuration in GoldenConfiguration.others
    where !golden.directives.skippedConfigurations.contains(configuration.name) {
      let other = try run(golden, golden.text, configuration)
      let recorded = golden.text(recording: other)
      if recorded != actual {
        Issue.record("\(name), \(configuration.name)\n\(difference(actual, recorded))")
      }
    }
    try checkFormatting(golden, usual)
  }

  private func run(
    _ golden: GoldenProgram, _ text: String, _ configuration: GoldenConfiguration
  ) throws -> Transcript {
    let name = golden.url.lastPathComponent
    return try GoldenRun(golden)
      .transcript(of: GoldenProgram.program(of: text), name: name, configuration)
  }

  /// Formatting keeps the meaning and the comments, and doing it again changes nothing.
  private func checkFormatting(_ golden: GoldenProgram, _ usual: Transcript) throws {
    guard case .success(let once) = format(file(golden.text)) else { return }
    guard case .success(let twice) = format(file(once)) else {
      Issue.record("\(golden) does not parse any more when it is formatted\n\(once)")
      return
    }
    if once != twice {
      Issue.record("\(golden) changes when it is formatted again\n\(difference(once, twice))")
    }
    #expect(tree(once) == tree(golden.text), "\(golden) formatted")
    #expect(comments(once) == comments(golden.text), "\(golden) formatted")
    guard !golden.directives.skippedConfigurations.contains("formatted") else { return }
    let formatted = try run(golden, once, .usual)
    let (expected, actual) = (usual.linesWithoutPlaces, formatted.linesWithoutPlaces)
    if expected != actual {
      Issue.record("\(golden), formatted\n\(difference(expected, actual))")
    }
  }

  /// Rewrites the file. Places move with the lines above them, hence more than one round.
  private func record(_ golden: GoldenProgram) throws {
    for _ in 0..<4 {
      let present = try GoldenProgram(golden.description)
      let text = present.text(recording: try run(present, present.text, .usual))
      if text == present.text { break }
      try text.write(to: golden.url, atomically: true, encoding: .utf8)
    }
    Issue.record("\(golden) was recorded; look at what `git diff` shows")
  }

  private func file(_ text: String) -> SourceFile { SourceFile(name: "golden.plumb", text: text) }

  private func tree(_ text: String) -> String {
    var diagnostics = Diagnostics()
    return treeText(parse(file(text), diagnostics: &diagnostics))
  }

  private func comments(_ text: String) -> [String] {
    var diagnostics = Diagnostics()
    let file = file(text)
    return lex(file, diagnostics: &diagnostics).comments.map {
      file.text($0.range).trimmingCharacters(in: .whitespaces)
    }
  }
}

/// The lines that differ, `-` for the expected and `+` for the actual ones, with their numbers.
private func difference(_ expected: String, _ actual: String) -> String {
  difference(
    expected.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
    actual.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
}

private func difference(_ expected: [String], _ actual: [String]) -> String {
  let changes = actual.difference(from: expected).map { change -> (line: Int, text: String) in
    switch change {
    case .remove(let offset, let line, _): (offset, "\(offset + 1) - \(line)")
    case .insert(let offset, let line, _): (offset, "\(offset + 1) + \(line)")
    }
  }
  return changes.sorted { ($0.line, $1.text) < ($1.line, $0.text) }.map(\.text)
    .joined(separator: "\n")
}
