import PlumbOutput

extension ReportFormat {
  /// Markdown for a pull request: a table of what is not well, the evidence folded below.
  package static let markdown = ReportFormat(
    "markdown", summary: "Markdown, for a pull request or a summary"
  ) { report in
    var text = "## Audit of \(code(report.script.name))\n\n"
    text += "**\(report.countText)**, as of \(report.asOfText): \(report.verdictText).\n\n"
    if let movement = report.movement, movement.obstacle == nil {
      text +=
        "\(movement.new.count) new, \(movement.reopened.count) reopened, "
        + "\(movement.fixed.count) fixed, \(movement.persistent.count) persistent.\n\n"
    }
    for section in report.sections { text += markdown(section) }
    let rest = report.results.filter { $0.outcome != .pass }
    if !rest.isEmpty {
      text += "| outcome | severity | check | title | what |\n| --- | --- | --- | --- | --- |\n"
      for result in rest {
        let check = result.definition
        text +=
          "| \(result.outcome.rawValue) | \(result.severity.rawValue) | \(code(check.id)) | "
          + "\(TextEscapes.markdown(check.title)) | "
          + "\(TextEscapes.markdown(result.summaryText ?? "")) |\n"
      }
      text += "\n"
    }
    for result in rest where !result.findings.isEmpty { text += evidence(result) }
    text += sources(report)
    return text
  }

  private static func markdown(_ section: ReportSection) -> String {
    "### \(TextEscapes.markdown(section.title))\n\n"
      + OutputFormat.markdown.text(section.table) + "\n"
  }

  private static func evidence(_ result: CheckResult) -> String {
    let check = result.definition
    var text = "<details><summary>\(TextEscapes.html("\(check.id): \(check.title)"))</summary>\n\n"
    for line in result.evidenceLines { text += "- \(code(line))\n" }
    return text + "\n</details>\n\n"
  }

  private static func sources(_ report: AuditReport) -> String {
    guard !report.sources.isEmpty else { return "" }
    var text = "| source | sha256 | tables |\n| --- | --- | --- |\n"
    for source in report.sources {
      let tables = source.tables.map { table in
        code(table.name) + (table.rowCount.map { " \($0)" } ?? "")
      }
      text +=
        "| \(code(source.address)) | \(source.digest.map { code(String($0.prefix(16))) } ?? "") | "
        + "\(tables.joined(separator: ", ")) |\n"
    }
    return text
  }

  /// Text from data as code: there no mention, reference or address in it becomes a link.
  private static func code(_ text: String) -> String {
    "<code>\(TextEscapes.markdown(text))</code>"
  }
}
