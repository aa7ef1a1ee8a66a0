import PlumbColumns

/// What an SQLite database has of MLflow's tables, their columns and indexes.
struct SQLiteCatalog: Sendable {
  let schema: DatabaseSchema
  /// The greatest rowid of each table when the store was opened: what came later is not seen.
  private(set) var lastRowids: [String: Int] = [:]
  /// The columns of each index of `metrics`.
  private(set) var metricIndexes: [[String]] = []
  /// The columns of each index of `latest_metrics`.
  private(set) var latestIndexes: [[String]] = []

  /// Looks at the database's tables within the present transaction.
  init(_ connection: borrowing SQLiteConnection) throws(ImportError) {
    var columns: [String: Set<String>] = [:]
    for table in DatabaseSchema.tables {
      let info = try connection.prepare("PRAGMA table_info(\(table))")
      var names: Set<String> = []
      while try info.step() {
        if let name = info.string(1) { names.insert(name.lowercased()) }
      }
      guard !names.isEmpty else { continue }
      columns[table] = names
      lastRowids[table] = try connection.integer("SELECT max(rowid) FROM \(table)") ?? Int.min
    }
    schema = DatabaseSchema(columns)
    metricIndexes = try SQLiteCatalog.indexes(of: "metrics", connection)
    latestIndexes = try SQLiteCatalog.indexes(of: "latest_metrics", connection)
  }

  private static func indexes(
    of table: String, _ connection: borrowing SQLiteConnection
  ) throws(ImportError) -> [[String]] {
    var names: [String] = []
    let list = try connection.prepare("PRAGMA index_list(\(table))")
    while try list.step() {
      // A partial index does not hold every row.
      if list.integer(4) == 0, let name = list.string(1) { names.append(name) }
    }
    var indexes: [[String]] = []
    for name in names {
      let quoted = name.split(separator: "\"", omittingEmptySubsequences: false)
        .joined(separator: "\"\"")
      let info = try connection.prepare("PRAGMA index_info(\"\(quoted)\")")
      var columns: [String] = []
      while try info.step() { columns.append(info.string(2) ?? "") }
      indexes.append(columns)
    }
    return indexes
  }

  func has(_ table: String) -> Bool { schema.has(table) }

  func has(_ table: String, _ column: String) -> Bool { schema.has(table, column) }

  /// The SQL for a column: its name, or `NULL` where this version of the schema lacks it.
  func column(_ table: String, _ column: String) -> String {
    has(table, column) ? "\"\(column)\"" : "NULL"
  }

  func columns(_ table: String, _ names: String...) -> [String] {
    names.map { column(table, $0) }
  }

  func lastRowid(_ table: String) -> Int { lastRowids[table] ?? Int.min }
}
