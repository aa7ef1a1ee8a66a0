import Foundation
import Testing

/// What a SOURCE becomes.
struct SourceTests {
  @Test func aFileIsATableNamedAfterIt() throws {
    let folder = try Scratch()
    try folder.file("data.csv", "a,b\n1,x\n")
    try folder.file("other.tsv", "a\tb\n2\ty\n")
    try folder.file("lines.jsonl", "{\"a\": 3}\n{\"a\": 4}\n")
    try folder.file("array.json", "[{\"a\": 5}]")
    try FileManager.default.createDirectory(
      atPath: folder / "sub", withIntermediateDirectories: true)
    try folder.file("sub/inner.csv", "a\n6\n")
    let code = "data | select a\nother | select a\nlines\narray\ninner"
    let ended = try Program.run(
      "data.csv", "other.tsv", "lines.jsonl", "array.json", "sub/inner.csv", "-c", code, "-f",
      "csv", folder: folder.path)
    expectOutput(ended, "a\n1\n\na\n2\n\na\n3\n4\n\na\n5\n\na\n6\n")
    expectOutput(
      try Program.run(folder / "data.csv", "-c", "data | count", "-f", "csv"), "count\n1\n")
  }

  @Test func aNameThatIsNoIdentifier() throws {
    let folder = try Scratch()
    try folder.file("my runs 2026.csv", "a\n1\n")
    expectOutput(
      try Program.run(
        "my runs 2026.csv", "-c", "`my runs 2026`", "-f", "csv", folder: folder.path), "a\n1\n")
  }

  @Test func foldersAndPatterns() throws {
    let folder = try Scratch()
    try FileManager.default.createDirectory(
      atPath: folder / "logs", withIntermediateDirectories: true)
    try folder.file("logs/a.csv", "n\n1\n")
    try folder.file("logs/b.csv", "n\n2\n")
    expectOutput(
      try Program.run("logs", "-c", "logs | sort n", "-f", "csv", folder: folder.path), "n\n1\n2\n")
    expectOutput(
      try Program.run(
        "-c", "read(\"logs/*.csv\") | sort -n", "-f", "csv", folder: folder.path), "n\n2\n1\n")
  }

  @Test func stores() throws {
    let folder = try Scratch()
    let packed = Scratch.package.appendingPathComponent("Tests/Fixtures/mlflow/mlruns-small.tar.gz")
    #expect(Scratch.shell("tar -xzf '\(packed.path)' -C '\(folder.path)'"))
    let code = "runs | summarize n = count(), e = count_distinct(experiment)"
    let files = try Program.run("mlruns", "-c", code, "-f", "csv", folder: folder.path)
    #expect(files.exitCode == 0 && files.stdout.hasPrefix("n,e\n"))
    let database = try Program.run(Scratch.store, "-c", "runs | count", "-f", "csv")
    expectOutput(database, "count\n162\n")
    let demo = try Program.run("std:demo", "-c", "runs | count", "-f", "csv") {
      $0.environment["TMPDIR"] = folder.path
    }
    expectOutput(demo, "count\n162\n")
    #expect(folder.names == ["mlruns"], "the demo's file must be gone")
  }

  /// A store is never changed, and nothing is left beside it.
  @Test func aStoreIsOnlyRead() throws {
    let folder = try Scratch()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: Scratch.store))
    try folder.file("mlflow.db", bytes)
    let ended = try Program.run("mlflow.db", "-c", "metrics | count", folder: folder.path)
    #expect(ended.exitCode == 0)
    #expect(folder.names == ["mlflow.db"])
    #expect(folder.bytes("mlflow.db") == Array(bytes))
  }

  /// In a folder that cannot be written to, all but writing works.
  @Test func aFolderThatCannotBeWritten() throws {
    let folder = try Scratch()
    try folder.file("t.csv", "a\n1\n")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: Scratch.store))
    try folder.file("mlflow.db", bytes)
    #expect(Scratch.shell("chmod 555 '\(folder.path)'"))
    defer { Scratch.shell("chmod 755 '\(folder.path)'") }
    let ended = try Program.run(
      "t.csv", "mlflow.db", "-c", "t; metrics | count", "-f", "csv", folder: folder.path)
    #expect(ended.exitCode == 0 && ended.stdout.hasPrefix("a\n1\n\ncount\n"))
    if getuid() != 0 {
      expectError(
        try Program.run("-c", "1", "-o", "x.txt", folder: folder.path), 3, "cannot write `x.txt`")
    }
  }

  @Test func whatCannotBeOpened() throws {
    let folder = try Scratch()
    try FileManager.default.createDirectory(
      atPath: folder / "empty", withIntermediateDirectories: true)
    try folder.file("data.parquett", "PAR")
    for (source, phrases) in [
      ("none.db", ["cannot open `none.db`", "check the path"]),
      ("none/none.csv", ["cannot open `none/none.csv`"]),
      ("none-*.csv", ["no file matches `none-*.csv`"]), ("empty", ["`empty` is of no kind"]),
      ("data.parquett", ["of no kind", "readable are"]), ("/dev/null", ["a pipe or a device"]),
      (
        "http://127.0.0.1:1/a.csv",
        ["cannot connect to `http://127.0.0.1:1/a.csv`", "nothing answers"]
      ),
      (String(repeating: "x", count: 5_000), ["cannot open"]),
      ("a\u{1B}[31m\nb.csv", ["a\\u{1B}"]),
    ] {
      let ended = try Program.run(source, "-c", "1", folder: folder.path)
      expectError(ended, 3)
      for phrase in phrases { #expect(ended.stderr.contains(phrase), "\(source): \(ended.stderr)") }
      #expect(ended.stderr.utf8.count < 3_000)
    }
    // The first that cannot be opened ends the run, whatever the others are.
    try folder.file("t.csv", "a\n1\n")
    expectError(
      try Program.run("t.csv", "none.csv", "none2.csv", "-c", "t", folder: folder.path), 3,
      "`none.csv`")
    // Named in a program, it is a mistake in the program.
    expectError(
      try Program.run("-c", "open \"none.csv\"", folder: folder.path), 2, "<command>:1:6",
      "cannot open `none.csv`")
  }

  @Test(.enabled(if: getuid() != 0)) func aFileWithoutPermission() throws {
    let folder = try Scratch()
    let path = try folder.file("t.csv", "a\n1\n")
    #expect(chmod(path, 0) == 0)
    expectError(try Program.run(path, "-c", "t"), 3, "ermission")
  }

  @Test func aPipeIsNoSource() throws {
    let folder = try Scratch()
    #expect(mkfifo(folder / "p.csv", 0o600) == 0)
    let ended = try Program.start(["p.csv", "-c", "p"], folder: folder.path).finish(seconds: 20)
    expectError(ended, 3, "`p.csv` is a pipe or a device", "first")
  }

  @Test func aCacheOfAStoreIsKeptBesideTheUsersOthers() throws {
    let folder = try Scratch()
    let code =
      "open \"\(Scratch.store)\", cache = true\nmetrics | summarize n = count(), keys = count_distinct(key), low = min(value), last = max(timestamp)"
    func run() throws -> Ended {
      try Program.run("-c", code, "-f", "csv") { $0.environment["XDG_CACHE_HOME"] = folder.path }
    }
    let plain = try Program.run(Scratch.store, "-c", "metrics | count", "-f", "csv")
    let count = plain.stdout.split(separator: "\n").last.map(String.init) ?? ""
    let first = try run()
    #expect(first.exitCode == 0 && first.stdout.hasPrefix("n,keys,low,last\n\(count),"))
    #expect(first.stderr.isEmpty)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder / "plumb")
    #expect(names.count == 1 && names[0].hasSuffix(".plumbstore"))
    #expect(try run().stdout == first.stdout)

    let file = folder / "plumb/\(names.first ?? "")"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    // Everywhere: a part that a question does not need is not looked at.
    for place in stride(from: bytes.count / 8, to: bytes.count / 8 * 7, by: 61) {
      bytes[place] ^= 1
    }
    try bytes.write(to: URL(fileURLWithPath: file))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    let damaged = try run()
    #expect(damaged.stdout == first.stdout)
    #expect(damaged.stderr.contains("is made anew: "))
    let mended = try run()
    #expect(mended.stdout == first.stdout && mended.stderr.isEmpty)
  }
}
