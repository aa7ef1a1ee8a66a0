/// The manual page in troff's man macros, from the definitions of options and subcommands.
enum ManualPage {
  static var text: String {
    var page = """
      .TH PLUMB 1 "" "plumb \(plumbVersion)"
      .SH NAME
      plumb \\- answer questions about machine learning experiments
      .SH SYNOPSIS
      .B plumb
      .RI [ "SOURCE ..." ]
      .B \\-c
      .I CODE

      """
    for subcommand in Subcommand.all {
      page += ".br\n.B plumb \(escaped(subcommand.name))\n"
      if !subcommand.arguments.isEmpty { page += ".I \(escaped(subcommand.arguments))\n" }
    }
    page += description
    page += ".SH SUBCOMMANDS\n"
    for subcommand in Subcommand.all {
      page += ".TP\n.B \(escaped(subcommand.name))\n\(sentence(subcommand.summary))\n"
      if !subcommand.details.isEmpty { page += escaped(subcommand.details) }
      let own = CommandOption.own(of: subcommand)
      if !own.isEmpty { page += ".RS\n" + own.map(entry).joined() + ".RE\n" }
    }
    page += ".SH OPTIONS\nOptions may stand anywhere.\n"
    page += CommandOption.available(to: nil).map(entry).joined()
    return page + exitCodes
  }

  private static func entry(_ option: CommandOption) -> String {
    ".TP\n.B \(escaped(option.usage))\n\(sentence(option.summary))\n"
  }

  private static let description = """
    .SH DESCRIPTION
    .B plumb
    reads MLflow stores (an SQLite database or an
    .I mlruns
    folder) and CSV, TSV and JSON files, and runs programs of pipelines over them:
    .PP
    .RS
    .nf
    plumb mlflow.db \\-c \\(aqruns | top 3 by metrics.accuracy per experiment\\(aq
    .fi
    .RE
    .PP
    A store gives the tables
    .BR experiments ", " runs ", " metrics ", " params ", " tags ", " datasets ", " models ", "
    .BR logged_models " and " versions ;
    a file becomes a table named after it.
    Stores are opened for reading only.
    The
    .I SOURCE
    .B std:demo
    is a bundled store to try things on.
    Without
    .BR \\-c ,
    the interactive shell starts on a terminal; elsewhere a program is read from standard input.

    """

  private static let exitCodes =
    ".SH EXIT STATUS\n"
    + ExitCode.allCases.map { ".TP\n.B \($0.rawValue)\n\(escaped($0.meaning))\n" }.joined()
    + environment

  private static let environment = """
    .SH ENVIRONMENT
    .TP
    .B NO_COLOR
    When set, nothing is coloured unless
    .B \\-\\-color always
    says so.

    """

  private static func sentence(_ text: String) -> String {
    escaped(text.prefix(1).uppercased() + text.dropFirst()) + "."
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("…", with: "...")
      .replacing("`", with: "\\(ga").replacing("'", with: "\\(aq")
  }
}
