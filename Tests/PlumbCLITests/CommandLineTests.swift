import Testing

/// What the command makes of its arguments.
struct CommandLineTests {
  @Test func codeOfTheCommandLine() throws {
    expectOutput(try Program.run("-c", "1 + 2"), "3\n")
    expectOutput(try Program.run("-c1 + 2"), "3\n")
    expectOutput(try Program.run("-c", "let a = 1; a; print(\"x\")\n\"y\""), "1\nx\ny\n")
    expectOutput(try Program.run("-c", ""), "")
  }

  @Test func programsOfStandardInput() throws {
    expectOutput(try Program.run("run", "-", input: "print(1)\n"), "1\n")
    expectOutput(try Program.run(input: "print(2)"), "2\n")
    expectOutput(try Program.run(input: ""), "")
    let folder = try Scratch()
    try folder.file("t.csv", "a\n7\n")
    expectOutput(
      try Program.run("run", "-", "t.csv", "-f", "csv", input: "t", folder: folder.path), "a\n7\n")
    expectOutput(try Program.run("t.csv", "-fcsv", input: "t", folder: folder.path), "a\n7\n")
  }

  @Test func scripts() throws {
    let folder = try Scratch()
    try folder.file("t.csv", "a\n7\n")
    try folder.file("s.plumb", "t | derive b = a + 1")
    expectOutput(
      try Program.run("run", "s.plumb", "t.csv", "-f", "csv", folder: folder.path), "a,b\n7,8\n")
    expectError(
      try Program.run("run", "none.plumb", folder: folder.path), 2, "none.plumb", "no such file")
    expectError(try Program.run("run", folder.path), 2, "is a directory")
    expectError(try Program.run("run"), 2, "`plumb run` needs a script")
  }

  @Test func optionsStandAnywhere() throws {
    let folder = try Scratch()
    try folder.file("t.csv", "a\n1\n2\n")
    let orders = [
      ["t.csv", "-c", "t", "-f", "csv"], ["-f", "csv", "t.csv", "-c", "t"],
      ["--format=csv", "-c", "t", "t.csv"], ["-c", "t", "--", "t.csv"],
      ["-ct", "-fjsonl", "t.csv"],
    ]
    for arguments in orders.prefix(3) {
      expectOutput(try Program.run(arguments, folder: folder.path), "a\n1\n2\n")
    }
    expectOutput(try Program.run(orders[4], folder: folder.path), "{\"a\":1}\n{\"a\":2}\n")
    #expect(try Program.run(orders[3], folder: folder.path).exitCode == 0)
  }

  @Test func wrongArguments() throws {
    expectError(try Program.run("--fromat", "csv", "-c", "1"), 2, "--fromat", "`--format`")
    expectError(try Program.run("--nothing"), 2, "--nothing", "needs a value")
    expectError(try Program.run("-z"), 2, "unknown option `-z`")
    expectError(try Program.run("-c"), 2, "`-c` needs a value", "-c CODE")
    expectError(try Program.run("-c", "1", "-c", "2"), 2, "given twice")
    expectError(try Program.run("-c", "1", "--quiet=1"), 2, "`--quiet` takes no value")
    expectError(try Program.run("-c", "1", "-f", "xml"), 2, "cannot be `xml`", "csv, html, json")
    expectError(try Program.run("-c", "1", "--color", "alway"), 2, "did you mean `always`")
    expectError(try Program.run("-c", "1", "--check"), 2, "`--check` belongs to `plumb fmt`")
    expectError(try Program.run("run", "x.plumb", "-c", "1"), 2, "does not go together")
    for (option, values) in [
      ("--max-rows", ["0", "-1", "x", ""]), ("--threads", ["0", "x", "1025", "1.5"]),
      ("--memory-limit", ["0", "x", "5Q", "-1", ""]), ("--as-of", ["yesterday", "2026-02-30"]),
      ("--time-zone", ["Mars/Base", ""]),
    ] {
      for value in values {
        expectError(
          try Program.run("-c", "1", option, value), 2, option == "--time-zone" ? "zone" : option)
      }
    }
  }

  @Test func aSubcommandIsNoFile() throws {
    let folder = try Scratch()
    try folder.file("run", "a\n1\n")
    try folder.file("help", "a\n1\n")
    // `run` alone is the subcommand; `./run` is the file, which has no ending that tells its kind.
    expectError(try Program.run("run", folder: folder.path), 2, "needs a script")
    expectError(
      try Program.run("./run", "-c", "1", folder: folder.path), 3, "`./run`", "no kind")
    // Only the first argument can be a subcommand.
    try folder.file("t.csv", "a\n1\n")
    expectError(
      try Program.run("t.csv", "help", "-c", "1", folder: folder.path), 3, "`help`", "no kind")
    expectError(try Program.run("hepl", "-c", "1"), 3, "cannot open `hepl`", "`help`?")
  }

  @Test func versionAndHelp() throws {
    let version = try Program.run("--version")
    #expect(version.stdout.wholeMatch(of: /plumb \d+\.\d+\.\d+\n/) != nil)
    #expect(version.exitCode == 0 && version.stderr == "")
    let help = try Program.run("--help")
    #expect(help.exitCode == 0 && help.stderr == "")
    for option in [
      "-c CODE", "-f, --format FORMAT", "-o, --output FILE", "--as-of TIME", "--time-zone ZONE",
      "--max-rows N", "--threads N", "--memory-limit SIZE", "--timing", "--color WHEN", "--no-rc",
      "--quiet", "--version", "--help",
    ] {
      #expect(help.stdout.contains("  \(option)"), "\(option)")
    }
    expectOutput(try Program.run("help"), help.stdout)
    #expect(try Program.run("fmt", "--help").stdout.contains("--check"))
    #expect(try Program.run("run", "--help").stdout.contains("plumb run SCRIPT"))
    #expect(try Program.run("help", "fmt").stdout.contains("plumb fmt"))
    #expect(try Program.run("help", "median").stdout.contains("median("))
    #expect(try Program.run("help", "a\"b").exitCode == 2)
    let unknown = try Program.run("help", "medain")
    #expect(unknown.exitCode == 2)
    #expect(unknown.stdout == "")
    #expect(unknown.stderr.contains("did you mean `median`?"))
  }

  @Test func theClock() throws {
    expectOutput(try Program.run("--as-of", "2026-01-02", "-c", "now()"), "2026-01-02T00:00:00Z\n")
    expectOutput(
      try Program.run("-c", "now()", "--as-of=@2026-01-02T03:04:05.250+02:00"),
      "2026-01-02T01:04:05.25Z\n")
    expectOutput(
      try Program.run("-c", "bucket(now(), 1d)", "--as-of", "2026-01-02T23:59"),
      "2026-01-02T00:00:00Z\n")
    // The zone is that of what people read; formats for programs stay in UTC.
    let zone = ["--as-of", "2026-07-02", "--time-zone", "Europe/Berlin", "-c", "now()"]
    expectOutput(try Program.run(zone), "2026-07-02T02:00:00+02:00\n")
    for format in ["csv", "tsv"] {
      expectOutput(try Program.run(zone + ["-f", format]), "2026-07-02T00:00:00Z\n")
    }
    expectOutput(try Program.run(zone + ["-f", "json"]), "\"2026-07-02T00:00:00Z\"\n")
    // now() is fixed for a run.
    expectOutput(
      try Program.run("-c", "let a = now(); var n = 0; while n < 99 { n = n + 1 }; now() == a"),
      "true\n")
  }

  @Test func rowsThatAreShown() throws {
    let folder = try Scratch()
    try folder.file("t.csv", "a\n" + (1...100).map { "\($0)\n" }.joined())
    let all = try Program.run("t.csv", "-c", "t", folder: folder.path)
    #expect(all.stdout.hasSuffix("100 rows\n") && !all.stdout.contains("…"))
    let some = try Program.run("t.csv", "-c", "t", "--max-rows", "4", folder: folder.path)
    #expect(some.stdout.contains("100 rows (4 shown)") && some.stdout.contains("…"))
    let every = try Program.run("t.csv", "-c", "t", "--max-rows", "all", folder: folder.path)
    #expect(every.stdout == all.stdout)
    // Nothing is cut in the formats for programs.
    let csv = try Program.run("t.csv", "-c", "t", "--max-rows", "4", "-fcsv", folder: folder.path)
    #expect(csv.stdout.split(separator: "\n").count == 101)
  }

  @Test func threads() throws {
    let question = "metrics | summarize n = count(), m = mean(value) by key | sort key"
    let one = try Program.run(Scratch.store, "-c", question, "-f", "csv", "--threads", "1")
    let many = try Program.run(Scratch.store, "-c", question, "-f", "csv", "--threads", "7")
    #expect(one.exitCode == 0 && one.stdout == many.stdout)
    #expect(one.stdout.split(separator: "\n").count > 10)
  }
}
