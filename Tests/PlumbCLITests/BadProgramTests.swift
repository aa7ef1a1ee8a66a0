import Foundation
import PlumbColumnsTesting
import Testing

/// Programs that nobody means: one clear error each, with its place, and soon.
struct BadProgramTests {
  private static let depth = 100_000

  private func run(_ text: String) throws -> Ended {
    let folder = try Scratch()
    try folder.file("s.plumb", text)
    let ended = try Program.start(["run", "s.plumb"], folder: folder.path).finish(seconds: 120)
    #expect(!ended.isLate)
    #expect(ended.stderr.utf8.count < 20_000)
    return ended
  }

  private static func nested(_ open: String, _ close: String = "") -> String {
    String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
  }

  @Test(arguments: [
    ("(", ")"), ("[", "]"), ("{a: ", "}"), ("-", ""), ("not ", ""), ("if true then ", " else 2"),
    ("if ", ""), ("f\"{", "}\""), ("2 ** ", ""), ("1 + ", ""), ("1 ?? ", ""), ("abs(", ")"),
    ("fn (x) => ", ""), ("case { true: ", "}"), ("if true { ", " }"), ("[1][", "]"),
    ("while true { ", " }"), ("(runs | where ", ")"),
  ])
  func nesting(_ open: String, _ close: String) throws {
    expectError(try run(Self.nested(open, close)), 2, "s.plumb:1:", "levels")
    // Without the other half.
    #expect(try run(String(repeating: open, count: Self.depth)).exitCode == 2)
  }

  @Test func longChains() throws {
    expectError(try run("a" + String(repeating: ".b", count: Self.depth)), 2, "levels")
    expectError(try run("[1]" + String(repeating: "[0]", count: Self.depth)), 2, "levels")
    // What needs no depth has no such limit.
    let all = String(repeating: "true and ", count: Self.depth) + "true"
    expectOutput(try run(all), "true\n")
    let branches = String(repeating: " else if false { 1 }", count: 2_000)
    expectOutput(try run("if false { 1 }" + branches + " else { print(2) }"), "2\n")
  }

  @Test func aLineOfTenMegabytes() throws {
    let size = Program.isDebugBuild ? 1_000_000 : 10_000_000
    let x = String(repeating: "x", count: size)
    expectOutput(try run("# \(x)\nprint(1)"), "1\n")
    expectOutput(try run("length('\(x)')"), "\(size)\n")
    expectError(try run("let a = 1; \(x)"), 2, "s.plumb:1:12", "unknown name `xxx")
    expectError(try run(String(repeating: "7", count: size)), 2, "s.plumb:1:1", "64 bits")
    expectError(try run("'\(x)"), 2, "s.plumb:1:1")
    expectError(try run("let a = 1 \(x) 2"), 2, "s.plumb:1:11")
    expectError(try run("let a = " + String(repeating: "1 + ", count: size / 4) + "1"), 2, "levels")
  }

  @Test func binaryJunk() throws {
    let folder = try Scratch()
    let seed = propertySeed()
    var generator = SeededGenerator(seed: seed)
    for round in 0..<20 {
      let bytes = (0..<3_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
      try folder.file("junk.plumb", bytes)
      let ended = try Program.run("run", "junk.plumb", folder: folder.path)
      expectError(ended, 2, "junk.plumb:")
      #expect(ended.errorCount == 1, "seed \(seed), round \(round)")
    }
    try folder.file("program.plumb", Data(contentsOf: URL(fileURLWithPath: "/bin/sh")))
    expectError(try Program.run("run", "program.plumb", folder: folder.path), 2, "program.plumb:1")
    let store = try Program.run("run", Scratch.store)
    expectError(store, 2, "mlflow.db:1")
    try folder.file("nul.plumb", "let a\0 = 1\n")
    expectError(
      try Program.run("run", "nul.plumb", folder: folder.path), 2, "nul.plumb:1:6", "U+0000")
  }

  @Test func recursionWithoutEnd() throws {
    for text in [
      "def f(n) { return f(n + 1) }\nf(1)", "def f(n) = f(n + 1)\nf(1)",
      "def f(n) = g(n + 1)\ndef g(n) = f(n + 1)\nf(1)",
      "def f(t) = f(t | take 1)\nf(table([{a: 1}]))",
      "def f(n) { if n > 1000000 { return 1 }; return f(n + 1) }\ntable([{a: 1}]) | derive b = f(a)",
    ] {
      expectError(try run(text), 3, "calls itself", "s.plumb:")
    }
  }

  @Test func mistakes() throws {
    for (text, phrases) in [
      ("table([{val_auc: 1}]) | where val_acu > 1", ["unknown column `val_acu`", "`val_auc`"]),
      ("medain(1)", ["unknown function `medain`", "`median`"]),
      ("table([{a: 1}]) | where a == \"x\"", ["s.plumb:1:"]),
      ("table([{a: 1}]) | where a = 1", ["=="]),
      ("table([{a: 1}]) | filter a > 1", ["where"]),
      ("runs | count", ["unknown table `runs`", "no source is open"]),
      ("let a = \"unclosed", ["s.plumb:1:9"]), ("1 +", ["ends here"]), (")", ["s.plumb:1:1"]),
      ("import nothing", ["no module `nothing`"]), ("open \"*.none\"", ["no file matches"]),
      ("read(\"none-*.csv\")", ["no file matches `none-*.csv`"]),
    ] {
      let ended = try run(text)
      expectError(ended, 2)
      for phrase in phrases { #expect(ended.stderr.contains(phrase), "\(text): \(ended.stderr)") }
    }
  }

  @Test func sizesWithoutReason() throws {
    for (text, phrase) in [
      ("repeat(\"a\", 100000000000)", "longer than"), ("range(0, 100000000000)", "too long"),
      ("pad_left(\"a\", 100000000000)", "longer than"),
      ("\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\" ~ \"^(a+)+$\"", "too long"),
    ] {
      expectError(try run(text), 3, phrase, "s.plumb:1:")
    }
  }

  @Test func brokenPatterns() throws {
    for text in ["\"a\" ~ \"(\"", "\"a\" ~ \"" + String(repeating: "(", count: 9_000) + "\""] {
      let ended = try run(text)
      expectError(ended, 2, "not a regular expression", "s.plumb:1:")
      #expect(ended.stderr.utf8.count < 2_000)
    }
  }
}
