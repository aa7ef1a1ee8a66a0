import PlumbColumns
import PlumbSystem

/// The metric history of a database as it was kept in a file, with what it was made from.
struct HistorySnapshot: Sendable {
  /// The database's real path.
  let path: String
  let includesDeleted: Bool
  let stamp: SourceStamp
  let fingerprint: HistoryFingerprint
  /// The runs that were seen when it was made, by their codes in `run_id`.
  let runIDs: TextDictionary
  let rowCount: Int
  private let history: any TableProvider

  /// Raised whenever other rows or values than before are to be kept.
  private static let layout = 1
  private static let numberNames =
    ["layout", "taken"] + SourceStamp.names
    + ["schema_version", "first_rowid", "last_rowid", "row_count", "sample_hash"]
  static let historySchema = Schema([
    Schema.Field("run_id", .string), Schema.Field("key", .string), Schema.Field("value", .float),
    Schema.Field("step", .int), Schema.Field("timestamp", .timestamp),
  ])

  // MARK: Reading

  /// Opens a file, of which only the directory and the small tables are read; nil when another
  /// version of this program has made it.
  init?(file: String, control: RunControl) throws(ImportError) {
    let source = try Importer.snapshot.open(OpenRequest(path: file, control: control))
    func provider(_ name: String) throws(ImportError) -> any TableProvider {
      guard let provider = source.tables.first(where: { $0.name == name }) else {
        throw Self.damaged(file)
      }
      return provider
    }
    let origin = try provider("source")
    let columns = Self.numberNames + ["path", "deleted"]
    guard columns.allSatisfy({ origin.schema[$0] != nil }), origin.knownRowCount == 1 else {
      return nil
    }
    let row = try origin.scan(ScanRequest(columns: columns), control: control).row(0)
    var numbers: [String: Int] = [:]
    for (name, value) in zip(columns, row) {
      if case .int(let number) = value { numbers[name] = number }
    }
    guard numbers["layout"] == Self.layout else { return nil }
    func number(_ name: String) -> Int { numbers[name] ?? 0 }
    guard case .string(let path) = row[columns.count - 2],
      case .bool(let includesDeleted) = row[columns.count - 1]
    else { throw Self.damaged(file) }
    self.path = path
    self.includesDeleted = includesDeleted
    stamp = SourceStamp(numbers: SourceStamp.names.map(number), takenSeconds: number("taken"))
    fingerprint = HistoryFingerprint(
      schemaVersion: number("schema_version"), firstRowid: number("first_rowid"),
      lastRowid: number("last_rowid"), rowCount: number("row_count"),
      sampleHash: number("sample_hash"))
    let runs = try provider("runs")
    history = try provider("history")
    guard runs.schema["run_id"]?.type == .string,
      history.schema.fields == Self.historySchema.fields,
      let count = history.knownRowCount
    else { throw Self.damaged(file) }
    let ids = try runs.scan(ScanRequest(columns: ["run_id"]), control: control)
    runIDs = ids.columns[0].dictionary ?? .empty
    guard ids.rowCount == 0 || runIDs.count == ids.rowCount else { throw Self.damaged(file) }
    rowCount = count
  }

  private static func damaged(_ file: String) -> ImportError {
    ImportError(.corrupt, "`\(file)` does not hold what a cache does")
  }

  /// Columns of the history as they were kept.
  func columns(_ names: [String], control: RunControl) throws(ImportError) -> [String: Column] {
    let table = try history.scan(ScanRequest(columns: names), control: control)
    var columns: [String: Column] = [:]
    for (name, column) in zip(names, table.columns) { columns[name] = column }
    // Codes are positions in `runIDs`, and no value of a history is null.
    let runs = columns["run_id"]?.dictionary
    guard rowCount == 0 || runs.map({ $0 === runIDs && $0.count > 0 }) ?? true,
      !table.columns.contains(where: \.mayHaveNulls)
    else { throw ImportError(.corrupt, "it does not hold the history of these runs") }
    return columns
  }

  // MARK: Writing

  /// Writes rows with all their columns, whose `run_id` is coded in `runIDs`.
  static func write(
    _ rows: HistoryRows, runIDs: TextDictionary, path: String, includesDeleted: Bool,
    stamp: SourceStamp, fingerprint: HistoryFingerprint, to descriptor: Int32, control: RunControl
  ) throws(ImportError) {
    var writer = SnapshotWriter<ImportError> { (bytes) throws(ImportError) in
      try control.checkImport()
      do throws(SystemError) {
        try writeAll(bytes, to: descriptor)
      } catch {
        throw ImportError(.writeFailed, "cannot write: \(error.text)")
      }
    }
    try writer.begin()
    func add(
      _ name: String, _ schema: Schema, _ columns: [Column], _ count: Int
    ) throws(ImportError) {
      let table = Table(schema: schema, columns: columns, rowCount: count)
      try writer.add(MemoryTable(name: name, table: table), as: name, table)
    }
    let numbers =
      [layout, stamp.takenSeconds] + stamp.numbers + [
        fingerprint.schemaVersion, fingerprint.firstRowid, fingerprint.lastRowid,
        fingerprint.rowCount, fingerprint.sampleHash,
      ]
    let fields =
      numberNames.map { Schema.Field($0, .int) } + [
        Schema.Field("path", .string), Schema.Field("deleted", .bool),
      ]
    let values = numbers.map { Value.int($0) } + [.string(path), .bool(includesDeleted)]
    try add(
      "source", Schema(fields),
      zip(fields, values).map { Column(constant: $1, type: $0.type, count: 1) }, 1)
    let codes = Values((0..<runIDs.count).map { UInt32(truncatingIfNeeded: $0) })
    try add(
      "runs", Schema([Schema.Field("run_id", .string)]),
      [Column(type: .string, count: runIDs.count, storage: .text(codes, runIDs))], runIDs.count)
    let columns = historySchema.fields.map { field in
      rows.columns[field.name] ?? .nulls(field.type, count: rows.count)
    }
    try add("history", historySchema, columns, rows.count)
    try writer.finish()
  }
}

extension Column {
  /// The texts that the codes of a text column stand for.
  fileprivate var dictionary: TextDictionary? {
    switch storage {
    case .text8(_, let dictionary), .text16(_, let dictionary), .text32(_, let dictionary):
      dictionary
    case .constant, .int8, .int16, .int32, .int64, .float, .bool, .list, .record: nil
    }
  }
}
