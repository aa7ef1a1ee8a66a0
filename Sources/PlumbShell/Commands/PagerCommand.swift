extension ShellCommand {
  static let pager = ShellCommand(
    "pager", arguments: "[on|off]",
    summary: "show what does not fit into the window a screen at a time",
    details: "The program is `$PLUMB_PAGER`, else `$PAGER`, else `less -SRFX`.",
    choices: { _, _ in words(ShellSetting.pager.values) }
  ) { (shell, text) throws(ShellFailure) in try shell.turn(.pager, text) }
}

extension Shell {
  /// Turns a setting on or off as a text says; without one to the other of the two, and says which.
  func turn(_ setting: ShellSetting, _ text: String) throws(ShellFailure) {
    guard text.isEmpty else { return try setting.set(self, text) }
    try setting.set(self, setting.get(self) == "on" ? "off" : "on")
    say("\(setting.name): \(setting.get(self))\n")
  }
}
