import Foundation
import Testing

/// Formats, the file that takes the results, and which stream gets what.
struct OutputTests {
  private let code = "t; 7; \"x\"; t | take 0"

  private func folderWithTable() throws -> Scratch {
    let folder = try Scratch()
    try folder.file("t.csv", "a,b\n1,x\n2,\"y,z\"\n")
    return folder
  }

  @Test(arguments: [
    ("csv", "a,b\n1,x\n2,\"y,z\"\n\n7\nx\n\na,b\n"),
    ("tsv", "a\tb\n1\tx\n2\ty,z\n\n7\nx\n\na\tb\n"),
    ("json", "[{\"a\":1,\"b\":\"x\"},{\"a\":2,\"b\":\"y,z\"}]\n7\n\"x\"\n[]\n"),
    ("jsonl", "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":\"y,z\"}\n7\n\"x\"\n"),
  ])
  func formatsForPrograms(_ format: String, _ expected: String) throws {
    let folder = try folderWithTable()
    expectOutput(
      try Program.run("t.csv", "-c", code, "--format", format, folder: folder.path), expected)
  }

  @Test func formatsForPeople() throws {
    let folder = try folderWithTable()
    func shown(_ format: String) throws -> String {
      let ended = try Program.run("t.csv", "-c", "t", "-f", format, folder: folder.path)
      #expect(ended.exitCode == 0 && ended.stderr == "")
      return ended.stdout
    }
    #expect(try shown("markdown") == "| a | b |\n| ---: | --- |\n| 1 | x |\n| 2 | y,z |\n")
    #expect(try shown("line") == "a = 1\nb = x\n\na = 2\nb = y,z\n")
    #expect(try shown("html").contains("<td>y,z</td>"))
    let table = try shown("table")
    #expect(table.hasPrefix("┌") && table.hasSuffix("2 rows\n"))
    // Without an option, the format is `table`, into a pipe too.
    #expect(try Program.run("t.csv", "-c", "t", folder: folder.path).stdout == table)
  }

  @Test func theFileTakesItsFormatFromItsEnding() throws {
    let folder = try folderWithTable()
    for (name, beginning) in [
      ("o.csv", "a,b\n"), ("o.tsv", "a\tb\n"), ("o.json", "[{"), ("o.jsonl", "{\"a\":1"),
      ("o.md", "| a |"), ("o.html", "<table>"), ("plain", "┌"),
    ] {
      expectOutput(try Program.run("t.csv", "-c", "t", "-o", name, folder: folder.path), "")
      #expect(folder.text(name)?.hasPrefix(beginning) == true, "\(name)")
    }
    // A named format wins; an ending of no known format needs one.
    expectOutput(
      try Program.run("t.csv", "-c", "t", "-o", "x.json", "-f", "csv", folder: folder.path), "")
    #expect(folder.text("x.json")?.hasPrefix("a,b\n") == true)
    expectError(
      try Program.run("t.csv", "-c", "t", "-o", "x.xyz", folder: folder.path), 2,
      "no format is known for the ending of `x.xyz`", "--format")
    expectOutput(
      try Program.run("t.csv", "-c", "t", "--output=-", "-fcsv", folder: folder.path),
      "a,b\n1,x\n2,\"y,z\"\n")
  }

  /// The file keeps what was there until the new content is whole.
  @Test func anErrorLeavesTheFileAlone() throws {
    let folder = try folderWithTable()
    try folder.file("o.csv", "before\n")
    let bad = ["t\nlet d = t | take 1\n1 // (2 - 2)", "t\nexpect false, \"no\"", "t; nothing"]
    for (code, exitCode) in zip(bad, [3, 3, 2] as [Int32]) {
      expectError(
        try Program.run("t.csv", "-c", code, "-o", "o.csv", folder: folder.path), exitCode)
      #expect(folder.text("o.csv") == "before\n")
      expectError(
        try Program.run("t.csv", "-c", code, "-o", "new.csv", folder: folder.path), exitCode)
      #expect(folder.names == ["o.csv", "t.csv"])
    }
    expectOutput(try Program.run("t.csv", "-c", "t", "-o", "o.csv", folder: folder.path), "")
    #expect(folder.text("o.csv") == "a,b\n1,x\n2,\"y,z\"\n")
    #expect(folder.names == ["o.csv", "t.csv"])
  }

  @Test func permissionsAndLinksStay() throws {
    let folder = try folderWithTable()
    try folder.file("real.csv", "before\n")
    #expect(chmod(folder / "real.csv", 0o640) == 0)
    #expect(symlink("real.csv", folder / "link.csv") == 0)
    for command in [["-c", "t", "-o", "link.csv"], ["-c", "t | save \"link.csv\""]] {
      try folder.file("real.csv", "before\n")
      expectOutput(try Program.run(["t.csv"] + command, folder: folder.path), "")
      #expect(folder.text("real.csv")?.hasPrefix("a,b\n") == true)
      var status = stat()
      #expect(lstat(folder / "link.csv", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
      #expect(stat(folder / "real.csv", &status) == 0 && status.st_mode & 0o777 == 0o640)
    }
    #expect(folder.names == ["link.csv", "real.csv", "t.csv"])
  }

  @Test func whatCannotBeWritten() throws {
    let folder = try folderWithTable()
    for (path, reason) in [
      ("none/o.csv", "no such file"), (folder.path, "it is a folder"),
      ("/dev/full", "no space left"),
    ] {
      let ended = try Program.run("t.csv", "-c", "t", "-fcsv", "-o", path, folder: folder.path)
      expectError(ended, 3, "cannot write `\(path)`: ", reason)
    }
    for (path, reason) in [("none/o.csv", "no such file"), ("t.csv/o.csv", "not a directory")] {
      expectError(
        try Program.run("t.csv", "-c", "t | save \"\(path)\"", folder: folder.path), 3,
        "cannot write `\(path)`: \(reason)", "<command>:1:")
    }
    #expect(folder.names == ["t.csv"])
  }

  @Test func aFullDiskIsAnError() throws {
    let folder = try folderWithTable()
    for code in ["t", "print(1)", "7"] {
      let ended = try Program.run("t.csv", "-c", code, folder: folder.path) {
        $0.output = .path("/dev/full")
      }
      expectError(ended, 3, "cannot write to standard output: no space left on device")
    }
    let help = try Program.run("--help") { $0.output = .path("/dev/full") }
    expectError(help, 3, "no space left")
  }

  /// A descriptor that is closed is not given to the next file that is opened.
  @Test func closedStreams() throws {
    let folder = try folderWithTable()
    let noOutput = try Program.run("t.csv", "-c", "t", folder: folder.path) { $0.output = .closed }
    expectError(noOutput, 3, "cannot write to standard output")
    let noInput = try Program.run("t.csv", "-c", "t", "-f", "csv", folder: folder.path) {
      $0.inputStream = .closed
    }
    expectOutput(noInput, "a,b\n1,x\n2,\"y,z\"\n")
    expectError(try Program.run("run", "-") { $0.inputStream = .closed }, 2, "standard input")
    let noErrors = try Program.run("-c", "nothing", folder: folder.path) { $0.error = .closed }
    #expect(noErrors.exitCode == 2 && noErrors.stdout == "")
    let file = try Program.run("t.csv", "-c", "t", "-o", "o.csv", folder: folder.path) {
      $0.output = .closed
      $0.error = .closed
      $0.inputStream = .closed
    }
    #expect(file.exitCode == 0 && folder.text("o.csv") == "a,b\n1,x\n2,\"y,z\"\n")
  }

  /// Results on standard output, everything else on standard error.
  @Test func streams() throws {
    let folder = try Scratch()
    try folder.file("t.csv", "a,a\n1,2\n")
    let code = "print(1)\nt\nexplain t\nhelp(median)\nprofile t"
    let ended = try Program.run("t.csv", "-c", code, "--timing", folder: folder.path)
    #expect(ended.exitCode == 0)
    let lines = ended.stderr.split(separator: "\n")
    #expect(lines.first?.hasPrefix("warning: the name `a` occurs twice") == true)
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("timing: line ") }, "\(ended.stderr)")
    let quiet = try Program.run("t.csv", "-c", "t", "--quiet", "-fcsv", folder: folder.path)
    expectOutput(quiet, "a,a_2\n1,2\n")
    // Quiet is not silent about errors.
    expectError(
      try Program.run("t.csv", "-c", "nothing", "--quiet", folder: folder.path), 2, "nothing")
    // What was shown before an error stays.
    let failed = try Program.run("-c", "print(1)\n1 // 0\nprint(2)")
    #expect(failed.stdout == "1\n" && failed.exitCode == 3 && failed.errorCount == 1)
  }

  @Test func timing() throws {
    let folder = try folderWithTable()
    let code = "let a = t\nt | take 1\n\n1 + 1\nvar n = 0; while n < 3 { n = n + 1 }"
    let ended = try Program.run("t.csv", "-c", code, "--timing", "-fcsv", folder: folder.path)
    #expect(ended.stdout == "a,b\n1,x\n\n2\n")
    let patterns = [
      #"timing: line 1: \d+\.\d{6} s, 2 rows"#, #"timing: line 2: \d+\.\d{6} s, 1 rows"#,
      #"timing: line 4: \d+\.\d{6} s"#, #"timing: line 5: \d+\.\d{6} s"#,
      #"timing: line 5: \d+\.\d{6} s"#,
    ]
    let lines = ended.stderr.split(separator: "\n")
    #expect(lines.count == patterns.count)
    for (line, pattern) in zip(lines, patterns) {
      #expect(try Regex(pattern).wholeMatch(in: line) != nil, "\(line)")
    }
  }

  /// No terminal, no colour, unless it is asked for.
  @Test func colour() throws {
    let folder = try folderWithTable()
    func isColored(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Bool {
      let ended = try Program.run(arguments, folder: folder.path) {
        $0.environment.merge(environment) { $1 }
      }
      return ended.stderr.contains("\u{1B}")
    }
    #expect(try !isColored(["-c", "nothing"]))
    #expect(try !isColored(["-c", "nothing"], ["TERM": "xterm-256color", "CLICOLOR_FORCE": "1"]))
    #expect(try isColored(["-c", "nothing", "--color", "always"]))
    #expect(try isColored(["-c", "nothing", "--color=always"], ["NO_COLOR": "1"]))
    #expect(try !isColored(["-c", "nothing", "--color", "never"]))
    #expect(try !isColored(["-c", "nothing", "--color", "auto"], ["NO_COLOR": "1"]))
  }

  /// Text in the data cannot steer a terminal through an error message.
  @Test func controlCharactersInMessages() throws {
    let folder = try Scratch()
    try folder.file("t.csv", "a\n\u{1B}]0;owned\u{7}\n")
    let ended = try Program.run("t.csv", "-c", "t | derive b = int(a)", folder: folder.path)
    expectError(ended, 3, "\\u{1B}]0;owned")
    #expect(!ended.stderr.contains("\u{1B}"))
  }

  @Test func anotherLocale() throws {
    let folder = try Scratch()
    try folder.file("größe.csv", "é\n1.5\n")
    for locale in ["C", "POSIX", "de_DE.UTF-8", "no_SUCH"] {
      let ended = try Program.run("größe.csv", "-c", "`größe`", "-f", "csv", folder: folder.path) {
        $0.environment = ["LC_ALL": locale, "LANG": locale]
      }
      expectOutput(ended, "é\n1.5\n")
    }
  }
}
