import Foundation
import Testing

/// Scripts as files: how they are found, read, encoded and laid out.
struct ScriptTests {
  @Test func aScriptThatRunsItself() throws {
    let folder = try Scratch()
    try folder.file("t.csv", "a\n7\n")
    let text = try folder.file(
      "text", "#!/usr/bin/env -S plumb run\nparam n: int = 1\nprint(n)\nt | count\n")
    // Written by another process: a file that a child of this one may hold open cannot be run.
    let path = folder / "self"
    #expect(Scratch.shell("install -m 755 '\(text)' '\(path)'"))
    // `plumb` is found on the path.
    try FileManager.default.createSymbolicLink(
      atPath: folder / "plumb", withDestinationPath: Program.path)
    let ended = try Program.run("--n", "5", "t.csv", "-f", "csv", folder: folder.path) {
      $0.executable = path
      $0.environment["PATH"] = folder.path + ":/usr/bin:/bin"
    }
    expectOutput(ended, "5\n\ncount\n1\n")
  }

  @Test func fromAPipe() throws {
    let folder = try Scratch()
    try folder.file("s.plumb", "print(1)\n")
    // A shell hands a pipe over as /dev/fd/N.
    let program = Program.path
    #expect(
      Scratch.shell(
        "cd '\(folder.path)' && bash -c '\"\(program)\" run <(cat s.plumb)' >out 2>err"))
    #expect(folder.text("out") == "1\n" && folder.text("err") == "")
    #expect(Scratch.shell("cd '\(folder.path)' && cat s.plumb | '\(program)' run /dev/stdin >out"))
    #expect(folder.text("out") == "1\n")
  }

  @Test func lineEndingsAndMarks() throws {
    let folder = try Scratch()
    try folder.file("crlf.plumb", "let a = 1\r\nlet b = \"x\"\r\nprint(a,\r\n  b)\r\n# end\r\n")
    expectOutput(try Program.run("run", "crlf.plumb", folder: folder.path), "1 x\n")
    try folder.file("bom.plumb", [0xEF, 0xBB, 0xBF] + Array("#!plumb\nprint(1)\n".utf8))
    expectOutput(try Program.run("run", "bom.plumb", folder: folder.path), "1\n")
    try folder.file("crlf-error.plumb", "let a = 1\r\nlet b = nothing\r\n")
    expectError(
      try Program.run("run", "crlf-error.plumb", folder: folder.path), 2, "crlf-error.plumb:2:9",
      "2 | let b = nothing\n")
    try folder.file("utf16.plumb", [0xFF, 0xFE] + "print(1)\n".utf16.flatMap { [UInt8($0), 0] })
    expectError(try Program.run("run", "utf16.plumb", folder: folder.path), 2, "UTF-16")
    try folder.file("latin1.plumb", Array("print(\"a".utf8) + [0xE9] + Array("\")".utf8))
    expectError(
      try Program.run("run", "latin1.plumb", folder: folder.path), 2, "latin1.plumb:1:9",
      "not UTF-8")
    try folder.file("empty.plumb", "")
    expectOutput(try Program.run("run", "empty.plumb", folder: folder.path), "")
  }

  @Test func imports() throws {
    let folder = try Scratch()
    try FileManager.default.createDirectory(
      atPath: folder / "rules", withIntermediateDirectories: true)
    try folder.file("rules/own.plumb", "import \"deep.plumb\"\ndef twice(x) = deep.half(x) * 4\n")
    try folder.file("rules/deep.plumb", "def half(x) = x / 2\n")
    try folder.file("s.plumb", "import \"rules/own.plumb\" as own\nprint(own.twice(3))\n")
    // Paths count from the file that says so, wherever the program is started.
    expectOutput(try Program.run("run", folder / "s.plumb", folder: "/"), "6.0\n")
    for (name, text, phrase) in [
      ("self", "import \"self.plumb\" as s", "imports itself"),
      ("none", "import \"none/x.plumb\" as s", "cannot open"),
      ("folder", "import \"rules\" as s", "is a directory"),
      ("device", "import \"/dev/zero\" as s", "file too large"),
    ] {
      try folder.file("\(name).plumb", text)
      expectError(try Program.run("run", "\(name).plumb", folder: folder.path), 2, phrase)
    }
  }

  @Test func aDeviceIsNoScript() throws {
    expectError(try Program.run("run", "/dev/zero"), 2, "too large for a program")
    expectOutput(try Program.run("run", "/dev/null"), "")
  }

  // MARK: fmt

  @Test func laysOutInPlace() throws {
    let folder = try Scratch()
    let path = try folder.file("s.plumb", "let   a=1 # kept\nprint( a )\n")
    #expect(chmod(path, 0o640) == 0)
    expectOutput(try Program.run("fmt", "s.plumb", folder: folder.path), "")
    #expect(folder.text("s.plumb") == "let a = 1  # kept\nprint(a)\n")
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o640)
    let changed = status.st_mtim
    expectOutput(try Program.run("fmt", "s.plumb", folder: folder.path), "")
    #expect(stat(path, &status) == 0 && status.st_mtim.tv_nsec == changed.tv_nsec)
    #expect(folder.names == ["s.plumb"])
    expectOutput(try Program.run("fmt", "-", input: "1+1"), "1 + 1\n")
  }

  @Test func checksTheLayout() throws {
    let folder = try Scratch()
    try folder.file("good.plumb", "print(1)\n")
    try folder.file("bad.plumb", "print( 1 )\n")
    try folder.file("broken.plumb", "print(\n")
    func check(_ names: String...) throws -> Ended {
      try Program.run(["fmt", "--check"] + names, folder: folder.path)
    }
    expectOutput(try check("good.plumb"), "")
    let listed = try check("good.plumb", "bad.plumb")
    #expect(listed.exitCode == 1 && listed.stdout == "bad.plumb\n" && listed.stderr == "")
    #expect(folder.text("bad.plumb") == "print( 1 )\n")
    let worst = try check("bad.plumb", "broken.plumb", "good.plumb")
    #expect(worst.exitCode == 2 && worst.stdout == "bad.plumb\n" && worst.errorCount == 1)
    expectError(try Program.run("fmt", "broken.plumb", folder: folder.path), 2, "broken.plumb:")
    #expect(folder.text("broken.plumb") == "print(\n")
    expectError(try Program.run("fmt", "none.plumb", folder: folder.path), 2, "none.plumb")
    expectError(try Program.run("fmt"), 2, "needs a file")
    expectError(try Program.run("fmt", folder.path), 2, "is a directory")
  }
}
