import PlumbColumns

extension ReportFormat {
  /// SARIF 2.1.0 (OASIS): every check is a rule, so that alerts of checks that pass again close;
  /// every result has a physical location, without which GitHub refuses the whole file.
  package static let sarif = ReportFormat(
    "sarif", summary: "SARIF 2.1.0, for code scanning"
  ) { report in
    let log: Value = .object([
      "$schema": .string("https://json.schemastore.org/sarif-2.1.0.json"),
      "version": .string("2.1.0"),
      "runs": .array([run(report)]),
    ])
    var buffer = TextBuffer(capacity: 1 << 14)
    JSONReport.append(log, indent: 0, to: &buffer)
    buffer.append(0x0A)
    return buffer.string
  }

  private static func run(_ report: AuditReport) -> Value {
    let results = report.results.enumerated().flatMap { index, result in
      sarifResults(result, index, report.movement)
    }
    return .object([
      "tool": .object([
        "driver": .object([
          "name": .string("plumb"), "version": .string(report.toolVersion),
          "rules": .array(report.results.map(rule)),
        ])
      ]),
      "columnKind": .string("unicodeCodePoints"),
      "automationDetails": .object(["id": .string("plumb/\(report.script.name)/")]),
      "invocations": .array([
        .object([
          // An audit that could not decide has not done what it was asked for.
          "executionSuccessful": .bool(report.count(.error) == 0),
          "exitCode": .int(report.verdict.rawValue),
        ])
      ]),
      "results": .array(results),
      "properties": .object([
        "as_of": .string(report.asOfText), "rules_sha256": .string(report.rulesDigest),
      ]),
    ])
  }

  private static func rule(_ result: CheckResult) -> Value {
    let check = result.definition
    var fields: [Value.RecordField] = [
      Value.RecordField("id", .string(check.id)),
      Value.RecordField("shortDescription", .object(["text": .string(plain(check.title))])),
      Value.RecordField(
        "defaultConfiguration", .object(["level": .string(level(check.severity))])),
      Value.RecordField(
        "properties",
        .object([
          "tags": .texts(([check.group].compactMap(\.self) + check.references).map(plain)),
          "severity": .string(check.severity.rawValue),
        ])),
    ]
    if let fix = check.fix {
      fields.append(Value.RecordField("help", .object(["text": .string(plain(fix))])))
    }
    return .record(fields)
  }

  private static func level(_ severity: CheckSeverity) -> String {
    switch severity {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low, .info: "note"
    }
  }

  private static func sarifResults(
    _ result: CheckResult, _ index: Int, _ movement: FindingMovement?
  ) -> [Value] {
    switch result.outcome {
    case .pass: []
    case .unknown, .error:
      [
        sarifResult(
          result, index, kind: result.outcome == .unknown ? "open" : "fail",
          level: result.outcome == .unknown ? "none" : "error",
          message: "\(result.outcome.rawValue): \(result.reason ?? "")",
          fingerprint: Finding.fingerprint(
            check: result.definition.id, model: nil, subject: result.outcome.rawValue),
          extra: [])
      ]
    case .fail, .waived:
      result.findings.map { finding in
        var extra: [Value.RecordField] = []
        if let waiver = finding.waiver {
          extra.append(
            Value.RecordField(
              "suppressions",
              .array([
                .object([
                  "kind": .string("external"), "status": .string("accepted"),
                  "justification": .string("waiver \(waiver)"),
                ])
              ])))
        }
        if let word = movement?.word(for: finding.fingerprint) {
          let state = word == "persistent" ? "unchanged" : "new"
          extra.append(Value.RecordField("baselineState", .string(state)))
        }
        let evidence = finding.evidence.first.map { ": " + $0.text } ?? ""
        return sarifResult(
          result, index, kind: "fail", level: level(finding.severity),
          message: "\(result.definition.title): \(finding.subject)\(evidence)",
          fingerprint: finding.fingerprint, extra: extra)
      }
    }
  }

  private static func sarifResult(
    _ result: CheckResult, _ index: Int, kind: String, level: String, message: String,
    fingerprint: String, extra: [Value.RecordField]
  ) -> Value {
    let check = result.definition
    return .record(
      [
        Value.RecordField("ruleId", .string(check.id)),
        Value.RecordField("ruleIndex", .int(index)),
        Value.RecordField("kind", .string(kind)),
        Value.RecordField("level", .string(level)),
        Value.RecordField("message", .object(["text": .string(plain(message))])),
        Value.RecordField(
          "locations",
          .array([
            .object([
              "physicalLocation": .object([
                "artifactLocation": .object(["uri": .string(uri(check.file))]),
                "region": .object(["startLine": .int(check.line)]),
              ])
            ])
          ])),
        Value.RecordField(
          "partialFingerprints", .object(["plumbFinding/v1": .string(fingerprint)])),
      ] + extra)
  }

  /// A message in which brackets make no links (section 3.11.6 of the specification).
  private static func plain(_ text: String) -> String {
    TextLine.oneLine(text).replacing("[", with: "\\[").replacing("]", with: "\\]")
  }

  /// A relative reference to the script; scripts of the standard library lie under `stdlib/`.
  private static func uri(_ path: String) -> String {
    let path = path.hasPrefix("std:") ? "stdlib/\(path.dropFirst(4)).plumb" : path
    var result = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
        UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
}
