import PlumbColumns

/// The delimiter of separated values, and how fields are quoted (RFC 4180).
struct CSVStyle {
  let delimiter: UInt8
  /// Whether control characters must be kept from a terminal.
  let isTerminal: Bool

  /// Appends text, in quotes where it would be misread without.
  func append(_ text: UnsafeBufferPointer<UInt8>, to buffer: inout TextBuffer) {
    if isTerminal {
      var visible = TextBuffer(capacity: text.count + 16)
      TextEscapes.appendVisible(text, keepsLines: true, to: &visible)
      appendQuoted(visible.bytes, to: &buffer)
    } else {
      appendQuoted(text, to: &buffer)
    }
  }

  func append(_ text: String, to buffer: inout TextBuffer) {
    var text = text
    text.withUTF8 { append($0, to: &buffer) }
  }

  private func appendQuoted(_ text: UnsafeBufferPointer<UInt8>, to buffer: inout TextBuffer) {
    var needsQuotes = text.isEmpty
    for byte in text {
      if byte == 0x22 || byte == delimiter || byte == 0x0A || byte == 0x0D { needsQuotes = true }
    }
    guard needsQuotes else { return buffer.append(text) }
    buffer.append(0x22)
    var start = 0
    for position in 0..<text.count where text[position] == 0x22 {
      buffer.append(UnsafeBufferPointer(rebasing: text[start...position]))
      start = position
    }
    buffer.append(UnsafeBufferPointer(rebasing: text[start...]))
    buffer.append(0x22)
  }

  func render(
    _ table: Table, _ options: OutputOptions, to sink: ByteSink
  ) throws(OutputError) {
    guard table.schema.count > 0 else { return }
    var buffer = TextBuffer(capacity: 1 << 16)
    for (index, field) in table.schema.fields.enumerated() {
      if index > 0 { buffer.append(delimiter) }
      append(field.name, to: &buffer)
    }
    buffer.append(0x0A)
    let columnCount = table.schema.count
    try table.render(options, to: sink, &buffer) { chunk, buffer in
      for row in 0..<chunk.rowCount {
        for column in 0..<columnCount {
          if column > 0 { buffer.append(delimiter) }
          chunk.appendCSV(column: column, row: row, self, to: &buffer)
        }
        buffer.append(0x0A)
      }
    }
  }

  func append(_ value: Value, to buffer: inout TextBuffer) {
    switch value {
    case .null: break
    case .string(let text): append(text, to: &buffer)
    case .float(let double): FloatText.append(double, to: &buffer)
    case .timestamp(let microseconds): TimestampText.append(microseconds, to: &buffer)
    case .bool, .int, .duration, .list, .record: append(JSONText.write(value), to: &buffer)
    }
  }
}

extension OutputFormat {
  package static let csv = separated(
    name: "csv", summary: "comma-separated values (RFC 4180) with a header line", 0x2C)
  package static let tsv = separated(
    name: "tsv", summary: "tab-separated values with a header line", 0x09)

  private static func separated(
    name: String, summary: String, _ delimiter: UInt8
  ) -> OutputFormat {
    OutputFormat(
      name: name, summary: summary, extensions: [name],
      renderTable: { (table, options, sink) throws(OutputError) in
        try CSVStyle(delimiter: delimiter, isTerminal: options.isTerminal)
          .render(table, options, to: sink)
      },
      appendValue: { value, options, buffer in
        CSVStyle(delimiter: delimiter, isTerminal: options.isTerminal).append(value, to: &buffer)
      })
  }
}
