import PlumbAudit
import PlumbOutput
import PlumbStdlib

extension Subcommand {
  /// `plumb audit verify DIR [HEAD]`, `plumb audit schema`
  static let audit: Subcommand = Subcommand(
    "audit", arguments: "verify DIR [HEAD] | schema",
    summary: "say whether a history of audits is as it was written, or what a report holds",
    details: """
      `--history DIR` keeps the report of each run in DIR, each record naming the digest of the
      one before. `plumb audit verify DIR` finds any record that was changed, taken away or put
      in (exit code 1), and prints the name of the last one, its head. A history whose last records
      were taken away, or that was written anew as a whole, looks like any other: keep the head
      elsewhere and give it as HEAD later, and `plumb audit verify DIR HEAD` finds that too.

      `plumb audit schema` prints the JSON Schema of the reports that `--report json=FILE` writes.

      """
  ) { (invocation, errors) throws(CommandError) in
    if invocation.showsHelp { return try printed(HelpText.of(.audit)) }
    if invocation.positionals == ["schema"] { return try printed(reportSchema) }
    guard (2...3).contains(invocation.positionals.count), invocation.positionals[0] == "verify"
    else {
      throw CommandError(
        "`plumb audit` takes `verify` and a folder, or `schema`",
        remedy: "write `plumb audit verify DIR`")
    }
    return try verified(
      invocation.positionals[1], head: invocation.positionals.dropFirst(2).first, errors)
  }

  private static var reportSchema: String {
    StandardLibrary.files.first { $0.name == "audit-report.schema.json" }?.text ?? ""
  }

  /// Looks at a history and says what it is. `head`: the name of a record that it must have.
  private static func verified(
    _ folder: String, head: String?, _ errors: ErrorStream
  ) throws(CommandError) -> ExitCode {
    let reading = HistoryReading(folder: folder)
    var messages = reading.messages
    if let head,
      !reading.records.contains(where: { AuditHistory.fileName($0.number, $0.digest) == head })
    {
      messages.append("there is no record `\(head)`: the history was cut off or written anew")
    }
    guard messages.isEmpty else {
      for message in messages { errors.write("plumb: \(shown(message))\n") }
      return .checkFailed
    }
    guard let first = reading.records.first, let last = reading.records.last else {
      throw CommandError(
        "`\(folder)` holds no history", remedy: "`--history \(folder)` begins one",
        exitCode: .failed)
    }
    let count = reading.records.count
    return try printed(
      "\(count) record\(count == 1 ? "" : "s") from \(first.asOf) to \(last.asOf), unchanged\n"
        + "head \(AuditHistory.fileName(last.number, last.digest))\n")
  }
}
