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
    let start = dialect.dataStart
    let blocks = max((bytes.count - start + Self.rangeBytes - 1) / Self.rangeBytes, 0)
    let counts = Buffer<Int>(count: max(blocks, 1))
    try control.checkImport()
    let file = text.file
    parallelFor(threadCount: control.threadCount, taskCount: blocks) { block in
      let bytes = file.bytes
      let first = start + block * Self.rangeBytes
      counts.base[block] = quoteCount(
        UnsafeBufferPointer(rebasing: bytes[first..<min(first + Self.rangeBytes, bytes.count)]))
    }
    var ranges: [Range<Int>] = []
    var isInQuotes = false
    var last = start
    for block in 0..<blocks {
      if counts.base[block] & 1 == 1 { isInQuotes.toggle() }
      let end = start + (block + 1) * Self.rangeBytes
      // A record longer than a block has its end further on.
      guard end > last else { continue }
      let next = Self.recordStart(bytes, from: end, isInQuotes)
      ranges.append(last..<next)
      last = next
    }
    return ranges
  }

  /// The first byte after a newline that no quotes enclose.
  private static func recordStart(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ startsInQuotes: Bool
  ) -> Int {
    var position = start
    var isInQuotes = startsInQuotes
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == 0x22 { isInQuotes.toggle() }
      if byte == 0x0A, !isInQuotes { break }
    }
    return min(position, bytes.count)
  }
}

/// The quotes in a text, eight bytes at a time.
private func quoteCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
  guard let base = bytes.baseAddress else { return 0 }
  var count = 0
  var position = 0
  let lowBits: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
  while position &+ 8 <= bytes.count {
    let word =
      UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self) ^ 0x2222_2222_2222_2222
    // The upper bit of each byte that is zero, exactly.
    let zeros = ~(((word & lowBits) &+ lowBits) | word | lowBits)
    count &+= zeros.nonzeroBitCount
    position &+= 8
  }
  while position < bytes.count {
    if base[position] == 0x22 { count &+= 1 }
    position &+= 1
  }
  return count
}
