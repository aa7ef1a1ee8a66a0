extension ShellCommand {
  static let save = ShellCommand(
    "save", arguments: "FILE", summary: "write the entries of this session to a new file",
    details: "`.read FILE` runs it again. To save a result, end its pipeline with "
      + "`| save \"file.csv\"`.",
    choices: { shell, _ in shell.files() }
  ) { (shell, path) throws(ShellFailure) in
    guard !path.isEmpty else { throw ShellFailure("`.save` needs the name of a file") }
    // The entry that says to save is no part of the session's work.
    let entries = shell.entries.dropLast()
    guard !entries.isEmpty else { throw ShellFailure("nothing has been entered yet") }
    try TextFile.write(entries.joined(separator: "\n") + "\n", to: path, replaces: false)
  }
}
