import Glibc
import PlumbColumns
import PlumbSystem

/// Reads the folder of a history and tells all that is wrong with it.
package struct HistoryReading {
  package private(set) var records: [AuditHistory.Record] = []
  /// What is wrong; empty when nothing is.
  package private(set) var messages: [String] = []
  private let folder: String
  private var tracker = EpisodeTracker()

  /// The findings that the records tell of, in the order in which they were opened.
  package var episodes: [FindingEpisode] { tracker.episodes }

  /// Looks at every file. A folder that is not there holds no records.
  package init(folder: String) {
    self.folder = folder
    let names: [String]
    do throws(SystemError) {
      names = try Self.names(in: folder)
    } catch {
      if error.code != ENOENT {
        messages.append("cannot read the folder `\(folder)`: \(error.text)")
      }
      return
    }
    var previous: String?
    for name in names.sorted() where name != "HEAD" {
      guard let (number, digest) = Self.parts(of: name) else {
        messages.append("`\(name)` is no record")
        continue
      }
      if number != records.count + 1 {
        messages.append("record \(records.count + 1) is missing before `\(name)`")
      }
      read(name, number, digest, previous: previous)
      previous = digest
    }
    checkHead(previous.map { AuditHistory.fileName(records.last?.number ?? 0, $0) })
  }

  private mutating func read(
    _ name: String, _ number: Int, _ digest: String, previous: String?
  ) {
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try Self.bytes(of: "\(folder)/\(name)")
    } catch {
      messages.append("cannot read `\(name)`: \(error.text)")
      return
    }
    guard SHA256.hex(of: bytes) == digest else {
      messages.append("`\(name)` has been changed: its bytes have another digest")
      records.append(Self.empty(number, digest))
      return
    }
    guard let value = try? bytes.withUnsafeBufferPointer({ try JSONText.parse($0) }),
      let record = Self.record(value, number, digest)
    else {
      messages.append("`\(name)` is no record of an audit")
      records.append(Self.empty(number, digest))
      return
    }
    if value.member("number") != .int(number) {
      messages.append("`\(name)` says that it is another record")
    }
    if value.member("previous") != previous.map(Value.string) ?? .null {
      messages.append("`\(name)` follows another record than the one before it")
    }
    records.append(record)
    tracker.take(value.member("report").member("checks").elements, asOf: record.asOf)
  }

  private mutating func checkHead(_ last: String?) {
    let head = (try? Self.bytes(of: "\(folder)/HEAD")).map { String(decoding: $0, as: UTF8.self) }
    switch (head, last) {
    case (nil, nil): break
    case (nil, .some): messages.append("`HEAD` is missing")
    case (let head?, let last) where head != "\(last ?? "")\n":
      let named = head.split(separator: "\n").first.map(String.init) ?? ""
      messages.append("`HEAD` names `\(named)`, which is not the last record")
    default: break
    }
  }

  private static func empty(_ number: Int, _ digest: String) -> AuditHistory.Record {
    AuditHistory.Record(
      number: number, digest: digest, asOf: "", rulesDigest: "", parametersDigest: "",
      exitCode: 0, counts: [:], findings: [], checks: [], waivers: [])
  }

  private static func record(
    _ value: Value, _ number: Int, _ digest: String
  ) -> AuditHistory.Record? {
    guard case .string(let asOf) = value.member("as_of"),
      case .string(let rules) = value.member("rules_sha256"),
      case .string(let parameters) = value.member("parameters_sha256"),
      case .int(let exitCode) = value.member("exit_code"),
      case .list(let findings, _) = value.member("findings")
    else { return nil }
    var counts: [CheckOutcome: Int] = [:]
    for outcome in CheckOutcome.allCases {
      if case .int(let count) = value.member("counts").member(outcome.rawValue) {
        counts[outcome] = count
      }
    }
    let fingerprints = findings.compactMap { finding -> String? in
      if case .string(let text) = finding { text } else { nil }
    }
    return AuditHistory.Record(
      number: number, digest: digest, asOf: asOf, rulesDigest: rules,
      parametersDigest: parameters, exitCode: exitCode, counts: counts,
      findings: Set(fingerprints),
      checks: value.member("report").member("checks").elements.compactMap(check),
      waivers: value.member("report").member("waivers").elements.compactMap(waiver))
  }

  private static func check(_ value: Value) -> AuditHistory.PastCheck? {
    guard let id = value.member("id").text,
      let severity = value.member("severity").text.flatMap(CheckSeverity.init),
      let outcome = value.member("outcome").text.flatMap(CheckOutcome.init)
    else { return nil }
    let subjects = value.member("subjects")
    return AuditHistory.PastCheck(
      id: id, group: value.member("group").text, severity: severity, outcome: outcome,
      scopeCount: subjects.member("scope").integer,
      evaluatedCount: subjects.member("evaluated").integer,
      failingCount: subjects.member("failing").integer ?? 0)
  }

  private static func waiver(_ value: Value) -> AuditHistory.PastWaiver? {
    guard let id = value.member("id").text, let count = value.member("findings").integer else {
      return nil
    }
    return AuditHistory.PastWaiver(id: id, findingCount: count)
  }

  /// `000001-DIGEST.json`
  private static func parts(of name: String) -> (Int, String)? {
    guard name.hasSuffix(".json") else { return nil }
    let parts = name.dropLast(5).split(separator: "-", maxSplits: 1)
    guard parts.count == 2, let number = Int(parts[0]), parts[1].utf8.count == 64,
      parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }),
      AuditHistory.fileName(number, String(parts[1])) == name
    else { return nil }
    return (number, String(parts[1]))
  }

  // MARK: Files

  /// The names in a folder, parts of files that are being written left out.
  static func names(in folder: String) throws(SystemError) -> [String] {
    try fileNames(in: folder).filter { !$0.contains(".part") }
  }

  private static func bytes(of path: String) throws(SystemError) -> [UInt8] {
    try readFile(path, byteLimit: largestBytes)
  }

  /// A report of a million findings is smaller.
  private static let largestBytes = 1 << 30
}
