import PlumbDiagnostics
import PlumbEngine

extension ShellCommand {
  static let close = ShellCommand(
    "close", arguments: "SOURCE", summary: "take the tables of a source away again",
    choices: { shell, _ in
      shell.session.sourceNames.map { CompletionCandidate($0, .file) }
    }
  ) { (shell, name) throws(ShellFailure) in
    guard !name.isEmpty else { throw ShellFailure("`.close` needs a source") }
    guard shell.session.close(name) else {
      let names = shell.session.sourceNames
      let near = nearestName(to: name, in: names).map { "did you mean `\($0)`? " } ?? ""
      throw ShellFailure(
        "no source is open as `\(redactingSecrets(name))`",
        remedy: names.isEmpty
          ? nil : redactingSecrets(near + "Open are: " + names.joined(separator: ", ")))
    }
    shell.sources.removeAll { $0 == name }
  }
}
