import PlumbDiagnostics
import PlumbOutput

extension ShellCommand {
  static let settings = ShellCommand(
    "settings", summary: "show how the shell is set, and the files that it uses"
  ) { (shell, _) throws(ShellFailure) in
    let printer = shell.printer
    shell.say(
      shell.columns([
        ("mode", printer.format.name),
        ("width", printer.width.map(String.init) ?? "auto"),
        ("rows", printer.showsAllRows ? "all" : printer.maxRows.map(String.init) ?? "auto"),
        ("timer", printer.showsTime ? "on" : "off"),
        ("pager", shell.pager.isOn ? "on" : "off"),
        ("colour", printer.usesColor ? "on" : "off"),
        ("history", shell.history.map { escapingControlCharacters($0.path) } ?? "off"),
        ("start file", shell.startFilePath.map { escapingControlCharacters($0) } ?? "none"),
      ]))
  }
}
