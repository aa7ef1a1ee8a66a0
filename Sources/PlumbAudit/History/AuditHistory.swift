import Glibc
import PlumbColumns
import PlumbOutput

/// The reports of earlier runs in a folder, appended to and never changed.
///
/// A record is a file `000001-DIGEST.json`: its number, and the SHA-256 of its bytes. It names the
/// digest of the record before it, and `HEAD` names the last one, so that a change of any byte, a
/// record that is missing and one that was put in between all show.
package struct AuditHistory: Sendable {
  package let folder: String
  /// The records, oldest first.
  package let records: [Record]
  /// The findings that the records tell of, in the order in which they were opened.
  package let episodes: [FindingEpisode]

  /// A run that the history holds.
  package struct Record: Sendable {
    package let number: Int
    /// The digest of the file.
    package let digest: String
    package let asOf: String
    package let rulesDigest: String
    package let parametersDigest: String
    package let exitCode: Int
    /// The checks by outcome.
    package let counts: [CheckOutcome: Int]
    /// The fingerprints of the findings that were open.
    package let findings: Set<String>
    /// The checks that ran, in their order.
    package let checks: [PastCheck]
    /// The waivers that there were, in their order.
    package let waivers: [PastWaiver]
  }

  /// A check of an earlier run.
  package struct PastCheck: Sendable {
    package let id: String
    package let group: String?
    package let severity: CheckSeverity
    package let outcome: CheckOutcome
    /// How many subjects were in its scope, and how many of them could be judged; nil when it named
    /// none.
    package let scopeCount: Int?
    package let evaluatedCount: Int?
    package let failingCount: Int
  }

  /// A waiver in an earlier run.
  package struct PastWaiver: Sendable {
    package let id: String
    /// The findings that it covered, or would have covered had it not expired.
    package let findingCount: Int
  }

  /// Why a history cannot be used.
  package struct Damage: Error, Sendable {
    /// What is wrong, each as a sentence without a full stop.
    package let messages: [String]
  }

  /// Reads the history of a folder; a folder that is not there is an empty one.
  package init(folder: String) throws(Damage) {
    self.folder = folder
    let reading = HistoryReading(folder: folder)
    guard reading.messages.isEmpty else { throw Damage(messages: reading.messages) }
    records = reading.records
    episodes = reading.episodes
  }

  /// The last record's file name, which says all there is to know of the whole.
  package var head: String? { records.last.map { Self.fileName($0.number, $0.digest) } }

  /// The name of a record's file.
  package static func fileName(_ number: Int, _ digest: String) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits + "-\(digest).json"
  }

  // MARK: Adding

  /// Adds the report of a run.
  package func append(_ report: AuditReport) throws(Damage) {
    let number = (records.last?.number ?? 0) + 1
    let bytes = Self.text(report, number: number, previous: records.last?.digest)
    let name = Self.fileName(number, SHA256.hex(of: bytes))
    mkdir(folder, 0o777)
    do throws(OutputError) {
      // A run beside this one may have taken the number.
      for other in (try? HistoryReading.names(in: folder)) ?? []
      where other.hasPrefix(name.prefix(7)) && other != name {
        throw OutputError(.writeFailed, "another run has added record \(number)")
      }
      try Self.write(bytes, to: "\(folder)/\(name)", isNew: true)
      try Self.write(Array("\(name)\n".utf8), to: "\(folder)/HEAD", isNew: false)
    } catch {
      throw Damage(messages: ["cannot add to the history `\(folder)`: \(error.message)"])
    }
  }

  private static func write(
    _ bytes: [UInt8], to path: String, isNew: Bool
  ) throws(OutputError) {
    if isNew, access(path, F_OK) == 0 {
      throw OutputError(.writeFailed, "`\(path)` is there already")
    }
    let file = try ReplacementFile(path)
    try file.write(bytes)
    try file.finish()
  }

  /// The bytes of a record: what comparisons need first, then the whole report.
  private static func text(
    _ report: AuditReport, number: Int, previous: String?
  ) -> [UInt8] {
    let counts = CheckOutcome.allCases.map { outcome in
      Value.RecordField(outcome.rawValue, .int(report.count(outcome)))
    }
    let open = Set(report.results.flatMap { $0.openFindings.map(\.fingerprint) }).sorted()
    var plain = report
    plain.movement = nil
    var buffer = TextBuffer(capacity: 1 << 14)
    JSONReport.append(
      .object([
        "number": .int(number), "previous": .text(previous), "as_of": .string(report.asOfText),
        "rules_sha256": .string(report.rulesDigest),
        "parameters_sha256": .string(report.parametersDigest),
        "exit_code": .int(report.verdict.rawValue), "counts": .record(counts),
        "findings": .texts(open), "report": plain.record,
      ]), indent: 0, to: &buffer)
    buffer.append(0x0A)
    return Array(buffer.bytes)
  }

  // MARK: Comparing

  /// How a report's findings moved since the last run with the same rules and parameters.
  package func movement(of report: AuditReport) -> FindingMovement {
    var movement = FindingMovement()
    let rules = report.rulesDigest
    let parameters = report.parametersDigest
    let comparable = records.filter {
      $0.isComparable(rules: rules, parameters: parameters)
    }
    let open = Set(report.results.flatMap { $0.openFindings.map(\.fingerprint) })
    movement.trend =
      comparable.map { record in
        FindingMovement.TrendPoint(
          asOf: record.asOf, counts: record.counts, findings: record.findings.count)
      } + [
        FindingMovement.TrendPoint(
          asOf: report.asOfText,
          counts: Dictionary(
            uniqueKeysWithValues: CheckOutcome.allCases.map { ($0, report.count($0)) }),
          findings: open.count)
      ]
    guard let last = comparable.last else {
      movement.obstacle =
        records.isEmpty
        ? "this is the first run"
        : "no earlier run had the same rules and parameters"
      return movement
    }
    var earlier: Set<String> = []
    for record in comparable {
      for fingerprint in record.findings where movement.firstSeen[fingerprint] == nil {
        movement.firstSeen[fingerprint] = record.asOf
      }
      earlier.formUnion(record.findings)
    }
    movement.persistent = open.intersection(last.findings)
    movement.fixed = last.findings.subtracting(open)
    movement.reopened = open.subtracting(last.findings).intersection(earlier)
    movement.new = open.subtracting(earlier)
    for fingerprint in movement.new { movement.firstSeen[fingerprint] = report.asOfText }
    return movement
  }
}

extension AuditHistory.Record {
  /// Whether a run with these digests asked the same: only then trends mean something.
  package func isComparable(rules: String, parameters: String) -> Bool {
    rulesDigest == rules && parametersDigest == parameters
  }
}
