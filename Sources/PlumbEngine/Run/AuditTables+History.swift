import PlumbAudit
import PlumbColumns

/// The tables about the earlier runs of a history.
extension AuditTables {
  static func tables(of history: AuditHistory, audit: AuditRun) -> [ComputedTable] {
    [
      ComputedTable(
        name: "audit_runs", summary: "the earlier runs of the history", columns: runColumns,
        version: { audit.resultCount }
      ) { _ in runs(history.records, audit.report(asOfMicroseconds: 0)) },
      ComputedTable(
        name: "audit_past_checks", summary: "the checks of the earlier runs of the history",
        columns: pastCheckColumns, version: { 0 }
      ) { _ in pastChecks(history.records) },
      ComputedTable(
        name: "audit_past_waivers",
        summary: "the waivers of the earlier runs of the history, and what they covered",
        columns: pastWaiverColumns, version: { 0 }
      ) { _ in pastWaivers(history.records) },
      ComputedTable(
        name: "audit_past_findings",
        summary: "the findings of the earlier runs, and how long each was open",
        columns: pastFindingColumns, version: { 0 }
      ) { _ in pastFindings(history.episodes) },
    ]
  }

  private static let runColumns: [Column] = [
    Column("number", .int, "the record's number, from 1"),
    Column("as_of", .timestamp, "the time of the run"),
    Column("exit_code", .int, "0, 1 or 4"),
    Column("rules", .string, "a digest of the rules"),
    Column("parameters", .string, "a digest of the parameters"),
    Column("passed", .int, "the checks that passed"),
    Column("failed", .int, "the checks that failed or broke"),
    Column("unknown", .int, "the checks that could not be decided"),
    Column("findings", .int, "the open findings"),
    Column(
      "comparable", .bool,
      "whether its rules and parameters are those of this run; it can be true only behind the "
        + "last check"),
  ]

  private static func runs(
    _ records: [AuditHistory.Record], _ report: AuditReport?
  ) -> [[Value]] {
    let rules = report?.rulesDigest ?? ""
    let parameters = report?.parametersDigest ?? ""
    return records.map { record in
      let failed = (record.counts[.fail] ?? 0) + (record.counts[.error] ?? 0)
      return [
        .int(record.number), time(record.asOf),
        .int(record.exitCode), .string(record.rulesDigest), .string(record.parametersDigest),
        .int(record.counts[.pass] ?? 0), .int(failed), .int(record.counts[.unknown] ?? 0),
        .int(record.findings.count),
        .bool(record.isComparable(rules: rules, parameters: parameters)),
      ]
    }
  }

  private static let pastCheckColumns: [Column] = [
    Column("number", .int, "the number of the run's record, from 1"),
    Column("as_of", .timestamp, "the time of the run"),
    Column("check", .string, "the check's id"),
    Column("group", .string, "the group that it belonged to"),
    Column("severity", .string, "what its failure weighed"),
    Column("outcome", .string, "pass, fail, waived, unknown or error"),
    Column("subjects", .int, "how many subjects were in its scope"),
    Column("evaluated", .int, "how many of them could be judged"),
    Column("failing", .int, "how many subjects offended, waived or not"),
  ]

  private static func pastChecks(_ records: [AuditHistory.Record]) -> [[Value]] {
    records.flatMap { record in
      record.checks.map { check in
        [
          .int(record.number), time(record.asOf), .string(check.id), text(check.group),
          .string(check.severity.rawValue), .string(check.outcome.rawValue),
          number(check.scopeCount),
          number(check.evaluatedCount), .int(check.failingCount),
        ]
      }
    }
  }

  private static let pastWaiverColumns: [Column] = [
    Column("number", .int, "the number of the run's record, from 1"),
    Column("as_of", .timestamp, "the time of the run"),
    Column("id", .string, "the waiver's id"),
    Column(
      "findings", .int, "how many findings it covered, or would have had it not expired"),
  ]

  private static func pastWaivers(_ records: [AuditHistory.Record]) -> [[Value]] {
    records.flatMap { record in
      record.waivers.map { waiver in
        [
          .int(record.number), time(record.asOf), .string(waiver.id),
          .int(waiver.findingCount),
        ]
      }
    }
  }

  private static let pastFindingColumns: [Column] = [
    Column("check", .string, "the check's id"),
    Column("subject", .string, "what offended"),
    Column("model", .string, "the model that it belongs to"),
    Column("severity", .string, "what it weighed"),
    Column("fingerprint", .string, "what tells it apart from run to run"),
    Column("opened", .timestamp, "the time of the first run that had it"),
    Column(
      "closed", .timestamp,
      "the time of the first run that no longer had it; empty while it is open"),
  ]

  private static func pastFindings(_ episodes: [FindingEpisode]) -> [[Value]] {
    episodes.map { episode in
      [
        .string(episode.check), .string(episode.subject), text(episode.model),
        .string(episode.severity.rawValue), .string(episode.fingerprint), time(episode.opened),
        episode.closed.map(time) ?? .null,
      ]
    }
  }

  private static func time(_ text: String) -> Value {
    TimestampText.parse(text).map(Value.timestamp) ?? .null
  }
}
