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
    var rows = tables.map { table in
      let count = table.rowCount.map { grouped($0) + ($0 == 1 ? " row" : " rows") } ?? ""
      let facts = [count, table.summary].filter { !$0.isEmpty }
      return (escapingControlCharacters(table.name), shown(facts.joined(separator: " · ")))
    }
    rows += shell.session.variables.map { (escapingControlCharacters($0.name), $0.type) }
    shell.say(shell.columns(rows))
  }
}
