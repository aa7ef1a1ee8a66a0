import PlumbColumns
import PlumbDiagnostics
import PlumbEngine
import PlumbOutput

extension ShellCommand {
  static let open = ShellCommand(
    "open", arguments: "SOURCE [as NAME]",
    summary: "open a store or a file, such as the demo store `std:demo`",
    details: "`as NAME` puts the tables under `NAME.`. In a program the same is "
      + "`open \"SOURCE\" as NAME`.",
    choices: { shell, words in
      words.count > 1 ? ShellCommand.words([("as", "a name for the tables")]) : shell.files()
    }
  ) { (shell, text) throws(ShellFailure) in
    let (address, alias) = try parts(of: text)
    try shell.open(address, alias: alias)
  }

  /// `address`, `address as name`; the address may stand in quotes.
  private static func parts(
    of text: String
  ) throws(ShellFailure) -> (address: String, alias: String?) {
    guard let first = text.first else {
      throw ShellFailure("`.open` needs a source", remedy: "such as `.open mlflow.db`")
    }
    var address = text
    var rest = ""
    if first == "\"" || first == "'", let end = text.dropFirst().firstIndex(of: first) {
      address = String(text[text.index(after: text.startIndex)..<end])
      rest = text[text.index(after: end)...].trimmingSpace()
    } else if let range = text.ranges(of: " as ").last {
      address = text[..<range.lowerBound].trimmingSpace()
      rest = String(text[range.lowerBound...].trimmingSpace())
    }
    guard !rest.isEmpty else { return (address, nil) }
    let words = rest.split(separator: " ")
    guard words.count == 2, words[0] == "as" else {
      throw ShellFailure(
        "`.open` does not understand `\(rest)`", remedy: "write `.open SOURCE as NAME`")
    }
    return (address, String(words[1]))
  }
}

extension Shell {
  /// Opens a source and says what it has brought.
  func open(_ address: String, alias: String? = nil) throws(ShellFailure) {
    let before = session.tables.map(\.name)
    options.progress?.end()
    let session = session
    let failure = signals.interruptible(cancel: { session.cancel() }) { () -> ImportError? in
      do throws(ImportError) {
        try session.open(address: address, alias: alias)
        return nil
      } catch {
        return error
      }
    }
    options.progress?.end()
    if let failure {
      throw ShellFailure(redactingSecrets(failure.message), remedy: failure.remedy)
    }
    sources.append(address)
    let names = session.tables.map(\.name).filter { !before.contains($0) }
    let what =
      switch names.count {
      case 0: "the tables that were open"
      case 1...3: names.joined(separator: ", ")
      default: "\(names.count) tables, which `.tables` lists"
      }
    say(
      printer.faint(
        escapingControlCharacters("opened \(redactingSecrets(address)): \(what)")))
  }
}
