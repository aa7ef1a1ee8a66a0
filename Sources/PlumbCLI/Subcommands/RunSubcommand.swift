import PlumbOutput

extension Subcommand {
  /// `plumb run SCRIPT [SOURCE …] [--NAME VALUE …]`
  static let run: Subcommand = Subcommand(
    "run", arguments: "SCRIPT [SOURCE …] [--NAME VALUE …]",
    summary: "run a script; `-` reads standard input, `std:NAME` is one of the standard library",
    details: """
      `plumb run SCRIPT --help` lists the parameters of the script, which `--NAME VALUE` sets.
      A SOURCE is opened before the script runs: an MLflow database or `mlruns` folder attaches
      its tables, another file becomes a table named after it.

      """,
    takesParameters: true
  ) { (invocation, errors) throws(CommandError) in
    guard let script = invocation.positionals.first else {
      if invocation.showsHelp { return try printed(HelpText.of(.run)) }
      throw CommandError("`plumb run` needs a script", remedy: "write `plumb run SCRIPT`")
    }
    let text = try ProgramText.read(script: script)
    if invocation.showsHelp {
      return try ScriptHelp(file: text, script: script).show(errors, invocation)
    }
    let sources = Array(invocation.positionals.dropFirst())
    return try ProgramRun(invocation, sources: sources, errors: errors).run(text)
  }
}

/// Runs `-c CODE`, the program on standard input, or on a terminal the shell.
func runWithoutSubcommand(
  _ invocation: Invocation, _ errors: ErrorStream
) throws(CommandError) -> ExitCode {
  // The shell takes signals in its own way, and must be the first to do so.
  if invocation.code == nil, Terminal.isTerminal(0) {
    return try ShellRun(invocation, errors: errors).run()
  }
  let run = ProgramRun(invocation, sources: invocation.positionals, errors: errors)
  if let code = invocation.code { return try run.run(ProgramText.command(code)) }
  return try run.run(ProgramText.read(script: "-"))
}
