import PlumbColumns
import Synchronization

/// A table with a row for each entity of a store: fixed columns in memory, families on demand.
final class EntityTable: TableProvider {
  let name: String
  let summary: String
  let columnSummaries: [String: String]
  let schema: Schema
  private let fixed: FixedColumns.Finished
  private let families: [String: any ColumnFamily]
  /// The column whose values find a row, if the table has one.
  private let identity: (column: String, position: @Sendable (String) -> Int)?
  private let cache = Mutex<[String: Column]>([:])

  init(
    name: String, summary: String, fixed: FixedColumns, families: [any ColumnFamily] = [],
    identity: (column: String, position: @Sendable (String) -> Int)? = nil
  ) {
    self.name = name
    self.summary = summary
    self.identity = identity
    columnSummaries = families.reduce(into: fixed.summaries) { $0[$1.family.name] = $1.summary }
    self.fixed = fixed.finish()
    self.families = Dictionary(
      families.map { ($0.family.name, $0) }, uniquingKeysWith: { first, _ in first })
    schema = Schema(
      self.fixed.fields + families.flatMap(\.fields), families: families.map(\.family))
  }

  private var rowCount: Int { fixed.rowCount }

  var knownRowCount: Int? { rowCount }

  func usableConditions(_ conditions: [ScanCondition]) -> [ScanCondition] {
    guard let identity else { return [] }
    return conditions.filter { $0.column == identity.column && $0.test.texts != nil }
  }

  func scan(_ request: ScanRequest, control: RunControl) throws(ImportError) -> Table {
    let fields = request.columns.compactMap { schema.scannedField($0) }
    let rows = wantedRows(request.conditions)
    let columns = try cache.withLock {
      (cache: inout [String: Column]) throws(ImportError) -> [Column] in
      try self.columns(fields, rows: rows, cache: &cache, control: control)
    }
    return Table(schema: Schema(fields), columns: columns, rowCount: rowCount)
  }

  /// The rows that the conditions on the identity leave; nil for all.
  private func wantedRows(_ conditions: [ScanCondition]) -> [Int]? {
    guard let identity else { return nil }
    var wanted: Set<Int>?
    for condition in conditions where condition.column == identity.column {
      guard let texts = condition.test.texts else { continue }
      let rows = Set(texts.map(identity.position).filter { $0 >= 0 })
      wanted = wanted.map { $0.intersection(rows) } ?? rows
    }
    return wanted?.sorted()
  }

  private func columns(
    _ fields: [Schema.Field], rows: [Int]?, cache: inout [String: Column], control: RunControl
  ) throws(ImportError) -> [Column] {
    var found: [String: Column] = [:]
    var missing: [String: [Schema.Field]] = [:]
    for field in fields where found[field.name] == nil {
      if let column = fixed.column(field.name) ?? cache[field.name] {
        found[field.name] = column
      } else if let family = field.family {
        missing[family, default: []].append(field)
      }
    }
    for (name, fields) in missing {
      guard let family = families[name] else { continue }
      let few = family.readsHistory ? rows : nil
      let made = try family.columns(fields, rows: few, control: control)
      for (field, column) in zip(fields, made) {
        found[field.name] = column
        // Columns filled for a few rows only are not for everyone.
        if few == nil { cache[field.name] = column }
      }
    }
    return fields.map { found[$0.name] ?? .nulls($0.type, count: rowCount) }
  }
}

/// A table whose keys are not known before its rows are read, which happens at the first look.
///
/// Looking at the schema cannot fail; should reading fail, the schema has the fixed columns only
/// and every scan reports the error.
final class DeferredTable: TableProvider {
  let name: String
  let summary: String
  let columnSummaries: [String: String]
  private let empty: EntityTable
  private let make: @Sendable (RunControl) throws(ImportError) -> EntityTable
  private let made = Mutex<EntityTable?>(nil)
  private let openingControl: RunControl

  init(
    empty: EntityTable, control: RunControl,
    make: @escaping @Sendable (RunControl) throws(ImportError) -> EntityTable
  ) {
    name = empty.name
    summary = empty.summary
    columnSummaries = empty.columnSummaries
    self.empty = empty
    self.make = make
    openingControl = control
  }

  private func table(_ control: RunControl) throws(ImportError) -> EntityTable {
    try made.withLock { (made: inout EntityTable?) throws(ImportError) -> EntityTable in
      if let made { return made }
      let table = try make(control)
      made = table
      return table
    }
  }

  var schema: Schema {
    do { return try table(openingControl).schema } catch { return empty.schema }
  }

  var knownRowCount: Int? { made.withLock { $0?.knownRowCount } }

  func scan(_ request: ScanRequest, control: RunControl) throws(ImportError) -> Table {
    try table(control).scan(request, control: control)
  }
}

/// The fixed columns of a table, filled row by row.
struct FixedColumns {
  /// What each column means, for help.
  let summaries: [String: String]
  private let fields: [Schema.Field]
  private var builders: [ColumnBuilder]
  private var rowCount = 0
  /// The columns as they will be made, where that is put off.
  private var later: Finished?

  init(_ fields: [(String, DataType, String)]) {
    self.fields = fields.map { Schema.Field($0.0, $0.1) }
    summaries = Dictionary(fields.map { ($0.0, $0.2) }) { first, _ in first }
    builders = fields.map { ColumnBuilder(type: $0.1) }
  }

  /// Columns whose rows are appended when they are first asked for, so that opening a store with
  /// many rows does not wait for them.
  init(
    _ fields: [(String, DataType, String)], rowCount: Int,
    fill: @escaping @Sendable (inout FixedColumns) -> Void
  ) {
    self.init(fields)
    later = Finished(fields: self.fields, rowCount: rowCount) {
      var filled = FixedColumns(fields)
      fill(&filled)
      return filled.columns
    }
  }

  mutating func append(_ values: Value...) {
    for (index, value) in values.enumerated() { builders[index].append(value) }
    rowCount += 1
  }

  private var columns: [String: Column] {
    Dictionary(
      zip(fields.map(\.name), builders.map { $0.finish() }), uniquingKeysWith: { first, _ in first }
    )
  }

  func finish() -> Finished {
    if let later { return later }
    let columns = columns
    return Finished(fields: fields, rowCount: rowCount) { columns }
  }

  /// The columns, made at the first look.
  final class Finished: Sendable {
    let fields: [Schema.Field]
    let rowCount: Int
    private let make: @Sendable () -> [String: Column]
    private let columns = Mutex<[String: Column]?>(nil)

    fileprivate init(
      fields: [Schema.Field], rowCount: Int, make: @escaping @Sendable () -> [String: Column]
    ) {
      self.fields = fields
      self.rowCount = rowCount
      self.make = make
    }

    /// The column of a name; nil if there is none.
    func column(_ name: String) -> Column? {
      columns.withLock { columns in
        let made = columns ?? make()
        columns = made
        return made[name]
      }
    }
  }
}

extension Value {
  init(_ text: String?) { self = text.map { .string($0) } ?? .null }
  init(timestamp: Int?) { self = timestamp.map { .timestamp($0) } ?? .null }
  init(texts: [String]) { self = .list(texts.map { .string($0) }, element: .string) }
}

extension ScanCondition.Test {
  /// The texts that meet the test, if it names them one by one.
  var texts: [String]? {
    switch self {
    case .equal(.string(let text)): return [text]
    case .oneOf(let values):
      var texts: [String] = []
      for value in values {
        guard case .string(let text) = value else { return nil }
        texts.append(text)
      }
      return texts
    case .equal, .less, .lessOrEqual, .greater, .greaterOrEqual: return nil
    }
  }
}
