import PlumbColumns

extension Importer {
  /// Files of separated values: one table each, or several files as one table.
  package static let csv = Importer(
    name: "csv", summary: "separated values (`.csv`, `.tsv`)",
    extensions: ["csv", "tsv", "tab", "psv", "txt"], options: CSVOptions.definitions,
    recognizes: { $0.isFolder(of: csvEndings) },
    open: { (request) throws(ImportError) in
      var options = try CSVOptions(request)
      let files = try InputFiles.expand(request.path, extensions: csvEndings)
      options.optionalNames = PartitionColumns.names(files)
      var loader = CSVLoader(options, request.control)
      let table = try loader.load(files.map(\.path))
      let partitions = try PartitionColumns(
        files, taken: Set(table.schema.fields.map(\.name)), types: request.types)
      return FileTableSource(
        address: request.path, format: "csv",
        table: partitions.added(to: table, rowCounts: loader.rowCounts),
        summary: "The records of \(request.path).", warnings: loader.warnings)
    })
}

/// The files that count in a folder.
private let csvEndings = ["csv", "tsv"]
