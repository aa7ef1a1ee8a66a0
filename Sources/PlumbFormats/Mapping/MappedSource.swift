package import PlumbColumns

/// Reads an export through a mapping.
package enum MappedSource {
  /// Opens a file as the table that a mapping makes of it.
  package static func open(
    _ request: OpenRequest, mapping: TableMapping, importers: ImporterCatalog
  ) throws(ImportError) -> any DataSource {
    let records = try records(request, importers)
    var rows: [MappedRow] = []
    for (index, record) in records.enumerated() {
      if index % 1024 == 0 { try request.control.checkImport() }
      for row in Self.rows(of: record, mapping) {
        guard mapping.conditions.allSatisfy({ $0.holds(row: row, record: record) }) else {
          continue
        }
        let cells = mapping.columns.map { $0.value(row: row, record: record) }
        rows.append(MappedRow(cells: cells, key: mapping.group?.value(in: row)))
      }
    }
    rows = folded(rows)
    var lines = TextBuffer(capacity: 1 << 12)
    for row in rows {
      JSONText.append(
        .record(zip(mapping.columns, row.cells).map { Value.RecordField($0.name, $1) }),
        to: &lines)
      lines.append(0x0A)
    }
    var loader = JSONLoader(types: request.types, encoding: nil, control: request.control)
    let table =
      rows.isEmpty
      ? Table.empty(Schema(mapping.columns.map { Schema.Field($0.name, .string) }))
      : try loader.load(Array(lines.bytes), from: request.path)
    return FileTableSource(
      address: request.path, format: "mapped", table: table,
      summary: "The \(mapping.table) of \(request.path).",
      warnings: loader.warnings + warnings(rows, mapping, request.path))
  }

  private struct MappedRow {
    var cells: [Value]
    let key: Value?
  }

  /// Puts the rows of one key together: the last value that is not null counts.
  private static func folded(_ rows: [MappedRow]) -> [MappedRow] {
    var order: [MappedRow] = []
    var places: [Value: Int] = [:]
    for row in rows {
      guard let key = row.key else { return rows }
      if let place = places[key] {
        for (index, cell) in row.cells.enumerated() where !cell.isNull {
          order[place].cells[index] = cell
        }
      } else {
        places[key] = order.count
        order.append(row)
      }
    }
    return order
  }

  private static func rows(of record: Value, _ mapping: TableMapping) -> [Value] {
    guard let path = mapping.rows else { return [record] }
    switch path.value(in: record) {
    case .list(let elements, _): return elements
    case .null: return []
    case let one: return [one]
    }
  }

  private static func warnings(
    _ rows: [MappedRow], _ mapping: TableMapping, _ path: String
  ) -> [String] {
    guard !rows.isEmpty else { return ["no record of `\(path)` is a row of `\(mapping.table)`"] }
    return mapping.columns.enumerated().compactMap { index, column in
      guard let source = column.pathText, rows.allSatisfy({ $0.cells[index].isNull }) else {
        return nil
      }
      return "no record of `\(path)` has `\(source)`, from which `\(column.name)` is taken"
    }
  }

  // MARK: The records of a file

  private static func records(
    _ request: OpenRequest, _ importers: ImporterCatalog
  ) throws(ImportError) -> [Value] {
    let ending = request.path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    if ["json", "jsonl", "ndjson"].contains(ending) {
      var records: [Value] = []
      for file in try InputFiles.expand(request.path, extensions: ["json", "jsonl", "ndjson"]) {
        records += try jsonRecords(file.path, request.control)
      }
      return records
    }
    if ["yaml", "yml", "md"].contains(ending) {
      var records: [Value] = []
      for file in try InputFiles.expand(request.path, extensions: ["yaml", "yml", "md"]) {
        records += try YAMLRows.read(file.path, request.control)
      }
      return records
    }
    let source = try importers.open(
      OpenRequest(path: request.path, options: request.options, control: request.control))
    guard let provider = source.tables.first, source.tables.count == 1 else {
      throw ImportError(
        .wrongFormat, "`\(request.path)` holds several tables, and a mapping takes one",
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
