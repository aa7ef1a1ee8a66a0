import PlumbOutput

/// What a script with checks prints when it ends.
package enum ClosingReport {
  /// - Parameter maxFindings: The findings of a check that are shown; nil for all.
  package static func text(_ report: AuditReport, maxFindings: Int? = nil) -> String {
    var text = ""
    for section in report.sections {
      text += "\(TextLine.oneLine(section.title))\n\(OutputFormat.table.text(section.table))\n"
    }
    let ids = report.results.map { TextLine.oneLine($0.definition.id).count }.max() ?? 0
    let order: [CheckOutcome] = [.error, .fail, .unknown, .waived, .pass]
    for outcome in order {
      for result in report.results where result.outcome == outcome {
        text += lines(of: result, idWidth: ids, maxFindings: maxFindings)
      }
    }
    let expired = report.waivers.filter(\.isExpired)
    for use in expired {
      text +=
        TextLine.oneLine(
          "waiver \(use.waiver.id) expired on \(use.waiver.expiresText) and covers nothing") + "\n"
    }
    for use in report.waivers where !use.isExpired && use.findings > 0 {
      text +=
        TextLine.oneLine(
          "waiver \(use.waiver.id) covers \(AuditReport.counted(use.findings, "finding")) until "
            + "\(use.waiver.expiresText), approved by \(use.waiver.approvedBy)") + "\n"
    }
    if report.skippedChecks > 0 {
      text += "\(AuditReport.counted(report.skippedChecks, "check")) not selected\n"
    }
    if let movement = report.movement { text += self.text(movement) }
    return text + "\(report.countText), as of \(report.asOfText)\n\(report.verdictText)\n"
  }

  private static func text(_ movement: FindingMovement) -> String {
    if let obstacle = movement.obstacle { return "not compared with earlier runs: \(obstacle)\n" }
    return
      "findings: \(movement.new.count) new, \(movement.reopened.count) reopened, "
      + "\(movement.persistent.count) persistent, \(movement.fixed.count) fixed\n"
  }

  private static func lines(
    of result: CheckResult, idWidth: Int, maxFindings: Int?
  ) -> String {
    let check = result.definition
    let id = TextLine.oneLine(check.id)
    var text =
      padded(result.outcome.rawValue, 8) + padded(id, idWidth + 2)
      + padded(result.severity.rawValue, 10) + TextLine.oneLine(check.title)
    if result.outcome == .pass, let scope = result.scopeText { text += " (\(scope))" }
    text += "\n"
    let indent = String(repeating: " ", count: 8)
    var lines: [String] = []
    if let summary = result.summaryText { lines.append(summary) }
    if let remedy = result.remedy { lines.append(remedy) }
    if result.outcome != .pass, let fix = check.fix { lines.append(fix) }
    lines += result.notes
    var evidence = result.evidenceLines
    if let maxFindings, evidence.count > maxFindings {
      let hidden = evidence.count - maxFindings
      evidence = Array(evidence.prefix(maxFindings)) + ["and \(hidden) more"]
    }
    lines += evidence.map { "- " + $0 }
    for line in lines { text += indent + TextLine.oneLine(line) + "\n" }
    return text
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.count, 1))
  }
}
