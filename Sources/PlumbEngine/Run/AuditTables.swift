import PlumbAudit
import PlumbColumns

/// The tables that a running audit has of itself: what its checks have found so far, and what it
/// reads. A table of an open source under the same name comes first.
struct AuditTables: Sendable {
  private let tables: [ComputedTable]

  init(audit: AuditRun, sources: SourceManifest, history: AuditHistory?) {
    // What checks have found changes only when another one ends.
    let found: @Sendable () -> Int = { audit.resultCount }
    var tables = [
      ComputedTable(
        name: "audit_outcomes", summary: "the checks that have run, and how they ended",
        columns: Self.outcomeColumns, version: found
      ) { _ in Self.outcomes(audit.results) },
      ComputedTable(
        name: "audit_subjects",
        summary: "the subjects of each check that has run, and whether they pass",
        columns: Self.subjectColumns, version: found
      ) { _ in Self.subjects(audit.results) },
      ComputedTable(
        name: "audit_findings", summary: "the findings of the checks that have run",
        columns: Self.findingColumns, version: found
      ) { _ in Self.findings(audit.results) },
      ComputedTable(
        name: "audit_waivers", summary: "the waivers, and the findings that they cover so far",
        columns: Self.waiverColumns
      ) { _ in Self.waivers(audit.waivers ?? []) },
      ComputedTable(
        name: "sources", summary: "the tables that were loaded, with the sources they are from",
        columns: SourceManifest.columns
      ) { (control) throws(ImportError) in try sources.rows(control) },
    ]
    if let history { tables += Self.tables(of: history, audit: audit) }
    self.tables = tables
  }

  func table(named name: String) -> (any TableProvider)? { tables.first { $0.name == name } }

  // MARK: Rows

  typealias Column = ComputedTable.Column

  private static let outcomeColumns: [Column] = [
    Column("check", .string, "the check's id"),
    Column("title", .string, "what it demands"),
    Column("group", .string, "the group that it belongs to"),
    Column("severity", .string, "what its failure weighs"),
    Column("outcome", .string, "pass, fail, waived, unknown or error"),
    Column("subjects", .int, "how many subjects are in its scope"),
    Column("evaluated", .int, "how many of them could be judged"),
    Column("failing", .int, "how many subjects offend, waived or not"),
    Column("waived", .int, "how many of these a waiver covers"),
    Column("reason", .string, "why it did not pass"),
    Column("refs", .list(.string), "the controls that it supports"),
  ]

  private static func outcomes(_ results: [CheckResult]) -> [[Value]] {
    results.map { result in
      let check = result.definition
      return [
        .string(check.id), .string(check.title), text(check.group),
        .string(result.severity.rawValue), .string(result.outcome.rawValue),
        number(result.scopeCount), number(result.evaluatedCount), .int(result.findings.count),
        .int(result.waivedFindings.count), text(result.reason),
        .list(check.references.map(Value.string), element: .string),
      ]
    }
  }

  private static let subjectColumns: [Column] = [
    Column("check", .string, "the check's id"),
    Column("subject", .string, "the subject in the check's scope"),
    Column("model", .string, "the model that it belongs to; without a column `model`, the subject"),
    Column("evaluated", .bool, "whether it could be judged"),
    Column("failing", .bool, "whether it offends"),
    Column("waived", .bool, "whether a waiver covers that"),
    Column("passed", .bool, "whether it was judged and does not offend"),
  ]

  private static func subjects(_ results: [CheckResult]) -> [[Value]] {
    results.flatMap { result in
      (result.subjects ?? []).map { subject in
        [
          .string(result.definition.id), .string(subject.subject),
          .string(subject.model ?? subject.subject), .bool(subject.isEvaluated),
          .bool(subject.isFailing), .bool(subject.isWaived),
          .bool(subject.isEvaluated && !subject.isFailing),
        ]
      }
    }
  }

  private static let findingColumns: [Column] = [
    Column("check", .string, "the check's id"),
    Column("group", .string, "the group of the check"),
    Column("subject", .string, "what offends"),
    Column("model", .string, "the model that it belongs to"),
    Column("severity", .string, "what it weighs, shifted by the model's tier"),
    Column("waiver", .string, "the waiver that covers it"),
    Column("fingerprint", .string, "what tells it apart from run to run"),
    Column("evidence", .int, "how many rows show it"),
  ]

  private static func findings(_ results: [CheckResult]) -> [[Value]] {
    results.flatMap { result in
      result.findings.map { finding in
        [
          .string(result.definition.id), text(result.definition.group), .string(finding.subject),
          text(finding.model), .string(finding.severity.rawValue), text(finding.waiver),
          .string(finding.fingerprint), .int(finding.evidence.count + finding.hiddenEvidence),
        ]
      }
    }
  }

  private static let waiverColumns: [Column] = [
    Column("id", .string, "the waiver's id"),
    Column("check", .string, "the checks that it is about"),
    Column("subject", .string, "the subjects that it is about"),
    Column("approved_by", .string, "who approved it"),
    Column("expires", .timestamp, "its last day"),
    Column("expired", .bool, "whether that day is over"),
    Column("findings", .int, "how many findings it covers, or would if it had not expired"),
  ]

  private static func waivers(_ uses: [WaiverUse]) -> [[Value]] {
    uses.map { use in
      let waiver = use.waiver
      return [
        .string(waiver.id), .string(waiver.check), .string(waiver.subject),
        .string(waiver.approvedBy), .timestamp(waiver.expiresMicroseconds), .bool(use.isExpired),
        .int(use.findings),
      ]
    }
  }

  static func text(_ text: String?) -> Value { text.map(Value.string) ?? .null }
  static func number(_ number: Int?) -> Value { number.map(Value.int) ?? .null }
}
