import Foundation
import Testing

/// `--memory-limit` ends a run with an error before the process has taken much more.
@Suite(.enabled(if: !Program.isDebugBuild || Program.isLong), .serialized)
struct MemoryLimitTests {
  private static let limitMegabytes = 128
  /// The program itself, what lies between two looks at the count, and what the allocator keeps.
  private static let slackMegabytes = 128

  private func expectLimit(
    _ ended: Ended, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let comment: Comment = "\(name): \(ended.peakBytes >> 20) MB, \(ended.stderr.prefix(500))"
    #expect(ended.exitCode == 3, comment, sourceLocation: sourceLocation)
    #expect(ended.stdout == "" || ended.stdout == "go\n", comment, sourceLocation: sourceLocation)
    #expect(ended.errorCount == 1, comment, sourceLocation: sourceLocation)
    #expect(
      ended.stderr.contains("the memory limit of \(Self.limitMegabytes) MiB was reached"), comment,
      sourceLocation: sourceLocation)
    #expect(
      ended.peakBytes < (Self.limitMegabytes + Self.slackMegabytes) << 20, comment,
      sourceLocation: sourceLocation)
  }

  private func run(_ arguments: [String], _ folder: Scratch? = nil) throws -> Ended {
    try Program.start(
      arguments + ["--memory-limit", "\(Self.limitMegabytes)M"], folder: folder?.path
    ).finish(seconds: 120)
  }

  /// Two million rows of two columns, which the limit has room for.
  private static let table = """
    let t = table([{x: 0}]) | derive x = range(1000000) | explode x | derive f = x * 0.5

    """

  @Test(arguments: [
    "t | join t on (x // 1000) == (x // 1000)", "t | derive k = 1 | join (t | derive k = 1) on k",
    "t | derive a = x + 1, b = x + 2, c = f + 1, d = f * 2, e = x * 3, g = f * 9, h = x * 7, i = f - 1 | sort -a, b",
    "t | summarize a = list(x), b = list(f), c = list(x + 1), d = list(f * 2), e = list(x), g = list(string(x)) by k = x // 3",
    "t | summarize a = median(f), b = quantile(f, 0.1), c = list(f), d = count_distinct(x), e = mode(x), g = count_distinct(f) by x",
    "t | window a = lag(x), b = lead(f), c = cumsum(f), d = diff(f), e = mean(f), g = sum(x), h = max(f), i = min(f), j = rank(), k = mean(x) by g = x % 1000 sort -x rows -5..0",
    "t | derive c = x % 3000 | pivot sum(f) by c per x",
    "t | derive s = f\"{x} and some longer text that differs from row to row {f}\" | sort s",
    "t | derive l = range(1000) | explode l",
    "t | unpivot x, f into key, value | union t | union t | union t | union t",
    "t | distinct x, f | distinct f, x | derive a = x + 1, b = x + 2, c = f + 1, d = f * 2, e = x * 3, g = f * 9, h = x * 7",
  ])
  func operations(_ pipeline: String) throws {
    expectLimit(
      try run(["-c", Self.table + "let r = " + pipeline]), pipeline)
  }

  @Test(arguments: [
    "var l = [1]\nwhile true { l = l + l }",
    "var l = [\"a\"]\nvar n = 0\nwhile true { n = n + 1; l = l + [repeat(f\"{n}\", 100000)] }",
    "var s = \"a\"\nvar l = [s]\nwhile true { if length(s) < 1000000 { s = s + s }; l = append(l, s + string(length(l))) }",
    "var t = table([{a: 1}])\nwhile true { t = t | union t }",
    "let a = range(9000000)\nlet b = map(a, fn (v) => v + 1)\nlet c = map(b, fn (v) => string(v))\nlet d = map(c, fn (v) => v + v)",
    "var l = [{a: 1, b: \"x\"}]\nwhile true { l = l + l }",
  ])
  func accumulation(_ code: String) throws {
    expectLimit(try run(["-c", code]), code)
  }

  @Test func manyVariables() throws {
    var code = ""
    for index in 0..<60 {
      code += "let t\(index) = table([{x: 0}]) | derive x = range(1000000) | explode x\n"
    }
    expectLimit(try run(["-c", code]), "let")
  }

  @Test func loading() throws {
    let folder = try Scratch()
    var (csv, json) = ("a,b,c\n", "")
    for row in 0..<3_000_000 {
      csv += "\(row),\(Double(row) / 7),some text \(row)\n"
      if row < 1_500_000 {
        json += "{\"a\":\(row),\"b\":\(Double(row) / 7),\"c\":\"some text \(row)\"}\n"
      }
    }
    try folder.file("t.csv", csv)
    try folder.file("j.jsonl", json)
    expectLimit(try run(["t.csv", "-c", "t | count"], folder), "CSV")
    expectLimit(try run(["-c", "let a = read(\"j.jsonl\")"], folder), "JSON")
    // One value that never ends.
    try folder.file("one.csv", "a\n\"" + String(repeating: "x", count: 300_000_000) + "\"\n")
    expectLimit(try run(["one.csv", "-c", "one | count"], folder), "one cell")
  }

  /// What fits is not disturbed, and a limit is no wish: it is reached again and again.
  @Test func whatFits() throws {
    let ended = try run([Scratch.store, "-c", "metrics | summarize n = count() | take 1", "-fcsv"])
    #expect(ended.exitCode == 0 && ended.stderr == "")
    let loop = try run(
      ["-c", Self.table + "var n = 0\nwhile n < 30 { n = n + 1; let r = t | sort -x }\nn"])
    expectOutput(loop, "30\n")
  }

  @Test func history() throws {
    let folder = try Scratch()
    var code = ""
    for copy in 0..<400 {
      try FileManager.default.createSymbolicLink(
        atPath: folder / "m\(copy).db", withDestinationPath: Scratch.store)
      code += "open \"m\(copy).db\" as m\(copy)\nlet h\(copy) = m\(copy).metrics\n"
    }
    expectLimit(try run(["-c", code], folder), "SQLite")
  }
}
