extension ShellCommand {
  static let quit = ShellCommand("quit", summary: "leave the shell, as Ctrl-D does") {
    (shell, _) throws(ShellFailure) in shell.exitCode = 0
  }
}
