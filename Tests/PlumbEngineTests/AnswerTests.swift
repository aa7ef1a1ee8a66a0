import Foundation
import PlumbEngine
import Testing

/// Answers that were once wrong, from the program's text to what is shown.
@Suite struct AnswerTests {
  private static let params = """
    let params = table([{key: "lr", value: "0.5"}, {key: "model", value: "mlp"}, \
    {key: "lr", value: "1.5"}])

    """

  /// Texts of other keys need not parse.
  @Test(arguments: [
    (#"params | summarize mean(float(value), where = key == "lr")"#, "1.0"),
    (#"params | pivot max(float(value)) by key in ["lr"]"#, "1.5"),
    (
      #"params | window m = sum(float(value), where = key == "lr") rows ..0 | tail 1 | select m"#,
      "2.0"
    ),
    (#"params | summarize mean(float(value))"#, #"error: "mlp" is not a float, in row 2"#),
  ])
  func whereSparesArguments(_ code: String, _ expected: String) {
    #expect(ExampleRun.printed(Self.params + code) == expected)
  }

  @Test(arguments: [
    ("table([{nan: 1}, {nan: 0}]) | where nan > 0 | count", "1"),
    ("table([{inf: 2}]) | select x = inf + 1", "3"),
    ("table([{x: nan}, {x: inf}, {x: 1.0}]) | where x == inf | count", "1"),
    ("let nan = 5; nan", "5"),
    ("-inf", "-Infinity"),
    ("table([{x: 1}]) | select y = `nan`", "error: unknown column `nan`"),
  ])
  func nanAndInfAreNotReserved(_ code: String, _ expected: String) {
    #expect(ExampleRun.printed(code) == expected)
  }

  @Test(arguments: [
    (#"table([{t: @2026-11-23}, {t: null}]) | select x = f"{t:%Y}" | tail 1"#, "null"),
    (#"table([{x: 0.5}, {x: null}]) | select y = f"{x:.1f}" | tail 1"#, "null"),
    (#"for r in table([{t: @2026-11-23}]) | where false { print("") }; f"{0.25:.0%}""#, "25%"),
  ])
  func formatsOfNull(_ code: String, _ expected: String) {
    #expect(ExampleRun.printed(code) == expected)
  }

  /// Two sources with a table of one name: the later one's is meant, and it is said.
  @Test func aHiddenTableIsReported() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let session = Session()
    for (name, rows) in [("a", "1\n"), ("b", "1\n2\n")] {
      let place = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      let file = place.appendingPathComponent("runs.csv")
      try "x\n\(rows)".write(to: file, atomically: true, encoding: .utf8)
      try session.open(address: file.path)
      try session.open(address: file.path)
    }
    #expect(session.warnings.count == 1)
    #expect(
      session.warnings.first?.hasPrefix(
        "`runs` of `\(folder.path)/b/runs.csv` hides what `\(folder.path)/a/runs.csv` has") == true)
  }
}
