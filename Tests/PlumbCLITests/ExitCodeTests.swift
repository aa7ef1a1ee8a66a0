import Glibc
import Testing

/// How the program ends.
struct ExitCodeTests {
  @Test func whatWentWell() throws {
    #expect(try Program.run("-c", "1").exitCode == 0)
    #expect(try Program.run("-c", "").exitCode == 0)
    #expect(try Program.run("-c", "expect 1 < 2, \"order\"").exitCode == 0)
  }

  @Test func whatDidNotPassItsChecks() throws {
    // The whole program is checked before any of it runs.
    for code in ["print(1)\nprint(nothing)", "print(1)\n1 + \"a\"", "print(1)\n1 +", "1 = 1"] {
      expectError(try Program.run("-c", code), 2, "<command>:")
    }
    let several = try Program.run("-c", "one\n2 + \"a\"\nthree(1)")
    #expect(several.exitCode == 2 && several.errorCount == 3 && several.stdout == "")
    let many = try Program.run("-c", (1...30).map { "a\($0)" }.joined(separator: "\n"))
    #expect(many.errorCount == 10 && many.stderr.contains("… and 20 more errors"))
  }

  @Test func whatFailedInTheRun() throws {
    for code in [
      "1 // 0", "expect 1 > 2, \"order\"", "int(\"x\" + \"y\")", "9223372036854775807 + int(\"1\")",
      "table([{a: \"x\"}]) | derive b = int(a)",
    ] {
      expectError(try Program.run("-c", code), 3, "<command>:1:")
    }
  }

  @Test func theReaderLeft() throws {
    let program = try Program.start(
      ["-c", "table([{a: 1}]) | derive a = range(2000000) | explode a", "-f", "csv"])
    #expect(program.wait { output, _ in output.hasPrefix("a\n") })
    program.leaveOutput()
    let ended = program.finish()
    #expect(ended.exitCode == 141)
    #expect(ended.stderr == "")
    // Nobody was there from the beginning.
    let small = try Program.start(["-c", "print(1)"])
    small.leaveOutput()
    let smallEnded = small.finish()
    #expect(smallEnded.exitCode == 141 && smallEnded.stderr == "")
    // As in a shell's pipeline, where `pipefail` would tell.
    #expect(
      Scratch.shell(
        """
        bash -c 'out=$("\(Program.path)" "\(Scratch.store)" -c metrics -f csv 2>&1 | head -1)
        [ "${out%%,*}" = run_id ]'
        """))
  }

  @Test func theReaderOfAnotherFormatLeft() throws {
    for format in ["json", "table", "html"] {
      let program = try Program.start([Scratch.store, "-c", "metrics", "-f", format])
      #expect(program.wait { output, _ in !output.isEmpty })
      program.leaveOutput()
      let ended = program.finish()
      #expect(ended.exitCode == 141 && ended.stderr == "", "\(format)")
    }
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
  func signals(_ signal: Int32, _ exitCode: Int32) throws {
    let folder = try Scratch()
    try folder.file("o.csv", "before\n")
    let program = try Program.start(
      ["-c", "1\nvar n = 0\nwhile true { n = n + 1 }", "--timing", "-o", "o.csv"],
      folder: folder.path)
    #expect(program.wait { _, error in error.contains("line 2:") })
    program.send(signal)
    let ended = program.finish()
    #expect(ended.exitCode == exitCode)
    #expect(ended.stdout == "")
    #expect(!ended.stderr.contains("Fatal"))
    #expect(folder.names == ["o.csv"])
    #expect(folder.text("o.csv") == "before\n")
  }

  /// While standard input is awaited, there is no run yet that could be asked to stop.
  @Test func interruptedWhileReading() throws {
    let pipe = try #require(HiddenFunctions.pipe())
    defer {
      close(pipe.reading)
      close(pipe.writing)
    }
    for arguments in [["run", "-"], [], ["fmt", "-"]] {
      let program = try Program.start(arguments) { $0.inputStream = .descriptor(pipe.reading) }
      // The watch is there when the program sleeps in its read.
      while !program.sleepsInRead { usleep(1_000) }
      program.send(SIGINT)
      let ended = program.finish(seconds: 20)
      #expect(ended.exitCode == 130 && ended.stdout == "")
    }
  }

  /// `nohup` and background jobs of scripts are not to be ended by a signal that their parent ignores.
  @Test func anIgnoredSignalStaysIgnored() throws {
    let folder = try Scratch()
    let script = """
      cd '\(folder.path)'; trap '' INT
      { sleep 1; echo 'print(1)'; } | '\(Program.path)' run - >out & pid=$!
      sleep 0.4; kill -INT $pid && wait $pid
      """
    #expect(Scratch.shell(script))
    #expect(folder.text("out") == "1\n")
  }
}
