import PlumbOutput

extension Subcommand {
  /// `plumb test PATH …`
  static let test: Subcommand = Subcommand(
    "test", arguments: "PATH …", summary: "test the checks of scripts on their fixtures",
    details: """
      PATH is a script or a folder of scripts. Beside a script, `fixtures/ID/OUTCOME/` holds the
      files of one test of the check ID: they are opened as sources, and the check must end with
      OUTCOME: pass, fail, waived, unknown or error. Every check needs a `pass` and a `fail`, so
      that it is known that it can fire. A file `as-of` in a fixture holds the time of `now()`.
      The exit code is 1 when a test fails or is missing.

      """
  ) { (invocation, errors) throws(CommandError) in
    if invocation.showsHelp { return try printed(HelpText.of(.test)) }
    guard !invocation.positionals.isEmpty else {
      throw CommandError(
        "`plumb test` needs a script or a folder", remedy: "write `plumb test rules/`")
    }
    var passed = 0
    var failed = 0
    var text = ""
    for path in invocation.positionals {
      for script in try RuleFixtures.scripts(at: path) {
        for outcome in try RuleTest(script, invocation, errors).run() {
          if outcome.isPassed { passed += 1 } else { failed += 1 }
          if !outcome.isPassed || !invocation.isQuiet {
            text += "\(outcome.isPassed ? "ok    " : "FAILED") \(shown(outcome.text))\n"
          }
        }
      }
    }
    guard passed + failed > 0 else {
      throw CommandError(
        "there are no checks to test", remedy: "a script has `check \"id\" \"title\" { … }`")
    }
    text += "\(passed) passed, \(failed) failed\n"
    let code = try printed(text)
    return code == .success && failed > 0 ? .checkFailed : code
  }
}
