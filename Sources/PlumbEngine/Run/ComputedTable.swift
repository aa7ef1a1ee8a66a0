import PlumbColumns
import Synchronization

/// A table whose rows are computed when it is read.
final class ComputedTable: TableProvider {
  let name: String
  let summary: String
  let schema: Schema
  let columnSummaries: [String: String]
  var knownRowCount: Int? { nil }
  private let rows: @Sendable (RunControl) throws(ImportError) -> [[Value]]
  /// Tells states of what the rows are made from apart; nil when that may change unseen.
  private let version: (@Sendable () -> Int)?
  private let latest: Mutex<Computed?> = Mutex(nil)

  /// The rows of a version.
  private struct Computed {
    let version: Int
    let table: Table
  }

  /// A column and what it means.
  struct Column: Sendable {
    let field: Schema.Field
    let summary: String

    init(_ name: String, _ type: DataType, _ summary: String) {
      field = Schema.Field(name, type)
      self.summary = summary
    }
  }

  /// Describes a table. With `version`, rows are kept until it gives another number, else they are
  /// computed at each reading.
  init(
    name: String, summary: String, columns: [Column], version: (@Sendable () -> Int)? = nil,
    rows: @escaping @Sendable (RunControl) throws(ImportError) -> [[Value]]
  ) {
    self.name = name
    self.summary = summary
    self.version = version
    self.rows = rows
    schema = Schema(columns.map(\.field))
    columnSummaries = Dictionary(uniqueKeysWithValues: columns.map { ($0.field.name, $0.summary) })
  }

  func scan(_ request: ScanRequest, control: RunControl) throws(ImportError) -> Table {
    guard let version = version?() else {
      return try computed(control).selecting(request.columns)
    }
    if let known = latest.withLock({ $0 }), known.version == version {
      return known.table.selecting(request.columns)
    }
    let table = try computed(control)
    latest.withLock { $0 = Computed(version: version, table: table) }
    return table.selecting(request.columns)
  }

  private func computed(_ control: RunControl) throws(ImportError) -> Table {
    let rows = try rows(control)
    let columns = schema.fields.enumerated().map { index, field in
      PlumbColumns.Column(rows.map { $0[index] }, type: field.type)
    }
    return Table(schema: schema, columns: columns, rowCount: rows.count)
  }
}
