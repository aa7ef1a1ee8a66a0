import PlumbColumns

extension Importer {
  /// Parquet files: one table each, or several files as one table.
  package static let parquet = Importer(
    name: "parquet", summary: "Parquet (`.parquet`)", extensions: parquetEndings,
    recognizes: { probe in
      if probe.isDirectory { return probe.isFolder(of: parquetEndings) }
      let mark = Array(probe.head.prefix(4))
      return mark == ParquetFile.magic || mark == ParquetFile.encryptedMagic
    },
    open: { (request) throws(ImportError) in
      try request.refuseOptions(
        of: "a Parquet file", remedy: "its types and columns are in the file")
      let files = try InputFiles.expand(request.path, extensions: parquetEndings)
      return ParquetSource(request.path, try ParquetTable(request, files))
    })
}

/// The files that count in a folder.
private let parquetEndings = ["parquet", "pq", "parq"]

/// A source of one table of Parquet files.
private final class ParquetSource: DataSource {
  let address: String
  let format = "parquet"
  let tables: [any TableProvider]
  let warnings: [String]

  init(_ address: String, _ table: ParquetTable) {
    self.address = address
    tables = [table]
    warnings = table.warnings
  }
}
