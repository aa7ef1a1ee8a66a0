/// Where a table's rows come from: the one place at which data meets a query.
///
/// The schema is known when a source is opened; columns are loaded when a scan first asks for
/// them, and kept by the provider as it sees fit.
package protocol TableProvider: AnyObject, Sendable {
  /// The table's name within its source.
  var name: String { get }
  var schema: Schema { get }
  /// One sentence that `help` shows, such as what a row is.
  var summary: String { get }
  /// What the columns mean, one sentence each, by the name of a column or of a family.
  ///
  /// A table of a store names all of its fixed columns and families; one of a file, none.
  var columnSummaries: [String: String] { get }
  /// The number of rows if it is known without loading.
  var knownRowCount: Int? { get }
  /// The texts that a column may hold, if they are known without loading: what completion offers.
  func knownTexts(of column: String) -> [String]?
  /// The conditions among `conditions` that `scan` can use to load or return less.
  ///
  /// Those not named here are not handed to it.
  func usableConditions(_ conditions: [ScanCondition]) -> [ScanCondition]
  /// Loads what is asked for. The result has exactly the requested columns in the requested
  /// order; with conditions it holds at least all the rows that meet them, in the table's order.
  func scan(_ request: ScanRequest, control: RunControl) throws(ImportError) -> Table
}

extension TableProvider {
  package var columnSummaries: [String: String] { [:] }

  package func knownTexts(of column: String) -> [String]? { nil }

  package func usableConditions(_ conditions: [ScanCondition]) -> [ScanCondition] { [] }
}

/// What a query needs of a table.
package struct ScanRequest: Sendable {
  /// Names of columns, each in the table's schema.
  package let columns: [String]
  package let conditions: [ScanCondition]

  package init(columns: [String], conditions: [ScanCondition] = []) {
    self.columns = columns
    self.conditions = conditions
  }
}

/// A simple condition that a source may apply: a column compared with constants.
package struct ScanCondition: Sendable, Hashable {
  package let column: String
  package let test: Test

  /// The comparison. Rows where the column is null never meet an ordering; `equal(.null)` is
  /// met by null alone.
  package enum Test: Sendable, Hashable {
    case equal(Value)
    case less(Value)
    case lessOrEqual(Value)
    case greater(Value)
    case greaterOrEqual(Value)
    case oneOf([Value])
  }

  package init(column: String, test: Test) {
    self.column = column
    self.test = test
  }
}

/// A provider of a table that is already in memory.
package final class MemoryTable: TableProvider {
  package let name: String
  package let summary: String
  package let table: Table
  /// The texts as stored of inferred columns, by `Schema.Field.storedTextName`.
  package let storedTexts: [String: Column]
  /// The tables of sources that the rows were taken from, in the order in which to look there.
  package let origins: [any TableProvider]

  /// - Parameter table: The rows. Columns that are named as stored texts are kept as those, and
  ///   are none of the table's.
  package init(
    name: String, table: Table, summary: String = "", origins: [any TableProvider] = []
  ) {
    self.name = name
    let fields = table.schema.fields
    let isText = fields.map { $0.name.hasSuffix(Schema.Field.storedTextSuffix) }
    storedTexts = Dictionary(
      uniqueKeysWithValues: fields.indices.filter { isText[$0] }.map {
        (fields[$0].name, table.columns[$0])
      })
    let own = fields.indices.filter { !isText[$0] }
    self.table =
      storedTexts.isEmpty
      ? table
      : Table(
        selecting: own, of: table,
        schema: Schema(own.map { fields[$0] }, families: table.schema.families))
    self.summary = summary
    self.origins = origins
  }

  package var schema: Schema { table.schema }
  package var knownRowCount: Int? { table.rowCount }

  package func scan(_ request: ScanRequest, control: RunControl) throws(ImportError) -> Table {
    guard request.columns.contains(where: { storedTexts[$0] != nil }) else {
      return table.selecting(request.columns)
    }
    let fields = request.columns.compactMap { table.schema.scannedField($0) }
    return Table(
      schema: Schema(fields, families: table.schema.families),
      columns: fields.compactMap { storedTexts[$0.name] ?? table[$0.name] },
      rowCount: table.rowCount)
  }
}

extension Table {
  /// The table with just these columns, sharing memory.
  package func selecting(_ names: [String]) -> Table {
    if names.count == schema.count, zip(names, schema.fields).allSatisfy({ $0 == $1.name }) {
      return self
    }
    let indices = names.compactMap { schema.index(of: $0) }
    return Table(
      selecting: indices, of: self, schema: Schema(indices.map { schema.fields[$0] }))
  }
}
