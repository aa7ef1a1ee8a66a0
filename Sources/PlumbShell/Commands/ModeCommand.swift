import PlumbDiagnostics
import PlumbEngine
import PlumbOutput

extension ShellCommand {
  static let mode = ShellCommand(
    "mode", arguments: "[FORMAT]", summary: "show results in a format, such as csv or line",
    choices: { _, _ in
      words(OutputFormatCatalog.builtin.textual.formats.map { ($0.name, $0.summary) })
    }
  ) { (shell, name) throws(ShellFailure) in
    let catalog = OutputFormatCatalog.builtin.textual
    guard !name.isEmpty else {
      return shell.say(
        shell.columns(
          catalog.formats.map { format in
            let mark = format.name == shell.printer.format.name ? "  (now)" : ""
            return (format.name, format.summary + mark)
          }))
    }
    guard let format = catalog[name] else {
      let near = nearestName(to: name, in: catalog.names).map { "did you mean `\($0)`? " } ?? ""
      throw ShellFailure(
        "no format is called `\(name)`",
        remedy: near + "There are: " + catalog.names.joined(separator: ", "))
    }
    shell.printer.format = format
  }
}
