import PlumbDiagnostics
import PlumbOutput
import PlumbSyntax

extension Subcommand {
  /// `plumb highlight FILE [--format html | ansi]`
  static let highlight: Subcommand = Subcommand(
    "highlight", arguments: "FILE [--format html | ansi]", summary: "print source with its colors",
    details: """
      Without a format, colors are those of the terminal (ansi). `html` is an element with a
      style sheet for light and dark pages, to be put into a page.

      """
  ) { (invocation, _) throws(CommandError) in
    if invocation.showsHelp { return try printed(HelpText.of(.highlight)) }
    guard let path = invocation.positionals.first, invocation.positionals.count == 1 else {
      throw CommandError(
        "`plumb highlight` takes a file", remedy: "write `plumb highlight FILE`")
    }
    let file = try ProgramText.read(script: path)
    let program = HighlightedProgram(file)
    return try printed(invocation.highlightFormat == .html ? program.html : program.ansi)
  }
}

/// What `plumb highlight` writes.
enum HighlightFormat: String, CaseIterable {
  case ansi, html
}

extension CommandOption {
  /// The options of `plumb highlight`, which has formats of its own.
  static let ofHighlight: [CommandOption] = [
    CommandOption(
      "-f", "--format", value: .choice("FORMAT", HighlightFormat.allCases.map(\.rawValue)),
      summary: "the kind of colors that are written", subcommand: "highlight"
    ) { (text, invocation) throws(CommandError) in
      guard let format = HighlightFormat(rawValue: text) else {
        throw CommandError(
          "`--format` of `plumb highlight` cannot be `\(text)`", remedy: "it is html or ansi")
      }
      invocation.highlightFormat = format
    }
  ]
}
