import PlumbColumns

extension Importer {
  /// Files of JSON objects: one table each, or several files as one table.
  package static let json = Importer(
    name: "json", summary: "JSON objects (`.json`, `.jsonl`, `.ndjson`)",
    extensions: jsonEndings,
    options: [
      Option("encoding", .string, "`\"utf-8\"`, `\"utf-16\"` or `\"latin1\"`")
    ],
    recognizes: { probe in
      if probe.isDirectory { return probe.isFolder(of: jsonEndings) }
      let first = probe.head.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
      let isNamed = Importer.csv.extensions.contains { probe.path.lowercased().hasSuffix("." + $0) }
      return !isNamed && (first == 0x7B || first == 0x5B)
    },
    open: { (request) throws(ImportError) in
      let encoding = try encodingOption(request)
      try checkTypes(request.types)
      let files = try InputFiles.expand(request.path, extensions: jsonEndings)
      let keys = PartitionColumns.names(files)
      var loader = JSONLoader(
        types: request.types, optionalNames: keys, encoding: encoding, control: request.control)
      let table = try loader.load(files.map(\.path))
      let partitions = try PartitionColumns(
        files, taken: Set(table.schema.fields.map(\.name)), types: request.types)
      return FileTableSource(
        address: request.path, format: "json",
        table: partitions.added(to: table, rowCounts: loader.rowCounts),
        summary: "The objects of \(request.path).", warnings: loader.warnings)
    })

  private static func encodingOption(
    _ request: OpenRequest
  ) throws(ImportError) -> TextEncoding? {
    for (name, value) in request.options where !value.isNull {
      guard name == "encoding", case .string(let text) = value else {
        throw ImportError(
          .badOption, "a JSON file has no option `\(name)` of this kind",
          remedy: "options are `types` and `encoding`")
      }
      guard let encoding = TextEncoding.named(text) else {
        throw ImportError(
          .badOption, "the encoding `\(text)` is not known",
          remedy: "known are " + TextEncoding.allCases.map(\.rawValue).joined(separator: ", "))
      }
      return encoding
    }
    return nil
  }

  private static func checkTypes(_ types: [String: DataType]) throws(ImportError) {
    for (column, type) in types {
      switch type {
      case .int, .float, .bool, .string, .timestamp, .duration: break
      case .null, .list, .record:
        throw ImportError(
          .badOption, "the column `\(column)` cannot be given the type \(type)",
          remedy: "lists keep their type without being told")
      }
    }
  }
}

/// The files that count in a folder.
private let jsonEndings = ["json", "jsonl", "ndjson"]
