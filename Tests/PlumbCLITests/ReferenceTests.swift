import Foundation
import Testing

/// What is installed beside the program is in step with it.
struct ReferenceTests {
  @Test(arguments: [
    (["completions", "bash"], "completions/plumb.bash"),
    (["completions", "zsh"], "completions/_plumb"),
    (["completions", "fish"], "completions/plumb.fish"), (["manual"], "man/plumb.1"),
  ])
  func committedFiles(_ arguments: [String], _ file: String) throws {
    let path = Scratch.package.appendingPathComponent("scripts/" + file).path
    let committed = try String(contentsOfFile: path, encoding: .utf8)
    let ended = try Program.run(arguments)
    #expect(ended.exitCode == 0 && ended.stderr == "")
    #expect(
      ended.stdout == committed,
      "run `plumb \(arguments.joined(separator: " ")) >scripts/\(file)`")
  }

  @Test func completionsNeedAShell() throws {
    expectError(try Program.run("completions"), 2, "bash, zsh or fish")
    expectError(try Program.run("completions", "csh"), 2, "bash, zsh or fish")
  }

  /// Every option that help lists is completed in each shell and stands in the manual.
  @Test func everyOptionIsCompleted() throws {
    let pages = ["fmt", "highlight", "kernel"].map { [$0, "--help"] } + [["--help"]]
    let help = try pages.map { try Program.run($0).stdout }.joined()
    let names = help.matches(of: /(?m)^  (?:-\w, )?--([a-z-]+)/).map { String($0.output.1) }
    #expect(names.count >= 12)
    let bash = try Program.run("completions", "bash").stdout
    let zsh = try Program.run("completions", "zsh").stdout
    let fish = try Program.run("completions", "fish").stdout
    let manual = try Program.run("manual").stdout.replacing("\\-", with: "-")
    for name in names {
      #expect(bash.split { " \"\n".contains($0) }.contains("--\(name)"), "\(name)")
      #expect(zsh.contains("--\(name)"), "\(name)")
      #expect(fish.contains(" -l \(name) "), "\(name)")
      #expect(manual.contains("--\(name)"), "\(name)")
    }
  }

  @Test func bashCompletes() throws {
    func completed(_ words: String...) -> [String] {
      let folder = try? Scratch()
      let list = words.map { "'\($0)'" }.joined(separator: " ")
      let script = """
        source '\(Scratch.package.path)/scripts/completions/plumb.bash'
        compopt() { :; }
        COMP_WORDS=(\(list)); COMP_CWORD=\(words.count - 1); _plumb; echo "${COMPREPLY[@]}" >out
        """
      _ = try? folder?.file("s.bash", script)
      #expect(Scratch.shell("cd '\(folder?.path ?? "")' && bash --norc s.bash"))
      return folder?.text("out")?.split(whereSeparator: \.isWhitespace).map(String.init).sorted()
        ?? []
    }
    #expect(completed("plumb", "--ti") == ["--time-zone", "--timing"])
    #expect(completed("plumb", "x.db", "-f", "js") == ["json", "jsonl"])
    #expect(completed("plumb", "--color", "") == ["always", "auto", "never"])
    #expect(completed("plumb", "ru") == ["run"])
    #expect(completed("plumb", "x.db", "ru") == [])
    #expect(completed("plumb", "--as-of", "") == [])
    #expect(completed("plumb", "highlight", "--format", "") == ["ansi", "html"])
    #expect(completed("plumb", "kernel", "install", "--p") == ["--prefix"])
    #expect(completed("plumb", "x.db", "--p") == [])
  }

  /// The program needs nothing of its surroundings: no environment, no clone, no Swift.
  @Test func anEmptyEnvironment() throws {
    let ended = try Program.run(
      "std:demo", "-c", "runs | summarize n = count()", "-f", "csv", folder: "/"
    ) { $0.environment = [:] }
    expectOutput(ended, "n\n162\n")
    let help = try Program.run("-c", "help(median)", folder: "/") { $0.environment = [:] }
    #expect(help.exitCode == 0 && help.stdout.contains("median("))
  }

  /// What `scripts/install` leaves; `scripts/test` installs the program that it tests.
  @Test(.enabled(if: !Program.isDebugBuild)) func installedFiles() throws {
    let prefix = URL(fileURLWithPath: Program.path)
      .deletingLastPathComponent().deletingLastPathComponent()
    for (installed, committed) in [
      ("share/bash-completion/completions/plumb", "completions/plumb.bash"),
      ("share/zsh/site-functions/_plumb", "completions/_plumb"),
      ("share/fish/vendor_completions.d/plumb.fish", "completions/plumb.fish"),
      ("share/man/man1/plumb.1", "man/plumb.1"),
    ] {
      let bytes = try Data(contentsOf: prefix.appendingPathComponent(installed))
      let own = try Data(
        contentsOf: Scratch.package.appendingPathComponent("scripts/" + committed))
      #expect(bytes == own, "\(installed)")
    }
  }
}
