import PlumbAudit
import PlumbDiagnostics

/// A report that the command line asks for, and where it goes.
struct RequestedReport: Sendable {
  let format: ReportFormat
  let path: String

  /// Reads `KIND=FILE`.
  init(_ text: String) throws(CommandError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let kinds = ReportFormatCatalog.names.joined(separator: ", ")
    guard parts.count == 2, !parts[1].isEmpty else {
      throw CommandError(
        "`--report` takes a kind and a file, and not `\(text)`",
        remedy: "write `--report html=audit.html`; kinds are \(kinds)")
    }
    guard let format = ReportFormatCatalog.named(String(parts[0])) else {
      let near = nearestName(to: String(parts[0]), in: ReportFormatCatalog.names)
      throw CommandError(
        "no kind of report is called `\(parts[0])`",
        remedy: (near.map { "did you mean `\($0)`? " } ?? "") + "Kinds are \(kinds)")
    }
    self.format = format
    path = String(parts[1])
  }

  /// Writes the file; a failure leaves what was there.
  func write(_ report: AuditReport) throws(CommandError) {
    try replaceFile(path, with: Array(format.text(report).utf8))
  }
}
