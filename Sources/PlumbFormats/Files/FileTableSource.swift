package import PlumbColumns

/// A source of one table that was read from a text file, or from several.
package final class FileTableSource: DataSource {
  package let address: String
  package let format: String
  package let tables: [any TableProvider]
  package let warnings: [String]

  /// - Parameter name: The table's name; without one it is called after the file.
  init(
    address: String, format: String, name: String? = nil, table: Table, summary: String,
    warnings: [String]
  ) {
    self.address = address
    self.format = format
    self.warnings = warnings
    tables = [
      MemoryTable(
        name: name ?? InputFiles.tableName(address), table: table, summary: summary)
    ]
  }
}
