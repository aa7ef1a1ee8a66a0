extension ShellCommand {
  static let timer = ShellCommand(
    "timer", arguments: "[on|off]",
    summary: "tell the time of every statement, not only of tables",
    choices: { _, _ in words(ShellSetting.timer.values) }
  ) { (shell, text) throws(ShellFailure) in try shell.turn(.timer, text) }
}
