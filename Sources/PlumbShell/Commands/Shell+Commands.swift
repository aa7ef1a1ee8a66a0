import PlumbDiagnostics
import PlumbEngine
import PlumbOutput

extension Shell {
  /// Runs a command of the shell by its name.
  func runCommand(_ name: String, _ arguments: String) {
    guard let command = ShellCommand.named(name) else { return reportUnknown(name) }
    do throws(ShellFailure) {
      guard !command.arguments.isEmpty || arguments.isEmpty else {
        throw ShellFailure("`.\(name)` takes nothing after it, not `\(arguments)`")
      }
      try command.perform(self, arguments)
    } catch {
      report(error)
    }
  }

  private func reportUnknown(_ name: String) {
    let near = nearestName(to: name, in: ShellCommand.all.map(\.name))
    let suggestion = near.map { "did you mean `.\($0)`? " } ?? ""
    report(
      ShellFailure(
        name.isEmpty ? "a command has a name after its point" : "unknown command `.\(name)`",
        remedy: suggestion + "`.help` lists the commands"))
  }

  /// Answers a command of another shell, such as `\d`.
  func reportForeign(_ name: String) {
    let own = Self.ownCommands[name].map { "`\($0)` does that; " } ?? ""
    report(
      ShellFailure(
        "commands of the shell begin with a point", remedy: own + "`.help` lists the commands"))
  }

  /// What the commands of psql and its like are called here.
  private static let ownCommands = [
    "\\q": ".quit", "\\?": ".help", "\\h": ".help", "\\d": ".schema", "\\dt": ".tables",
    "\\l": ".tables", "\\i": ".read", "\\e": ".edit", "\\s": ".history", "\\timing": ".timer",
    "\\watch": ".watch", "\\pset": ".settings", "\\c": ".open", "\\connect": ".open",
    "show tables": ".tables",
  ]

  /// Prints lines of a command's own, through the pager when they do not fit.
  func say(_ text: String) { pager.show(text.hasSuffix("\n") ? text : text + "\n") }

  /// A paragraph broken at spaces into lines that fit the window, at most 80 columns wide.
  func wrapped(_ text: String) -> String {
    let limit = min(80, Terminal.size(1)?.columns ?? 80)
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let line = lines.last, displayWidth(of: line) + 1 + displayWidth(of: word) <= limit {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Two columns of names and what they are, the names alike in width; lines are cut at the
  /// window's.
  func columns(_ rows: [(name: String, text: String)]) -> String {
    let width = rows.map { displayWidth(of: $0.name) }.max() ?? 0
    let limit = Terminal.size(1)?.columns ?? .max
    return rows.map { row in
      let padding = String(repeating: " ", count: width - displayWidth(of: row.name))
      let line = StyledText("  \(row.name)\(padding)  \(row.text)")
      return Row(line, limit: limit, usesColor: false).text + "\n"
    }.joined()
  }
}
