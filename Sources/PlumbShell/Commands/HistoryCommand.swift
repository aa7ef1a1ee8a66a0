import PlumbDiagnostics

extension ShellCommand {
  static let history = ShellCommand(
    "history", arguments: "[N]", summary: "list the last N entries of the history (20)"
  ) { (shell, text) throws(ShellFailure) in
    guard let count = text.isEmpty ? 20 : Int(text), count > 0 else {
      throw ShellFailure("`.history` takes a number of entries, not `\(text)`")
    }
    let lines = shell.pastEntries
    shell.say(
      lines.suffix(count).map { entry in
        entry.split(separator: "\n", omittingEmptySubsequences: false)
          .map { escapingControlCharacters($0) }.joined(separator: "\n     …> ") + "\n"
      }.joined())
  }
}
