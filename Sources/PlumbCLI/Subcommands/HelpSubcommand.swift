import PlumbEngine
import PlumbOutput

extension Subcommand {
  /// `plumb help [NAME]`
  static let help: Subcommand = Subcommand(
    "help", arguments: "[NAME]",
    summary: "say how to use a subcommand, a stage, a function or a table",
    details: """
      `plumb help top` shows the same as `help(top)` in a program.

      """
  ) { (invocation, errors) throws(CommandError) in
    guard !invocation.showsHelp else { return try printed(HelpText.of(.help)) }
    guard let name = invocation.positionals.first else { return try printed(HelpText.general) }
    if let subcommand = Subcommand.named(name) { return try printed(HelpText.of(subcommand)) }
    guard !name.contains(where: { $0 == "\"" || $0 == "\\" || $0.isNewline }) else {
      throw CommandError("no stage, function or table is called `\(shown(name))`")
    }
    let sources = Array(invocation.positionals.dropFirst())
    return try ProgramRun(invocation, sources: sources, errors: errors)
      .run(ProgramText.command("help(\"\(name)\")")) { (session) throws(CommandError) in
        guard !session.hasHelp(on: name) else { return }
        let near = session.helpSuggestion(for: name).map { "did you mean \($0)?" }
        throw CommandError(
          "no stage, function or table is called `\(shown(name))`",
          remedy: near ?? "`plumb help stages` lists stages, `plumb help topics` the rest")
      }
  }
}
