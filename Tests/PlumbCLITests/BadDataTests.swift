import Foundation
import PlumbColumnsTesting
import Testing

/// Files that are not what they should be: one clear error each, and the place where it is.
struct BadDataTests {
  private func open(_ name: String, bytes: some Sequence<UInt8>) throws -> Ended {
    let folder = try Scratch()
    try folder.file(name, bytes)
    let table = String(name.prefix { $0 != "." })
    let code = name.hasSuffix(".db") ? "runs | count" : "\(table) | count"
    let program = try Program.start([name, "-c", code, "-f", "csv"], folder: folder.path)
    return program.finish(seconds: 60)
  }

  private func open(_ name: String, _ text: String) throws -> Ended {
    try open(name, bytes: Array(text.utf8))
  }

  @Test(arguments: [
    ("t.csv", "a,b\n1,\"x\n2,y\n", "t.csv: the quote that opens on line 2", "never closed"),
    ("t.csv", "a,b\n1,\"x\"y\n2,y\n", "t.csv: line 2", "after a closing quote"),
    ("t.csv", "a,b\n1,2\n3\n4,5,6\n", "t.csv: line 3", "has 1 cell, not 2"),
    ("t.csv", "a,b\n1,2\n4,5,6\n", "t.csv: line 3", "has 3 cells, not 2"),
    ("t.csv", "", "`t.csv` is empty", "a line with names"),
    ("t.csv", "a,b\n1,\0\n", "`t.csv` is no text", "byte 7 is zero"),
    ("t.json", "", "t.json", "empty"),
    ("t.json", "[{\"a\":1},{\"a\":", "line 1, column 15 of `t.json`", "ends where a value is due"),
    ("t.json", "[{\"a\":1}", "line 1, column 9 of `t.json`", "t.json"),
    ("t.jsonl", "{\"a\":1}\nnope\n", "line 2, column 1 of `t.jsonl`", "where a value is due"),
    ("t.db", "", "`t.db` is empty", "MLflow store"),
    ("t.db", "hello", "`t.db` is not an SQLite database", "MLflow store"),
  ])
  func smallFiles(_ name: String, _ text: String, _ place: String, _ reason: String) throws {
    expectError(try open(name, text), 3, place, reason, "help: ")
  }

  @Test func deepJSON() throws {
    let depth = 100_000
    let (open, close) = (String(repeating: "[", count: depth), String(repeating: "]", count: depth))
    expectError(try self.open("t.json", open + close), 3, "of `t.json`", "deeper than 200 levels")
    expectError(
      try self.open("t.json", "[{\"a\": \(open)\(close)}]"), 3, "of `t.json`", "deeper than 200")
    let records = String(repeating: "{\"a\":", count: depth)
    expectError(try self.open("t.jsonl", records), 3, "of `t.jsonl`", "deeper than 200 levels")
  }

  @Test func wideFiles() throws {
    let names = (0..<200_000).map { "c\($0)" }.joined(separator: ",")
    expectError(try open("t.csv", names + "\n"), 3, "200000 columns", "at most 100000")
  }

  @Test func aHugeField() throws {
    let size = Program.isDebugBuild ? 2_000_000 : 20_000_000
    let text = "a,b\n1,\"" + String(repeating: "x", count: size) + "\"\n"
    let folder = try Scratch()
    try folder.file("t.csv", text)
    expectOutput(
      try Program.run("t.csv", "-c", "t | select n = length(b)", "-f", "csv", folder: folder.path),
      "n\n\(size)\n")
    // The quote that is missing makes the rest of the file one field.
    try folder.file("u.csv", String(text.dropLast(2)))
    let ended = try Program.run("u.csv", "-c", "u", folder: folder.path)
    expectError(ended, 3, "u.csv: the quote that opens on line 2", "never closed")
    #expect(ended.stderr.utf8.count < 2_000)
  }

  @Test func otherEncodings() throws {
    let latin = try open("t.csv", bytes: Array("a\ncaf".utf8) + [0xE9, 0x0A])
    #expect(latin.exitCode == 0 && latin.stdout == "count\n1\n")
    #expect(latin.stderr.contains("warning: `t.csv` is not UTF-8 (line 2)"))
  }

  @Test func binaryJunk() throws {
    var generator = SeededGenerator(seed: propertySeed())
    for name in ["t.csv", "t.tsv", "t.json", "t.jsonl", "t.db"] {
      var bytes = (0..<20_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
      bytes[17] = 0
      expectError(try open(name, bytes: bytes), 3, name)
    }
  }

  @Test func databasesThatAreNoStore() throws {
    let folder = try Scratch()
    try folder.file("short.db", Array("SQLite format 3\0".utf8))
    expectError(
      try Program.run("short.db", "-c", "runs", folder: folder.path), 3, "`short.db` is not an")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: Scratch.store))
    try folder.file("cut.db", bytes.prefix(bytes.count / 2))
    expectError(
      try Program.run("cut.db", "-c", "metrics | count", folder: folder.path), 3,
      "`cut.db` is damaged", ".recover")
  }

  /// A folder that looks like a file store, with a file in it that is none of it.
  @Test func aBrokenFileStore() throws {
    let folder = try Scratch()
    try FileManager.default.createDirectory(
      atPath: folder / "mlruns/0", withIntermediateDirectories: true)
    try folder.file("mlruns/0/meta.yaml", "a: [\n")
    expectError(
      try Program.run("mlruns", "-c", "runs | count", folder: folder.path), 3,
      "mlruns/0/meta.yaml", "YAML")
  }
}
