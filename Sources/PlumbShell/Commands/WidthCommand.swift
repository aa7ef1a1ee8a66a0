extension ShellCommand {
  static let width = ShellCommand(
    "width", arguments: "[COLUMNS|auto]", summary: "the width of results; auto: the window's",
    choices: { _, _ in words(ShellSetting.width.values) }
  ) { (shell, text) throws(ShellFailure) in
    guard text.isEmpty else { return try ShellSetting.width.set(shell, text) }
    shell.say("width: \(ShellSetting.width.get(shell))\n")
  }
}
