/// What `--help` prints.
enum HelpText {
  static var general: String {
    var lines = """
      plumb answers questions about machine learning experiments: MLflow stores, CSV and JSON.

      usage:
        plumb [SOURCE …]
        plumb [SOURCE …] -c CODE

      """
    for subcommand in Subcommand.all { lines += "  \(usage(of: subcommand))\n" }
    lines += "\nsubcommands:\n"
    lines += table(Subcommand.all.map { ($0.name, $0.summary) })
    lines += "\noptions, which may stand anywhere:\n"
    lines += table(CommandOption.available(to: nil).map { ($0.usage, $0.summary) })
    lines += """

      A SOURCE is an MLflow database, an `mlruns` folder, or a CSV, TSV or JSON file;
      `std:demo` is a bundled store to try things on. Without -c, the shell starts on a
      terminal; else a program is read from standard input.

      examples:
        plumb std:demo -c 'runs | top 3 by metrics.accuracy per experiment | select experiment, name'
        plumb mlflow.db -c 'runs | summarize n = count() by experiment' -f csv -o counts.csv
        plumb run report.plumb mlflow.db --since 2026-10-01

      """
    return lines
  }

  static func of(_ subcommand: Subcommand) -> String {
    var lines = "usage: \(usage(of: subcommand))\n\n\(subcommand.summary)\n"
    if !subcommand.details.isEmpty { lines += "\n" + subcommand.details }
    let own = CommandOption.own(of: subcommand)
    if !own.isEmpty { lines += "\noptions:\n" + table(own.map { ($0.usage, $0.summary) }) }
    return lines + "\n`plumb --help` lists the options of all subcommands.\n"
  }

  static func usage(of subcommand: Subcommand) -> String {
    "plumb \(subcommand.name)" + (subcommand.arguments.isEmpty ? "" : " " + subcommand.arguments)
  }

  /// Two columns, the first as wide as its widest cell.
  static func table(_ rows: [(name: String, summary: String)]) -> String {
    let width = rows.map(\.name.count).max() ?? 0
    return rows.map { row in
      "  " + row.name + String(repeating: " ", count: width - row.name.count + 2) + row.summary
        + "\n"
    }.joined()
  }
}
