import PlumbOutput

extension ReportFormat {
  /// JUnit XML: a suite a group, a case a check. JUnit has no word for unknown: it is an error.
  ///
  /// Elements and attributes are those that the schema of Jenkins (`junit-10.xsd`) has. Times stand
  /// without a zone, which stricter schemas forbid; they are in UTC.
  package static let junit = ReportFormat(
    "junit", summary: "JUnit XML, for GitLab, Jenkins, Azure and others"
  ) { report in
    var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
    let groups = report.groups
    let results = report.results
    text += "<testsuites name=\"\(xml(report.script.name))\" \(counts(results))>\n"
    for group in groups {
      let name = xml(group.name ?? report.script.name)
      let skipped = group.results.count { $0.outcome == .waived }
      text += "  <testsuite name=\"\(name)\" \(counts(group.results)) skipped=\"\(skipped)\""
      text += " timestamp=\"\(xml(String(report.asOfText.prefix(19))))\">\n"
      for result in group.results { text += testCase(result, suite: name) }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private static func counts(_ results: [CheckResult]) -> String {
    let failures = results.count { $0.outcome == .fail }
    let errors = results.count { $0.outcome == .error || $0.outcome == .unknown }
    return "tests=\"\(results.count)\" failures=\"\(failures)\" errors=\"\(errors)\" time=\"0\""
  }

  private static func testCase(_ result: CheckResult, suite: String) -> String {
    let check = result.definition
    var text =
      "    <testcase name=\"\(xml("\(check.id) \(check.title)"))\" classname=\"\(suite)\" "
      + "time=\"0\""
    let message = xml(result.summaryText ?? "")
    let details = xml(result.evidenceLines.joined(separator: "\n"), keepsLines: true)
    switch result.outcome {
    case .pass: return text + "/>\n"
    case .fail:
      text += ">\n      <failure type=\"\(result.severity.rawValue)\" message=\"\(message)\">"
      text += "\(details)</failure>\n"
    case .waived:
      text += ">\n      <skipped message=\"waived: \(message)\"/>\n"
    case .unknown:
      text += ">\n      <error type=\"unknown\" message=\"\(message)\">"
      text += "\(xml(result.remedy ?? ""))</error>\n"
    case .error:
      text += ">\n      <error type=\"error\" message=\"\(message)\">"
      text += "\(xml(result.remedy ?? ""))</error>\n"
    }
    return text + "    </testcase>\n"
  }

  /// Text for XML 1.0, which has no way to write control characters and two that are none.
  private static func xml(_ text: String, keepsLines: Bool = false) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let parts = (keepsLines ? lines.map(String.init) : [text]).map { line in
      TextLine.withoutNoncharacters(TextEscapes.html(line))
    }
    return parts.joined(separator: "\n")
  }
}

extension AuditReport {
  /// The results by group, groups in order of first appearance.
  package var groups: [(name: String?, results: [CheckResult])] {
    var groups: [(name: String?, results: [CheckResult])] = []
    for result in results {
      let name = result.definition.group
      if let index = groups.firstIndex(where: { $0.name == name }) {
        groups[index].results.append(result)
      } else {
        groups.append((name, [result]))
      }
    }
    return groups
  }
}

extension CheckResult {
  /// A line for each row of evidence, with the finding and the place that it belongs to.
  package var evidenceLines: [String] {
    findings.flatMap { finding -> [String] in
      let mark = finding.waiver.map { " (waived by \($0))" } ?? ""
      let head = "\(finding.subject)\(mark)"
      if finding.evidence.isEmpty { return [head] }
      var lines = finding.evidence.map { row in
        "\(head): \(row.text)" + (row.placeText.map { " [\($0)]" } ?? "")
      }
      if finding.hiddenEvidence > 0 { lines.append("\(head): \(finding.hiddenEvidence) more rows") }
      return lines.map { TextLine.oneLine($0) }
    }
  }
}

/// Text that must stay on one line.
package enum TextLine {
  /// Control characters, line ends among them, made visible.
  package static func oneLine(_ text: String) -> String { TextEscapes.visible(text) }

  /// U+FFFE, U+FFFF and their like, which neither XML nor YAML lets stand, as U+FFFD.
  package static func withoutNoncharacters(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      result.append(scalar.value & 0xFFFE == 0xFFFE ? "\u{FFFD}" : scalar)
    }
    return String(result)
  }
}
