import PlumbDiagnostics
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
      A SCRIPT that ends in `.ipynb` is a notebook: its cells of code are the program. With
      `-o OTHER.ipynb` the outputs go into a notebook.

      """,
    takesParameters: true
  ) { (invocation, errors) throws(CommandError) in
    guard let script = invocation.positionals.first else {
      if invocation.showsHelp { return try printed(HelpText.of(.run)) }
      throw CommandError("`plumb run` needs a script", remedy: "write `plumb run SCRIPT`")
    }
    let sources = Array(invocation.positionals.dropFirst())
    let notebook =
      isNotebook(script)
      ? NotebookProgram(invocation, path: script, sources: sources, errors: errors) : nil
    let text: SourceFile
    if let notebook {
      text = try notebook.file()
    } else {
      text = try ProgramText.read(script: script)
    }
    if invocation.showsHelp {
      return try ScriptHelp(file: text, script: script).show(errors, invocation)
    }
    if let notebook, notebook.keepsOutputs { return try notebook.runCells() }
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
