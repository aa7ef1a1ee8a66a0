import PlumbEngine

/// A command of the shell, such as `.tables`: the definition that running, help and completion use.
struct ShellCommand: Sendable {
  /// The name, without its point.
  let name: String
  /// What may follow the name, such as `[ROWS]`; empty for nothing.
  let arguments: String
  /// One sentence for the list of commands: what it does, lower case, no full stop.
  let summary: String
  /// More for `.help NAME`; may be empty.
  let details: String
  /// What the arguments may be: gets the words typed so far, the last of them being completed.
  let choices: @Sendable (Shell, [String]) -> [CompletionCandidate]
  /// Does it; gets the text after the name.
  let perform: @Sendable (Shell, String) throws(ShellFailure) -> Void

  init(
    _ name: String, arguments: String = "", summary: String, details: String = "",
    choices: @escaping @Sendable (Shell, [String]) -> [CompletionCandidate] = { _, _ in [] },
    perform: @escaping @Sendable (Shell, String) throws(ShellFailure) -> Void
  ) {
    self.name = name
    self.arguments = arguments
    self.summary = summary
    self.details = details
    self.choices = choices
    self.perform = perform
  }

  /// The name as it is typed, with what may follow it.
  var usage: String { arguments.isEmpty ? "." + name : ".\(name) \(arguments)" }
}

extension ShellCommand {
  /// All commands, sorted by name. A new one is a file and a line here.
  static let all: [ShellCommand] = [
    .close, .edit, .help, .history, .last, .mode, .open, .pager, .quit, .read, .save, .schema,
    .settings, .tables, .timer, .tour, .watch, .width,
  ]

  static func named(_ name: String) -> ShellCommand? { all.first { $0.name == name } }

  /// Candidates of a fixed set of words.
  static func words(_ words: [(String, String)]) -> [CompletionCandidate] {
    words.map { CompletionCandidate($0.0, .option, summary: $0.1) }
  }
}
