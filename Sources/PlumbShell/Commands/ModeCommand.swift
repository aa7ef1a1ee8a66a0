import PlumbOutput

extension ShellCommand {
  static let mode = ShellCommand(
    "mode", arguments: "[FORMAT]", summary: "show results in a format, such as csv or line",
    choices: { _, _ in words(ShellSetting.mode.values) }
  ) { (shell, name) throws(ShellFailure) in
    guard name.isEmpty else { return try ShellSetting.mode.set(shell, name) }
    shell.say(
      shell.columns(
        OutputFormatCatalog.builtin.textual.formats.map { format in
          let mark = format.name == shell.printer.format.name ? "  (now)" : ""
          return (format.name, format.summary + mark)
        }))
  }
}
