import Glibc
import PlumbAudit
import PlumbColumns
import PlumbFormats
import Synchronization

/// What a session has read, as audits name it: addresses, digests, rows, times.
final class SourceManifest: Sendable {
  private let registry: SourceRegistry
  private let nowMicroseconds: Int
  /// Digests by path: a file is read for its digest once.
  private let digests: Mutex<[String: String?]> = Mutex([:])

  init(_ registry: SourceRegistry, nowMicroseconds: Int) {
    self.registry = registry
    self.nowMicroseconds = nowMicroseconds
  }

  /// The columns of the table `sources`.
  static let columns: [ComputedTable.Column] = [
    ComputedTable.Column("table", .string, "the table's name"),
    ComputedTable.Column("address", .string, "the source, as it was named"),
    ComputedTable.Column("format", .string, "the kind of source, such as csv"),
    ComputedTable.Column("sha256", .string, "the digest of the source's bytes"),
    ComputedTable.Column("rows", .int, "the number of rows"),
    ComputedTable.Column(
      "min_time", .timestamp, "the earliest time of the table's first column of times with a value"),
    ComputedTable.Column("max_time", .timestamp, "the latest time of that column"),
    ComputedTable.Column(
      "captured_at", .timestamp,
      "when it was exported: as `load` says, else the file's time; of a store, the time of the run"),
    ComputedTable.Column(
      "complete", .bool, "whether `load` says that nothing is missing, so that no rows means none"),
  ]

  /// The rows of the table `sources`, in the order in which the tables were attached.
  func rows(_ control: RunControl) throws(ImportError) -> [[Value]] {
    var rows: [[Value]] = []
    for record in registry.attachedTables {
      let declared = try declaration(of: record.name, control)
      let times = try range(of: record.provider, control)
      let digest = try digest(of: record.path, control)
      rows.append([
        .string(record.name), .string(record.address), .string(record.format),
        digest.map(Value.string) ?? .null,
        record.provider.knownRowCount.map(Value.int) ?? .null,
        times.map { .timestamp($0.lowerBound) } ?? .null,
        times.map { .timestamp($0.upperBound) } ?? .null,
        (record.capturedMicroseconds ?? declared?.capturedMicroseconds
          ?? fileTime(of: record)).map(Value.timestamp) ?? .null,
        (record.isComplete ?? declared?.isComplete).map(Value.bool) ?? .null,
      ])
    }
    return rows
  }

  /// What a loaded table `manifest` says of a table.
  struct Declaration {
    let isComplete: Bool?
    let capturedMicroseconds: Int?
  }

  /// The row of the table `manifest` about a table; nil when there is none.
  func declaration(
    of name: String, _ control: RunControl
  ) throws(ImportError) -> Declaration? {
    guard let provider = registry.table(named: "manifest"), provider.schema["table"] != nil else {
      return nil
    }
    let columns = ["table", "complete", "captured_at"].filter { provider.schema[$0] != nil }
    let table = try provider.scan(ScanRequest(columns: columns), control: control)
    guard
      let row = (0..<table.rowCount).first(where: {
        table["table"]?.value(at: $0) == .string(name)
      })
    else { return nil }
    var isComplete: Bool?
    if case .bool(let flag)? = table["complete"]?.value(at: row) { isComplete = flag }
    var captured: Int?
    if case .timestamp(let time)? = table["captured_at"]?.value(at: row) { captured = time }
    return Declaration(isComplete: isComplete, capturedMicroseconds: captured)
  }

  /// The sources for a report, in the order in which they were attached.
  func records(_ control: RunControl) throws(ImportError) -> [SourceRecord] {
    var order: [String] = []
    var tables: [String: [SourceRecord.TableRecord]] = [:]
    var formats: [String: String] = [:]
    var paths: [String: String] = [:]
    for record in registry.attachedTables {
      if tables[record.address] == nil { order.append(record.address) }
      tables[record.address, default: []].append(
        SourceRecord.TableRecord(name: record.name, rowCount: record.provider.knownRowCount))
      formats[record.address] = record.format
      paths[record.address] = record.path
    }
    var records: [SourceRecord] = []
    for address in order {
      records.append(
        SourceRecord(
          address: address, format: formats[address] ?? "",
          digest: try digest(of: paths[address] ?? address, control), tables: tables[address] ?? [])
      )
    }
    return records
  }

  private func digest(of path: String, _ control: RunControl) throws(ImportError) -> String? {
    if let known = digests.withLock({ $0[path] }) { return known }
    do throws(RunControl.Interruption) {
      let digest = try FileDigest.digest(path: path, control: control)
      digests.withLock { $0[path] = .some(digest) }
      return digest
    } catch {
      throw ImportError(error)
    }
  }

  /// When a file last changed. A store is no export: it is read as it is now.
  private func fileTime(of record: SourceRegistry.AttachedTable) -> Int? {
    if record.format.hasPrefix("mlflow") { return nowMicroseconds }
    var status = stat()
    guard stat(record.path, &status) == 0 else { return nil }
    let (time, overflows) = status.st_mtim.tv_sec.multipliedReportingOverflow(by: 1_000_000)
    guard !overflows else { return nil }
    let (whole, isTooLate) = time.addingReportingOverflow(status.st_mtim.tv_nsec / 1000)
    return isTooLate ? nil : whole
  }

  /// The span of a table's times: of its first timestamp column with a value. Tables that are not in
  /// memory have none.
  private func range(
    of provider: any TableProvider, _ control: RunControl
  ) throws(ImportError) -> ClosedRange<Int>? {
    guard provider.knownRowCount ?? 0 > 0 else { return nil }
    for name in provider.schema.visibleTimes {
      let table = try provider.scan(ScanRequest(columns: [name]), control: control)
      if let range = table.columns.first.flatMap(Self.range) { return range }
    }
    return nil
  }

  /// The span of a column's times; nil when it has none.
  private static func range(of cells: Column) -> ClosedRange<Int>? {
    let values = cells.integers()
    var range: ClosedRange<Int>?
    for row in 0..<cells.count where !cells.isNull(row) {
      let time = values[row]
      range = range.map { min($0.lowerBound, time)...max($0.upperBound, time) } ?? time...time
    }
    return range
  }
}

extension Schema {
  /// The names of the columns that hold times and belong to no family.
  fileprivate var visibleTimes: [String] {
    fields.filter { $0.type == .timestamp && $0.family == nil }.map(\.name)
  }
}
