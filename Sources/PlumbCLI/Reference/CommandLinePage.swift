import PlumbEngine

/// The command line as a page of the reference, from the definitions of options and subcommands.
enum CommandLinePage {
  static var page: ReferencePages.Page {
    ReferencePages.Page(
      name: "CommandLine", title: "The command line",
      introduction: """
        A SOURCE is an MLflow database, an `mlruns` folder, or another file that can be read; \
        `std:demo` is a bundled store to try things on. Results go to standard output, all else \
        to standard error. Without `-c` and a subcommand, the interactive shell starts on a \
        terminal; elsewhere a program is read from standard input.
        """,
      blocks: [
        HelpMarkdown.code(usage, language: "text"),
        "## Subcommands",
      ] + Subcommand.all.map { text($0, options: CommandOption.own(of: $0)) } + [
        "## Options",
        "They may stand anywhere.",
        HelpMarkdown.table(CommandOption.available(to: nil).map(entry), title: "option"),
        "## Exit codes",
        HelpMarkdown.table(
          ExitCode.allCases.map { HelpPage.Entry("\($0.rawValue)", $0.meaning) }, title: "code"),
      ])
  }

  private static var usage: String {
    (["plumb [SOURCE …]", "plumb [SOURCE …] -c CODE"] + Subcommand.all.map(HelpText.usage)).joined(
      separator: "\n")
  }

  private static func text(_ subcommand: Subcommand, options: [CommandOption]) -> String {
    var blocks = [
      "### plumb \(subcommand.name)",
      HelpMarkdown.code(HelpText.usage(of: subcommand), language: "text"),
      sentence(subcommand.summary),
    ]
    if !subcommand.details.isEmpty {
      blocks.append(subcommand.details.split(separator: "\n").joined(separator: "\n"))
    }
    if !options.isEmpty { blocks.append(HelpMarkdown.table(options.map(entry), title: "option")) }
    return blocks.joined(separator: "\n\n")
  }

  private static func entry(_ option: CommandOption) -> HelpPage.Entry {
    HelpPage.Entry(option.usage, sentence(option.summary))
  }

  private static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }
}
