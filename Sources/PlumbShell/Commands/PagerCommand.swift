extension ShellCommand {
  static let pager = ShellCommand(
    "pager", arguments: "[on|off]",
    summary: "show what does not fit into the window a screen at a time",
    details: "The program is `$PLUMB_PAGER`, else `$PAGER`, else `less -SRFX`.",
    choices: onOrOff
  ) { (shell, text) throws(ShellFailure) in
    shell.pager.isOn = try isOn(text, "pager") ?? !shell.pager.isOn
    if text.isEmpty { shell.say("pager: \(shell.pager.isOn ? "on" : "off")\n") }
  }
}
