extension ShellCommand {
  static let timer = ShellCommand(
    "timer", arguments: "[on|off]",
    summary: "tell the time of every statement, not only of tables", choices: onOrOff
  ) { (shell, text) throws(ShellFailure) in
    shell.printer.showsTime = try isOn(text, "timer") ?? !shell.printer.showsTime
    if text.isEmpty { shell.say("timer: \(shell.printer.showsTime ? "on" : "off")\n") }
  }
}
