package import PlumbColumns

/// Reads an export through a mapping.
package enum MappedSource {
  /// What `DataSource.format` says of one.
  package static let format = "mapped"

  /// Opens a file as the tables that mappings make of it, one each.
  package static func open(
    _ request: OpenRequest, mappings: [TableMapping], importers: ImporterCatalog
  ) throws(ImportError) -> any DataSource {
    let records = try records(request, importers)
    var tables: [MemoryTable] = []
    var warnings: [String] = []
    for mapping in mappings {
      let (table, own) = try table(of: records, request, mapping)
      tables.append(table)
      warnings += own.filter { !warnings.contains($0) }
    }
    return FileTableSource(
      address: request.path, format: format, tables: tables, warnings: warnings)
  }

  private static func table(
    of records: [Value], _ request: OpenRequest, _ mapping: TableMapping
  ) throws(ImportError) -> (table: MemoryTable, warnings: [String]) {
    let reading = MappedRows(mapping, path: request.path)
    var rows: [MappedRows.Row] = []
    var lostCount = 0
    for (index, record) in records.enumerated() {
      if index % 1024 == 0 { try request.control.checkImport() }
      lostCount += reading.append(record, to: &rows)
    }
    rows = reading.folded(rows)
    var lines = TextBuffer(capacity: 1 << 12)
    for row in rows {
      JSONText.append(.record(reading.fields(of: row)), to: &lines)
      lines.append(0x0A)
    }
    var loader = JSONLoader(types: request.types, encoding: nil, control: request.control)
    let table =
      rows.isEmpty
      ? Table.empty(reading.emptySchema) : try loader.load(Array(lines.bytes), from: request.path)
    return (
      MemoryTable(
        name: mapping.table, table: reading.withFamilies(table),
        summary: "The \(mapping.table) of \(request.path)."),
      loader.warnings + reading.warnings(rows, lostCount: lostCount)
    )
  }

  // MARK: The records of a file

  private static func records(
    _ request: OpenRequest, _ importers: ImporterCatalog
  ) throws(ImportError) -> [Value] {
    let ending = request.path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    if ["json", "jsonl", "ndjson"].contains(ending) {
      return try eachFile(request.path, ["json", "jsonl", "ndjson"]) { (path) throws(ImportError) in
        try jsonRecords(path, request.control)
      }
    }
    if ["yaml", "yml", "md"].contains(ending) {
      return try eachFile(request.path, ["yaml", "yml", "md"]) { (path) throws(ImportError) in
        try YAMLRows.read(path, request.control)
      }
    }
    let endings = importers.importers.flatMap(\.extensions)
    let files = try InputFiles.expand(request.path, extensions: endings)
    // What folders say of their files only the importer of all knows.
    let isDivided = files.contains { !$0.partitions.isEmpty }
    return try eachFile(isDivided ? [request.path] : files.map(\.path)) {
      (path) throws(ImportError) in
      try tableRecords(path, request, importers)
    }
  }

  private static func eachFile(
    _ path: String, _ endings: [String], _ read: (String) throws(ImportError) -> [Value]
  ) throws(ImportError) -> [Value] {
    try eachFile(try InputFiles.expand(path, extensions: endings).map(\.path), read)
  }

  /// The records of all files, each with the name of its file as a member `@file`.
  private static func eachFile(
    _ paths: [String], _ read: (String) throws(ImportError) -> [Value]
  ) throws(ImportError) -> [Value] {
    var records: [Value] = []
    for path in paths {
      let name = Value.string(InputFiles.tableName(path))
      for record in try read(path) {
        guard case .record(let fields) = record else {
          records.append(record)
          continue
        }
        records.append(.record(fields + [Value.RecordField("@file", name)]))
      }
    }
    return records
  }

  private static func tableRecords(
    _ path: String, _ request: OpenRequest, _ importers: ImporterCatalog
  ) throws(ImportError) -> [Value] {
    let source = try importers.open(
      OpenRequest(path: path, options: request.options, control: request.control))
    guard let provider = source.tables.first, source.tables.count == 1 else {
      throw ImportError(
        .wrongFormat, "`\(path)` holds several tables, and a mapping takes one",
        remedy: "map a file of records: JSON, YAML or CSV")
    }
    let table = try provider.scan(
      ScanRequest(columns: provider.schema.fields.map(\.name)), control: request.control)
    return (0..<table.rowCount).map { row in
      .record(
        zip(table.schema.fields, table.columns).map {
          Value.RecordField($0.name, $1.value(at: row))
        })
    }
  }

  /// The elements of an array, or the values that follow each other.
  private static func jsonRecords(
    _ path: String, _ control: RunControl
  ) throws(ImportError) -> [Value] {
    let text = try DecodedText(
      WholeFile.read(path, control), path: path, encoding: nil, control)
    return try withExtendedLifetime(text.file) { () throws(ImportError) in
      try jsonRecords(text, path)
    }
  }

  private static func jsonRecords(
    _ text: DecodedText, _ path: String
  ) throws(ImportError) -> [Value] {
    var reader = JSONReader(text.bytes, from: text.start)
    var records: [Value] = []
    do throws(JSONError) {
      reader.skipSpaces()
      let isArray = reader.take(0x5B)
      if isArray {
        reader.skipSpaces()
        if reader.take(0x5D) { return [] }
      }
      while true {
        reader.skipSpaces()
        if !isArray, reader.isAtEnd { break }
        records.append(try reader.value())
        reader.skipSpaces()
        guard isArray else { continue }
        if reader.take(0x5D) { break }
        guard reader.take(0x2C) else { throw reader.unexpected("`,` or `]`") }
      }
      return records
    } catch {
      let place = error.place(in: text.bytes)
      throw ImportError(
        .corrupt, "line \(place.line), column \(place.column) of `\(path)`: \(error.message)",
        location: "\(path):\(place.line):\(place.column)")
    }
  }
}
