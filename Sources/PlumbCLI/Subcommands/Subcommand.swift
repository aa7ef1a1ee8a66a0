import PlumbOutput

/// A subcommand: the definition that reading, help and completions use.
struct Subcommand: Sendable {
  let name: String
  /// What follows the name, such as `SCRIPT [SOURCE …]`.
  let arguments: String
  /// What it does, for help: lower case, no full stop.
  let summary: String
  /// More for its own help; whole lines.
  let details: String
  /// Whether `--NAME VALUE` may be a parameter of a program.
  let takesParameters: Bool
  let perform: @Sendable (Invocation, ErrorStream) throws(CommandError) -> ExitCode

  init(
    _ name: String, arguments: String, summary: String, details: String = "",
    takesParameters: Bool = false,
    perform: @escaping @Sendable (Invocation, ErrorStream) throws(CommandError) -> ExitCode
  ) {
    self.name = name
    self.arguments = arguments
    self.summary = summary
    self.details = details
    self.takesParameters = takesParameters
    self.perform = perform
  }

  /// The subcommands, in the order in which help shows them. A new one is a file and a line here.
  static let all: [Subcommand] = [
    .run, .test, .audit, .fmt, .convert, .highlight, .kernel, .lsp, .help, .completions, .manual,
    .reference,
  ]

  static func named(_ name: String) -> Subcommand? { all.first { $0.name == name } }
}
