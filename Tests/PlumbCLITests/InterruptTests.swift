import Foundation
import Testing

/// SIGINT ends whatever is going on at once, with 130 and without a trace.
///
/// The aim is 100 ms, which `scripts/bench --interrupt` measures; the bound here leaves room for a
/// machine that has other work.
struct InterruptTests {
  private static let boundSeconds = 1.5

  /// Statements that go on until they are stopped, over a table `t` of some size.
  private static let endless: [(name: String, code: String)] = [
    ("sort", "t | sort x, -f"), ("sort of text", "t | sort s, -x"),
    ("join", "t | join t on x | count"), ("join that explodes", "t | join t on k | count"),
    ("asof", "t | asof t on x"), ("regular expression", "t | where s ~ \"^(1|2)*(3+)+$\""),
    ("window", "t | window a = mean(f), r = rank() by s sort x rows -50..0"),
    ("wide frame", "t | window m = median(f) sort x rows -5000..0"),
    ("groups", "t | summarize n = count(), m = median(f), l = list(f) by x"),
    ("distinct", "t | distinct x, s"),
    ("distinct counts", "t | summarize n = count_distinct(s) by k"),
    ("pivot", "t | derive c = x % 2000 | pivot sum(f) by c per s"), ("describe", "t | describe"),
    ("top", "t | top 3 by f per s"), ("union", "t | union t | union t"),
    ("unpivot", "t | unpivot x, k into key, value"), ("pareto", "t | pareto max(x), min(f)"),
    ("texts", "t | derive q = replace_regex(s, \"[0-9]\", \"x\") + upper(s)"),
    ("user function", "t | derive q = h(x)"), ("explode", "t | derive l = range(1000) | explode l"),
    ("list", "list_sum(map(range(1000000), fn (v) => v * 2))"),
  ]

  private static func rows(_ count: Int) -> String {
    var text = "x,f,s,k\n"
    for row in 0..<count {
      text += "\(row * 7919 % 100_003),\(Double(row * 31 % 977) / 7),s\(row * 13 % 5_003),1\n"
    }
    return text
  }

  private static let table = Result { () throws -> Scratch in
    let folder = try Scratch()
    try folder.file("t.csv", rows(Program.isDebugBuild ? 20_000 : 200_000))
    return folder
  }

  /// Waits until the program is at work in earnest, interrupts it, and looks how it ends.
  private func interrupt(
    _ program: RunningProgram, afterMilliseconds: Int, _ name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    usleep(UInt32(afterMilliseconds) * 1_000)
    let start = ContinuousClock.now
    program.send(SIGINT)
    let ended = program.finish(seconds: 30)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    #expect(ended.exitCode == 130, "\(name): \(ended)", sourceLocation: sourceLocation)
    #expect(seconds < Self.boundSeconds, "\(name)", sourceLocation: sourceLocation)
    #expect(!ended.stderr.contains("Fatal"), "\(name)", sourceLocation: sourceLocation)
  }

  @Test(arguments: endless.map(\.name)) func operations(_ name: String) throws {
    let folder = try Self.table.get()
    let code = try #require(Self.endless.first { $0.name == name }?.code)
    for round in 0..<(Program.isLong ? 20 : 1) {
      let program = try Program.start(
        [
          "t.csv", "--timing", "-c",
          """
          def h(x) { var n = 0; while n < 10 { n = n + 1 }; return n }
          print("go")
          while true { let r = \(code) }
          """,
        ], folder: folder.path)
      #expect(program.wait { _, error in error.contains("line 2:") })
      interrupt(program, afterMilliseconds: 60 + round * 37 % 400, name)
    }
  }

  @Test(arguments: [
    "var n = 0\nwhile true { n = n + 1 }", "var l = [1]\nwhile true { l = append(l, 1) }",
    "var l = [1]\nwhile true { if length(l) < 100000 { l = l + l } else { l = [1] } }",
    "var s = \"a\"\nwhile true { if length(s) < 1000000 { s = s + s } else { s = \"a\" } }",
    "1\nfor i in 0..9999999 { let x = i }",
    "def f(n) { if n < 2 { return 1 }; return f(n - 1) + f(n - 2) }\nf(60)",
  ])
  func loops(_ code: String) throws {
    let program = try Program.start(["--timing", "-c", code])
    #expect(program.wait { _, error in error.contains("line 1:") })
    interrupt(program, afterMilliseconds: 80, code)
  }

  /// Sources are opened before the program runs; a CSV or JSON file is read then.
  @Test(arguments: ["csv", "jsonl"]) func loading(_ kind: String) throws {
    let folder = try Scratch()
    var text = kind == "csv" ? "a,b,c\n" : ""
    for row in 0..<400_000 {
      text +=
        kind == "csv"
        ? "\(row),\(Double(row) / 7),s\(row % 1003)\n"
        : "{\"a\":\(row),\"b\":\(Double(row) / 7),\"c\":\"s\(row % 1003)\"}\n"
    }
    try folder.file("t.\(kind)", text)
    // So many that no machine has read them all when the interruption comes.
    let copies = (0..<200).map { "t\($0).\(kind)" }
    for copy in copies {
      try FileManager.default.createSymbolicLink(
        atPath: folder / copy, withDestinationPath: folder / "t.\(kind)")
    }
    for milliseconds in [60, 150] {
      let program = try Program.start(copies + ["-c", "t0 | count"], folder: folder.path)
      interrupt(program, afterMilliseconds: milliseconds, kind)
    }
  }

  @Test func loadingHistory() throws {
    let folder = try Scratch()
    var code = "print(1)\n"
    for copy in 0..<300 {
      try FileManager.default.createSymbolicLink(
        atPath: folder / "m\(copy).db", withDestinationPath: Scratch.store)
      code += "open \"m\(copy).db\" as m\(copy)\nlet h\(copy) = m\(copy).metrics\n"
    }
    let program = try Program.start(["--timing", "-c", code], folder: folder.path)
    #expect(program.wait { _, error in error.contains("line 3:") })
    interrupt(program, afterMilliseconds: 40, "SQLite")
  }

  @Test(arguments: ["csv", "json", "table"]) func writing(_ format: String) throws {
    let folder = try Scratch()
    try folder.file("out", "before\n")
    let program = try Program.start(
      ["-c", "let t = table([{a: 1}]) | derive a = range(3000000) | explode a; print(1); t"]
        + ["-f", format, "-o", "out"], folder: folder.path)
    while !folder.names.contains(where: { $0.hasPrefix("out.part") }) { usleep(1_000) }
    interrupt(program, afterMilliseconds: 300, format)
    #expect(folder.names == ["out"] && folder.text("out") == "before\n")
    // A reader that takes nothing.
  }

  /// A reader that takes nothing: the program waits in a write.
  @Test func writingToAFullPipe() throws {
    let line = String(repeating: "x", count: 1_000)
    let program = try Program.start(["-c", "while true { print(\"\(line)\") }"])
    interrupt(program, afterMilliseconds: 800, "a full pipe")
  }

  @Test func saving() throws {
    let folder = try Scratch()
    let program = try Program.start(
      [
        "--timing", "-c",
        "let t = table([{a: 1}]) | derive a = range(3000000) | explode a\nt | save \"out.csv\"",
      ], folder: folder.path)
    #expect(program.wait { _, error in error.contains("line 1:") })
    interrupt(program, afterMilliseconds: 20, "save")
    #expect(folder.names == [])
  }

  /// The second signal does not wait for anything.
  @Test func twice() throws {
    let program = try Program.start(["--timing", "-c", "1\nwhile true { let x = 1 }"])
    #expect(program.wait { _, error in error.contains("line 1:") })
    program.send(SIGINT)
    program.send(SIGTERM)
    let code = program.finish(seconds: 30).exitCode
    #expect(code == 130 || code == 143)
  }
}
