import PlumbColumns
import Synchronization

extension Importer {
  /// Stores that `save store` wrote.
  package static let snapshot = Importer(
    name: "plumbstore", summary: "a store that `save store` wrote (`.plumbstore`)",
    extensions: ["plumbstore"],
    recognizes: { $0.head.starts(with: SnapshotFormat.magic) },
    open: { (request) throws(ImportError) in
      let remedy = "its types are in the file"
      try request.refuseOptions(of: "a store", remedy: remedy)
      guard request.types.isEmpty else {
        throw ImportError(.badOption, "a store has no option `types`", remedy: remedy)
      }
      return SnapshotSource(request.path, try SnapshotFile(request.path))
    })
}

/// The tables of a snapshot.
private final class SnapshotSource: DataSource {
  let address: String
  let format = "plumbstore"
  let tables: [any TableProvider]
  let warnings: [String] = []

  init(_ address: String, _ file: SnapshotFile) {
    self.address = address
    tables = file.directory.tables.map { SnapshotTable($0, file) }
  }
}

/// A table of a snapshot: columns are read when they are first asked for, and kept.
private final class SnapshotTable: TableProvider {
  let name: String
  let schema: Schema
  let summary: String
  let columnSummaries: [String: String]
  private let saved: SnapshotDirectory.Table
  private let file: SnapshotFile
  private let kept = Mutex<[String: Column]>([:])

  init(_ saved: SnapshotDirectory.Table, _ file: SnapshotFile) {
    self.saved = saved
    self.file = file
    name = saved.name
    summary = saved.summary
    columnSummaries = Dictionary(
      saved.columnSummaries.map { ($0.column, $0.summary) }, uniquingKeysWith: { first, _ in first }
    )
    schema = Schema(
      saved.fields.map {
        Schema.Field($0.name, $0.type, family: $0.family, isInferred: $0.isInferred)
      }, families: saved.families.map { Schema.Family($0.name, missingType: $0.missingType) })
  }

  var knownRowCount: Int? { saved.rowCount }

  func scan(_ request: ScanRequest, control: RunControl) throws(ImportError) -> Table {
    try kept.withLock { (kept: inout [String: Column]) throws(ImportError) -> Table in
      let missing = request.columns.filter { kept[$0] == nil }
      if !missing.isEmpty {
        let handle = try file.open()
        for name in missing { kept[name] = try read(name, handle, control) }
      }
      return Table(
        schema: Schema(request.columns.compactMap { schema.scannedField($0) }),
        columns: request.columns.compactMap { kept[$0] }, rowCount: saved.rowCount)
    }
  }

  private func read(
    _ name: String, _ handle: OpenFile, _ control: RunControl
  ) throws(ImportError) -> Column? {
    guard let field = schema.scannedField(name) else { return nil }
    let isText = schema[name] == nil
    let entry = saved.fields.first {
      $0.name == name || (isText && $0.name + Schema.Field.storedTextSuffix == name)
    }
    guard let entry, let column = isText ? entry.text : entry.column else { return nil }
    do { try control.reserve(column.values.byteCount) } catch { throw ImportError(error) }
    do throws(FormatFault) {
      return try file.column(column, type: field.type, handle, control)
    } catch {
      throw error.error(in: file.path)
    }
  }
}
