package import PlumbColumns

/// Words that several report formats share.
extension AuditReport {
  /// `asOf` as ISO 8601 in UTC.
  package var asOfText: String { TimestampText.format(asOfMicroseconds) }

  /// `7 checks: 4 pass, 2 fail, 1 unknown`, outcomes that do not occur left out.
  package var countText: String {
    let counts = CheckOutcome.allCases.compactMap { outcome in
      let count = count(outcome)
      return count == 0 ? nil : "\(count) \(outcome.rawValue)"
    }
    return Self.counted(results.count, "check") + ": " + counts.joined(separator: ", ")
  }

  /// What the exit code says, as a sentence.
  package var verdictText: String {
    switch verdict {
    case .passed:
      let unknown = count(.unknown)
      let doubt = unknown == 0 ? "" : ", and \(Self.counted(unknown, "check")) undecided"
      return "nothing at or above \(gate.failOn.rawValue) failed\(doubt)"
    case .failed:
      let failed = results.count {
        $0.severity >= gate.failOn && ($0.outcome == .fail || $0.outcome == .error)
      }
      let unknown = count(.unknown)
      let doubt = unknown == 0 ? "" : "; \(Self.counted(unknown, "check")) undecided besides"
      return "\(Self.counted(failed, "check")) at or above \(gate.failOn.rawValue) failed\(doubt)"
    case .undecided:
      let undecided = results.count { $0.severity >= gate.failOn && $0.outcome == .unknown }
      return
        "\(Self.counted(undecided, "check")) at or above \(gate.failOn.rawValue) could not be "
        + "decided"
    }
  }

  /// `1 check`, `2 checks`.
  package static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

extension CheckResult {
  /// What there is to say of the outcome in one line; nil for a pass without remarks.
  package var summaryText: String? {
    switch outcome {
    case .pass, .unknown, .error: return reason
    case .fail, .waived:
      let failing = findings.count
      let whole = scopeCount.map { " of \(AuditReport.counted($0, "subject"))" }
      let noun = whole == nil ? " " + (failing == 1 ? "subject" : "subjects") : ""
      let waived = waivedFindings.count
      let cover = waived == 0 ? "" : ", \(waived) waived"
      return "\(failing)\(whole ?? noun) \(failing == 1 ? "offends" : "offend")\(cover)"
    }
  }

  /// The scope in words: how many subjects, and how many of them could be judged.
  package var scopeText: String? {
    guard let scopeCount, let evaluatedCount else { return nil }
    let subjects = AuditReport.counted(scopeCount, "subject")
    return evaluatedCount == scopeCount ? subjects : "\(subjects), \(evaluatedCount) judged"
  }
}

extension Evidence {
  /// `name = churn, owner = null`.
  package var text: String {
    cells.map { "\($0.name) = \(Self.text($0.value))" }.joined(separator: ", ")
  }

  /// Where the row is: `models.csv, row 3 of models`.
  package var placeText: String? {
    origin.map { "\($0.address), row \($0.row) of \($0.table)" }
  }

  /// A cell as people read it.
  package static func text(_ value: Value) -> String {
    switch value {
    case .string(let text): text.isEmpty ? "\"\"" : text
    case .null: "null"
    case .duration(let microseconds): DurationText.format(microseconds)
    case .timestamp(let microseconds): TimestampText.format(microseconds)
    case .list(let values, _): "[" + values.map(text).joined(separator: ", ") + "]"
    case .bool, .int, .float, .record: JSONText.write(value)
    }
  }
}
