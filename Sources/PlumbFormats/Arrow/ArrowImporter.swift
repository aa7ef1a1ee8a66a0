import PlumbColumns

extension Importer {
  /// Arrow files and streams: one table each, or several files as one table.
  package static let arrow = Importer(
    name: "arrow", summary: "Arrow files and streams (`.arrow`, `.feather`, `.arrows`)",
    extensions: arrowEndings,
    recognizes: { probe in
      if probe.isDirectory { return probe.isFolder(of: arrowEndings) }
      return probe.head.starts(with: ArrowFile.magic)
        || probe.head.starts(with: ArrowFile.continuation)
        || probe.head.starts(with: ArrowFile.firstFeatherMagic)
    },
    open: { (request) throws(ImportError) in
      try request.refuseOptions(
        of: "an Arrow file", remedy: "its types and columns are in the file")
      let files = try InputFiles.expand(request.path, extensions: arrowEndings)
      var parts: [JoinedTables.Part] = []
      var warnings: [String] = []
      for file in files {
        let (table, notes) = try ArrowFile.read(file.path, request.control)
        parts.append(JoinedTables.Part(path: file.path, table: table))
        warnings += notes.filter { !warnings.contains($0) }
      }
      let joined = try JoinedTables.joined(parts)
      let own = PartitionColumns.names(files).subtracting(joined.schema.fields.map(\.name))
      if let given = request.types.keys.filter({ !own.contains($0) }).min() {
        throw ImportError(
          .badOption, "the column `\(given)` of an Arrow file has the type that the file says",
          remedy: "leave `types` out and convert the column, for example with `string(\(given))`")
      }
      let partitions = try PartitionColumns(
        files, taken: Set(joined.schema.fields.map(\.name)), types: request.types)
      return FileTableSource(
        address: request.path, format: "arrow",
        table: partitions.added(to: joined, rowCounts: parts.map(\.table.rowCount)),
        summary: "The rows of \(request.path).", warnings: warnings)
    })
}

/// The files that count in a folder.
private let arrowEndings = ["arrow", "feather", "arrows", "ipc"]
