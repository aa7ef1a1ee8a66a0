extension ReportFormat {
  /// The Test Anything Protocol, version 14. A waived check is `TODO`; an unknown one is not ok.
  package static let tap = ReportFormat(
    "tap", summary: "the Test Anything Protocol"
  ) { report in
    var text = "TAP version 14\n1..\(report.results.count)\n"
    for (index, result) in report.results.enumerated() {
      let check = result.definition
      let isOK = result.outcome == .pass
      let directive = result.outcome == .waived ? " # TODO waived" : ""
      text += "\(isOK ? "ok" : "not ok") \(index + 1) - \(escaped("\(check.id) \(check.title)"))"
      text += directive + "\n"
      guard !isOK else { continue }
      text += "  ---\n"
      text += "  outcome: \(result.outcome.rawValue)\n"
      text += "  severity: \(result.severity.rawValue)\n"
      if let summary = result.summaryText { text += "  message: \(quoted(summary))\n" }
      let lines = result.evidenceLines
      if !lines.isEmpty {
        text += "  evidence:\n"
        for line in lines { text += "    - \(quoted(line))\n" }
      }
      text += "  ...\n"
    }
    return text
  }

  private static func escaped(_ text: String) -> String {
    TextLine.oneLine(text).replacing("\\", with: "\\\\").replacing("#", with: "\\#")
  }

  /// A YAML scalar in single quotes, on one line.
  private static func quoted(_ text: String) -> String {
    let line = TextLine.withoutNoncharacters(TextLine.oneLine(text))
    return "'" + line.replacing("'", with: "''") + "'"
  }
}
