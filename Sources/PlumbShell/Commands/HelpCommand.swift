import PlumbDiagnostics
import PlumbEngine

extension ShellCommand {
  static let help = ShellCommand(
    "help", arguments: "[COMMAND or NAME]",
    summary: "list the commands, or explain a command, stage, function or table",
    details: "`help NAME` and `?NAME` explain what is no command, too; F1 explains the word at "
      + "the cursor.",
    choices: { shell, _ in
      all.map { CompletionCandidate($0.name, .command, summary: $0.summary) }
    }
  ) { (shell, subject) throws(ShellFailure) in
    guard !subject.isEmpty else { return shell.say(overview(shell)) }
    let name = subject.hasPrefix(".") ? String(subject.dropFirst()) : subject
    if let command = named(name) {
      var text = "\(command.usage)\n\n\(capitalized(command.summary)).\n"
      if !command.details.isEmpty { text += "\n\(command.details)\n" }
      return shell.say(text)
    }
    guard !subject.hasPrefix(".") else { return shell.runCommand(name, "") }
    shell.say(shell.helpText(on: subject))
  }

  private static func capitalized(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  private static func overview(_ shell: Shell) -> String {
    """
    Type a pipeline and press Enter; a line that ends in `|` goes on, and one that begins with `|`
    goes on from the last result, which is called `_`. Keys:

      Tab         complete; again to choose            Ctrl-R  search the history
      → or End    take the grey suggestion             Ctrl-C  give up the entry, or the query
      Alt-Enter   break the line                       Ctrl-D  leave
      ↑ ↓         entries that begin as this one does  F1      explain the word at the cursor

    `help` shows the language, `help top` or `?top` explains a word of it. Commands:


    """ + shell.columns(all.map { ($0.usage, $0.summary) })
  }
}
