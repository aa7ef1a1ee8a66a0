extension ReportFormat {
  /// GitHub's workflow commands. GitHub drops all but ten errors and ten warnings of a step, so
  /// that there is one command a check, the gravest first.
  package static let github = ReportFormat(
    "github", summary: "annotations of GitHub Actions, to be written to the step's log"
  ) { report in
    let order: [CheckOutcome] = [.error, .fail, .unknown]
    var errors: [CheckResult] = []
    for outcome in order { errors += report.results.filter { $0.outcome == outcome } }
    errors.sort { $0.severity > $1.severity }
    var text = ""
    for result in errors {
      let check = result.definition
      let isError = result.outcome != .unknown && result.severity >= report.gate.failOn
      let subjects = result.openFindings.prefix(10).map(\.subject).joined(separator: ", ")
      let message = [result.summaryText, subjects.isEmpty ? nil : subjects]
        .compactMap(\.self).joined(separator: ": ")
      text +=
        "::\(isError ? "error" : "warning") file=\(property(check.file)),line=\(check.line),"
        + "title=\(property("\(check.id) \(result.outcome.rawValue): \(check.title)"))"
        + "::\(data(message))\n"
    }
    let verdict = report.verdict == .passed ? "notice" : "error"
    return text
      + "::\(verdict) title=audit::\(data("\(report.countText); \(report.verdictText)"))\n"
  }

  private static func data(_ text: String) -> String {
    TextLine.oneLine(text).replacing("%", with: "%25").replacing("\r", with: "%0D")
      .replacing("\n", with: "%0A")
  }

  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
