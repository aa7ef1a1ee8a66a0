import Testing

/// `param` statements, set by `--NAME VALUE`.
struct ParameterTests {
  private static let script = """
    #!/usr/bin/env -S plumb run
    # Counts what counts.
    # In two lines.

    param n: int = 3 "how many"
    param since: timestamp = ago(30d) "oldest run that counts"
    param who: string
    param ratio: float = 0.5
    param flag: bool = false "a switch"
    param window: duration = 7d
    param max_depth = 4
    print(n, since, who, ratio, flag, window, max_depth)
    """

  private func run(_ arguments: String...) throws -> Ended {
    let folder = try Scratch()
    try folder.file("s.plumb", Self.script)
    return try Program.run(["run", "s.plumb"] + arguments, folder: folder.path)
  }

  @Test func defaults() throws {
    expectOutput(
      try run("--who", "me", "--as-of", "2026-02-03"),
      "3 2026-01-04T00:00:00Z me 0.5 false 7d 4\n")
  }

  @Test func everyType() throws {
    expectOutput(
      try run(
        "--n", "-7", "--since=2026-01-01T10:30+02:00", "--who", "a b=c", "--ratio", "1e-3",
        "--flag", "true", "--window", "12h", "--max-depth", "9"),
      "-7 2026-01-01T08:30:00Z a b=c 0.001 true 12h 9\n")
    // A name is written with dashes or as it stands in the script.
    expectOutput(
      try run("--who", "", "--max_depth=9", "--since", "2026-01-01", "--ratio", "inf"),
      "3 2026-01-01T00:00:00Z  Infinity false 7d 9\n")
  }

  @Test func lists() throws {
    expectOutput(
      try Program.run("-c", "param x: list = [1]\nprint(x)", "--x", "5,6"), "[5, 6]\n")
    expectOutput(
      try Program.run("-c", "param x = [\"a\"]\nprint(x)", "--x", "b,c d"), "[\"b\", \"c d\"]\n")
  }

  @Test func valuesThatDoNotFit() throws {
    for (option, value, phrase) in [
      ("--n", "x", "`x` is no int, which `n` must be"), ("--n", "1.5", "`1.5` is no int"),
      ("--n", "", "`` is no int"), ("--n", "99999999999999999999", "is no int"),
      ("--ratio", "much", "`much` is no float"), ("--flag", "maybe", "a bool is `true` or `false`"),
      ("--since", "yesterday", "a timestamp is written `2026-11-23`"),
      ("--since", "2026-02-30", "is no timestamp"),
      ("--window", "3", "a duration is written `30m`"), ("--max-depth", "deep", "is no int"),
    ] {
      expectError(try run("--who", "me", option, value), 2, phrase, "s.plumb:")
    }
    expectError(
      try Program.run("-c", "param x = [1]\nx", "--x", "1,b"), 2, "which `x` must be")
  }

  @Test func missingAndUnknown() throws {
    expectError(try run(), 2, "the parameter `who` needs a value", "`--who VALUE`", "s.plumb:7:7")
    expectError(try run("--who", "me", "--hwo", "3"), 2, "unknown option `--hwo`", "`--who`", "--n")
    expectError(try run("--who"), 2, "`--who`", "needs a value")
    expectError(try run("--who", "a", "--who", "b"), 2, "`--who` is given twice")
    expectError(try run("--who", "a", "--max-depth", "1", "--max_depth", "2"), 2, "given twice")
    expectError(try Program.run("fmt", "--who", "x", "y.plumb"), 2, "unknown option `--who`")
    expectError(try Program.run("-c", "1", "--who", "me"), 2, "unknown option `--who`")
  }

  @Test func aNameOfTheCommandIsTaken() throws {
    for name in ["threads", "format", "as_of", "memory_limit", "fail_on", "report", "help"] {
      expectError(
        try Program.run("-c", "param \(name) = 3\n\(name)"), 2,
        "called as the option `--\(name.replacing("_", with: "-"))`", "another name")
    }
  }

  @Test func helpListsThem() throws {
    expectOutput(
      try run("--help"),
      """
      usage: plumb run s.plumb [SOURCE …] [--NAME VALUE …]

      Counts what counts.
      In two lines.

      parameters:
        --n INT            how many (default 3)
        --since TIMESTAMP  oldest run that counts (default ago(30d))
        --who STRING       must be given
        --ratio FLOAT      default 0.5
        --flag BOOL        a switch (default false)
        --window DURATION  default 7d
        --max-depth VALUE  default 4

      """)
    let folder = try Scratch()
    try folder.file("plain.plumb", "print(1)")
    expectOutput(
      try Program.run("run", "--help", "plain.plumb", folder: folder.path),
      "usage: plumb run plain.plumb [SOURCE …]\n")
    try folder.file("bad.plumb", "param x: = 3")
    expectError(
      try Program.run("run", "bad.plumb", "--help", folder: folder.path), 2, "bad.plumb:1")
  }
}
