package import PlumbColumns

/// A source of tables that were read from a text file, or from several.
package final class FileTableSource: DataSource {
  package let address: String
  package let format: String
  package let tables: [any TableProvider]
  package let warnings: [String]

  init(address: String, format: String, tables: [MemoryTable], warnings: [String]) {
    self.address = address
    self.format = format
    self.tables = tables
    self.warnings = warnings
  }

  /// A source of one table, called after the file.
  convenience init(
    address: String, format: String, table: Table, summary: String, warnings: [String]
  ) {
    self.init(
      address: address, format: format,
      tables: [
        MemoryTable(name: InputFiles.tableName(address), table: table, summary: summary)
      ], warnings: warnings)
  }
}
