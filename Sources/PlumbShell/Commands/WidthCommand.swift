extension ShellCommand {
  static let width = ShellCommand(
    "width", arguments: "[COLUMNS|auto]", summary: "the width of results; auto: the window's",
    choices: { _, _ in words([("auto", "the window's width")]) }
  ) { (shell, text) throws(ShellFailure) in
    switch text {
    case "": shell.say("width: \(shell.printer.width.map(String.init) ?? "auto")\n")
    case "auto": shell.printer.width = nil
    default:
      guard let width = Int(text), (10...100_000).contains(width) else {
        throw ShellFailure("`.width` takes a number of columns from 10, or `auto`, not `\(text)`")
      }
      shell.printer.width = width
    }
  }
}
