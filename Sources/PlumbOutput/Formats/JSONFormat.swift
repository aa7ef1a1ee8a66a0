import PlumbColumns

extension OutputFormat {
  package static let json = OutputFormat(
    name: "json", summary: "one JSON array of objects for each table, on one line",
    extensions: ["json"],
    renderTable: { (table, options, sink) throws(OutputError) in
      var buffer = TextBuffer(capacity: 1 << 16)
      buffer.append(0x5B)
      let keys = jsonKeys(table)
      var isFirst = true
      try table.render(options, to: sink, &buffer) { chunk, buffer in
        for row in 0..<chunk.rowCount {
          if !isFirst { buffer.append(0x2C) }
          isFirst = false
          chunk.appendObject(row: row, keys: keys, to: &buffer)
        }
      }
      buffer.append("]\n")
      try sink.write(&buffer)
    },
    appendValue: { value, _, buffer in JSONText.append(value, to: &buffer) })

  package static let jsonLines = OutputFormat(
    name: "jsonl", summary: "a JSON object for each row, on a line of its own",
    extensions: ["jsonl", "ndjson"],
    renderTable: { (table, options, sink) throws(OutputError) in
      var buffer = TextBuffer(capacity: 1 << 16)
      let keys = jsonKeys(table)
      try table.render(options, to: sink, &buffer) { chunk, buffer in
        for row in 0..<chunk.rowCount {
          chunk.appendObject(row: row, keys: keys, to: &buffer)
          buffer.append(0x0A)
        }
      }
    },
    appendValue: { value, _, buffer in JSONText.append(value, to: &buffer) })
}

/// What stands before each cell of an object: comma, name and colon.
private func jsonKeys(_ table: Table) -> [[UInt8]] {
  table.schema.fields.enumerated().map { index, field in
    var buffer = TextBuffer()
    if index > 0 { buffer.append(0x2C) }
    JSONText.append(string: field.name, to: &buffer)
    buffer.append(0x3A)
    return Array(buffer.bytes)
  }
}

extension ChunkCells {
  fileprivate func appendObject(row: Int, keys: [[UInt8]], to buffer: inout TextBuffer) {
    buffer.append(0x7B)
    for column in 0..<keys.count {
      keys[column].withUnsafeBufferPointer { buffer.append($0) }
      appendJSON(column: column, row: row, to: &buffer)
    }
    buffer.append(0x7D)
  }
}
