import PlumbDiagnostics
import PlumbEngine
import PlumbOutput

extension ShellCommand {
  static let tables = ShellCommand(
    "tables", summary: "list the tables that are open, and the names that are defined"
  ) { (shell, _) throws(ShellFailure) in
    let tables = shell.session.tables
    guard !tables.isEmpty || !shell.session.variables.isEmpty else {
      return shell.say("no source is open; `.open FILE` opens one, `.tour` shows a store\n")
    }
    func line(_ name: String, _ rows: Int?, _ text: String) -> (name: String, text: String) {
      let count = rows.map { counted($0, "row") } ?? ""
      let facts = [count, text].filter { !$0.isEmpty }
      return (escapingControlCharacters(name), shown(facts.joined(separator: " · ")))
    }
    var rows = tables.map { line($0.name, $0.rowCount, $0.summary) }
    rows += shell.session.variables.map { variable in
      line(
        variable.name, variable.rowCount,
        variable.name == "_" ? "the last result" : "your \(variable.type)")
    }
    shell.say(shell.columns(rows))
  }
}
