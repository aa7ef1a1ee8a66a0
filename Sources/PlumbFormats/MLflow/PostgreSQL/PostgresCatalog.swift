import PlumbColumns

/// A column of a table and how it is asked for.
package struct PostgresColumn: Sendable {
  /// In which of a few types the values are sent, whatever type the column has.
  package enum Kind: Sendable {
    case text
    case int
    case float
  }

  let name: String
  let kind: Kind
  private let isBool: Bool

  init(name: String, type: String) {
    self.name = name
    isBool = type == "bool"
    switch type {
    case "int2", "int4", "int8", "bool": kind = .int
    case "float4", "float8", "numeric": kind = .float
    default: kind = .text
    }
  }

  /// The SQL for the column in its kind.
  func selection(of table: String? = nil) -> String {
    let name = (table.map { "\($0)." } ?? "") + "\"\(name)\""
    switch kind {
    case .text: return "\(name)::text"
    case .int: return isBool ? "\(name)::int::int8" : "\(name)::int8"
    case .float: return "\(name)::float8"
    }
  }
}

/// Which tables and columns a database has, of those that an MLflow store may have.
struct PostgresCatalog: Sendable {
  let schema: DatabaseSchema
  private let columns: [String: [String: PostgresColumn]]

  init(_ connection: PostgresConnection, _ control: RunControl) throws(ImportError) {
    let names = DatabaseSchema.tables.map { "'\($0)'" }.joined(separator: ", ")
    // The tables that names without a schema stand for, which the search path decides.
    let rows = try connection.rows(
      """
      SELECT c.relname, a.attname, t.typname FROM unnest(ARRAY[\(names)]) AS n(name)
      JOIN pg_class c ON c.oid = to_regclass(n.name)
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_type t ON t.oid = a.atttypid
      """, control)
    var columns: [String: [String: PostgresColumn]] = [:]
    for row in rows {
      guard let table = row[0], let name = row[1], let type = row[2] else { continue }
      columns[table, default: [:]][name] = PostgresColumn(name: name, type: type)
    }
    self.columns = columns
    schema = DatabaseSchema(columns.mapValues { Set($0.keys) })
  }

  subscript(table: String, column: String) -> PostgresColumn? { columns[table]?[column] }
}
