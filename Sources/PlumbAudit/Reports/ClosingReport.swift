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
    text += tablesThatDecide(report)
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

  /// Which tables would decide how many of the checks that are unknown.
  private static func tablesThatDecide(_ report: AuditReport) -> String {
    var counts: [String: Int] = [:]
    for result in report.results where result.outcome == .unknown {
      for name in Set(result.missing) { counts[name, default: 0] += 1 }
    }
    let tables = counts.filter { GovernanceCatalog.named($0.key) != nil }
      .sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    guard !tables.isEmpty else { return "" }
    let width = tables.map(\.key.count).max() ?? 0
    let lines = tables.map { name, count in
      "  \(padded(name, width + 2))\(AuditReport.counted(count, "check"))\n"
    }
    return "tables that checks lack; `help(NAME)` tells what each holds:\n" + lines.joined()
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
    if result.outcome == .fail || result.outcome == .waived, let fix = check.fix {
      lines.append(fix)
    }
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
