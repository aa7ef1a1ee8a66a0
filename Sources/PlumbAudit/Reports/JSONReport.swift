package import PlumbColumns

extension ReportFormat {
  /// The canonical report: all others say less. Its schema is part of the documentation.
  package static let json = ReportFormat(
    "json", summary: "everything there is to say, for programs"
  ) { report in
    var buffer = TextBuffer(capacity: 1 << 14)
    JSONReport.append(report.record, indent: 0, to: &buffer)
    buffer.append(0x0A)
    return buffer.string
  }
}

/// Writes nested values as JSON, a member a line.
enum JSONReport {
  /// The version of the schema: it changes when a member changes its meaning or goes away.
  static let schema = "plumb-audit/1"

  static func append(_ value: Value, indent: Int, to buffer: inout TextBuffer) {
    switch value {
    case .record(let fields) where !fields.isEmpty:
      buffer.append("{")
      for (index, field) in fields.enumerated() {
        if index > 0 { buffer.append(0x2C) }
        newLine(indent + 1, &buffer)
        JSONText.append(string: field.name, to: &buffer)
        buffer.append(": ")
        append(field.value, indent: indent + 1, to: &buffer)
      }
      newLine(indent, &buffer)
      buffer.append("}")
    case .list(let values, _) where !values.isEmpty:
      buffer.append("[")
      for (index, value) in values.enumerated() {
        if index > 0 { buffer.append(0x2C) }
        newLine(indent + 1, &buffer)
        append(value, indent: indent + 1, to: &buffer)
      }
      newLine(indent, &buffer)
      buffer.append("]")
    case .null, .bool, .int, .float, .string, .timestamp, .duration, .list, .record:
      JSONText.append(value, to: &buffer)
    }
  }

  private static func newLine(_ indent: Int, _ buffer: inout TextBuffer) {
    buffer.append(0x0A)
    buffer.append(repeating: 0x20, count: indent * 2)
  }
}

/// Records for JSON, written as literals.
extension Value {
  package static func object(_ fields: KeyValuePairs<String, Value>) -> Value {
    .record(fields.map { RecordField($0.key, $0.value) })
  }

  package static func array(_ values: [Value]) -> Value { .list(values, element: .null) }

  package static func text(_ text: String?) -> Value { text.map(Value.string) ?? .null }

  package static func number(_ number: Int?) -> Value { number.map(Value.int) ?? .null }

  package static func texts(_ texts: [String]) -> Value { .array(texts.map(Value.string)) }
}

extension AuditReport {
  /// The report as one nested value, members in a fixed order.
  package var record: Value {
    var fields: [Value.RecordField] = [
      Value.RecordField("schema", .string(JSONReport.schema)),
      Value.RecordField(
        "tool", .object(["name": .string("plumb"), "version": .string(toolVersion)])),
      Value.RecordField("as_of", .string(asOfText)),
      Value.RecordField(
        "script", .object(["name": .string(script.name), "sha256": .string(script.digest)])),
      Value.RecordField(
        "modules",
        .array(
          modules.map { .object(["name": .string($0.name), "sha256": .string($0.digest)]) })),
      Value.RecordField(
        "parameters", .record(parameters.map { Value.RecordField($0.name, .string($0.value)) })),
      Value.RecordField("parameter_files", .array(parameters.compactMap(\.fileRecord))),
      Value.RecordField("rules_sha256", .string(rulesDigest)),
      Value.RecordField("parameters_sha256", .string(parametersDigest)),
      Value.RecordField(
        "gate",
        .object([
          "fail_on": .string(gate.failOn.rawValue), "allow_unknown": .bool(gate.allowsUnknown),
        ])),
      Value.RecordField("exit_code", .int(verdict.rawValue)),
      Value.RecordField("summary", summary),
      Value.RecordField("sources", .array(sources.map(\.record))),
      Value.RecordField("checks", .array(results.map { $0.record(movement) })),
      Value.RecordField("waivers", .array(waivers.map(\.record))),
      Value.RecordField("sections", .array(sections.map(\.record))),
    ]
    if let movement { fields.append(Value.RecordField("movement", movement.record)) }
    return .record(fields)
  }

  private var summary: Value {
    var fields = [Value.RecordField("checks", .int(results.count))]
    for outcome in CheckOutcome.allCases {
      fields.append(Value.RecordField(outcome.rawValue, .int(count(outcome))))
    }
    fields.append(Value.RecordField("skipped", .int(skippedChecks)))
    fields.append(
      Value.RecordField("findings", .int(results.reduce(0) { $0 + $1.openFindings.count })))
    fields.append(
      Value.RecordField(
        "waived_findings", .int(results.reduce(0) { $0 + $1.waivedFindings.count })))
    return .record(fields)
  }
}

extension ParameterRecord {
  /// The file that the value names; nil when it names none.
  fileprivate var fileRecord: Value? {
    fileDigest.map { digest in
      .object([
        "parameter": .string(name), "address": .string(value), "sha256": .string(digest),
      ])
    }
  }
}

extension SourceRecord {
  fileprivate var record: Value {
    .object([
      "address": .string(address), "format": .string(format), "sha256": .text(digest),
      "tables": .array(
        tables.map { .object(["name": .string($0.name), "rows": .number($0.rowCount)]) }),
    ])
  }
}

extension CheckResult {
  fileprivate func record(_ movement: FindingMovement?) -> Value {
    let failing = subjects.map { subjects in subjects.count { $0.isFailing } }
    return .object([
      "id": .string(definition.id), "title": .string(definition.title),
      "group": .text(definition.group), "severity": .string(definition.severity.rawValue),
      "refs": .texts(definition.references), "fix": .text(definition.fix),
      "file": .string(definition.file), "line": .int(definition.line),
      "outcome": .string(outcome.rawValue), "effective_severity": .string(severity.rawValue),
      "reason": .text(reason), "remedy": .text(remedy), "missing": .texts(missing),
      "notes": .texts(notes),
      "subjects": .object([
        "scope": .number(scopeCount), "evaluated": .number(evaluatedCount),
        "failing": .number(failing ?? findings.count),
      ]),
      "findings": .array(findings.map { $0.record(movement) }),
    ])
  }
}

extension Finding {
  fileprivate func record(_ movement: FindingMovement?) -> Value {
    var fields: [Value.RecordField] = [
      Value.RecordField("fingerprint", .string(fingerprint)),
      Value.RecordField("subject", .string(subject)),
      Value.RecordField("model", .text(model)),
      Value.RecordField("severity", .string(severity.rawValue)),
      Value.RecordField("state", .string(waiver == nil ? "open" : "waived")),
      Value.RecordField("waiver", .text(waiver)),
      Value.RecordField("expired_waiver", .text(expiredWaiver)),
    ]
    if let word = movement?.word(for: fingerprint) {
      fields.append(Value.RecordField("movement", .string(word)))
      fields.append(Value.RecordField("first_seen", .text(movement?.firstSeen[fingerprint])))
    }
    fields.append(
      Value.RecordField(
        "evidence",
        .array(
          evidence.map { row in
            .object([
              "source": .text(row.origin?.address), "table": .text(row.origin?.table),
              "row": .number(row.origin?.row), "values": .record(row.cells),
            ])
          })))
    fields.append(Value.RecordField("hidden_evidence", .int(hiddenEvidence)))
    return .record(fields)
  }
}

extension WaiverUse {
  fileprivate var record: Value {
    .object([
      "id": .string(waiver.id), "check": .string(waiver.check),
      "subject": .string(waiver.subject), "reason": .string(waiver.reason),
      "requested_by": .string(waiver.requestedBy), "approved_by": .string(waiver.approvedBy),
      "expires": .string(waiver.expiresText), "expired": .bool(isExpired),
      "findings": .int(findings),
    ])
  }
}

extension Waiver {
  /// The last day that counts, such as `2026-10-31`.
  package var expiresText: String {
    String(TimestampText.format(expiresMicroseconds).prefix(10))
  }
}

extension ReportSection {
  fileprivate var record: Value {
    .object([
      "title": .string(title), "columns": .texts(table.schema.fields.map(\.name)),
      "rows": .array((0..<table.rowCount).map { .array(table.row($0)) }),
    ])
  }
}

extension FindingMovement {
  fileprivate var record: Value {
    .object([
      "not_comparable": .text(obstacle), "new": .texts(new.sorted()),
      "fixed": .texts(fixed.sorted()), "persistent": .texts(persistent.sorted()),
      "reopened": .texts(reopened.sorted()),
    ])
  }
}
