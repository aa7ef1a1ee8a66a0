import PlumbColumns

/// One file of a load: its text, its dialect, and where its records can be divided.
struct CSVFile {
  let path: String
  let text: DecodedText
  let dialect: CSVDialect

  /// The bytes that a thread reads between two looks at cancellation.
  private static let rangeBytes = 1 << 20
  private static let sampleRecords = 100

  init(
    _ path: String, _ options: CSVOptions, _ control: RunControl
  ) throws(ImportError) {
    self.path = path
    text = try DecodedText(
      WholeFile.read(path, control), path: path, encoding: options.encoding, control)
    dialect = try CSVDialect(text, path: path, options: options)
  }

  var warnings: [String] { [text.warning].compactMap { $0 } + dialect.warnings }

  /// The kinds of the first records' cells, for a first guess at the types.
  func sampledKinds(null: [UInt8]) -> [CellKinds] {
    var kinds = [CellKinds](repeating: [], count: dialect.names.count)
    var reader = CSVRecordReader(
      text.bytes, from: dialect.dataStart, delimiter: dialect.delimiter)
    for _ in 0..<Self.sampleRecords {
      guard let record = reader.nextFilled() else { break }
      for (column, cell) in record.prefix(kinds.count).enumerated() {
        if !cell.isQuoted, cell.text == null { continue }
        let kind = cell.text.withUnsafeBufferPointer { cellKind(trimmed($0)) }
        kinds[column].formUnion(kind)
      }
    }
    return kinds
  }

  /// The bytes of an average record, judged by the first ones.
  func recordBytes() -> Int {
    var reader = CSVRecordReader(
      text.bytes, from: dialect.dataStart, delimiter: dialect.delimiter)
    var count = 0
    while count < Self.sampleRecords, reader.next() != nil { count += 1 }
    return max((reader.position - dialect.dataStart) / max(count, 1), 1)
  }

  /// Runs of about a megabyte that begin where a record seems to.
  ///
  /// A newline after an even number of quotes ends a record, unless quotes stand where they
  /// should not; whoever reads the runs must check that each ends where the next begins.
  func ranges(_ control: RunControl) throws(ImportError) -> [Range<Int>] {
    let bytes = text.bytes
    var ranges: [Range<Int>] = []
    var start = dialect.dataStart
    var counted = start
    var isInQuotes = false
    while start < bytes.count {
      try control.checkImport()
      var end = min(start + Self.rangeBytes, bytes.count)
      isInQuotes = isInQuotes != (Self.quoteCount(bytes, counted..<end) & 1 == 1)
      while end < bytes.count {
        let byte = bytes[end]
        end += 1
        if byte == 0x22 { isInQuotes.toggle() }
        if byte == 0x0A, !isInQuotes { break }
      }
      counted = end
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }

  private static func quoteCount(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    var count = 0
    for position in range { count &+= base[position] == 0x22 ? 1 : 0 }
    return count
  }
}
