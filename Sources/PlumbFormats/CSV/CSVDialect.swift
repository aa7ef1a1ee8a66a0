import PlumbColumns

/// How a file separates its cells, and what its columns are called.
struct CSVDialect {
  let delimiter: UInt8
  let hasHeader: Bool
  /// The names of the columns, all different.
  let names: [String]
  /// Where the first record of data begins.
  let dataStart: Int
  let warnings: [String]

  /// More columns than this are taken for a mistake in reading.
  static let maximumColumns = 100_000
  private static let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]
  private static let sampleRecords = 200
  private static let sampleBytes = 1 << 18

  init(
    _ text: DecodedText, path: String, options: CSVOptions
  ) throws(ImportError) {
    let bytes = text.bytes
    let delimiter = options.delimiter ?? Self.sniff(bytes, from: text.start, path)
    self.delimiter = delimiter
    var reader = CSVRecordReader(bytes, from: text.start, delimiter: delimiter)
    guard let first = reader.nextFilled() else {
      guard text.start < bytes.count, bytes[text.start...].contains(0x22) else {
        throw ImportError(
          .wrongFormat, "`\(path)` is empty: it has no columns",
          remedy: "a file of separated values has at least a line with names")
      }
      throw CSVFault.openQuote.error(at: Self.firstQuote(bytes, text.start), text.file, path)
    }
    guard first.count <= Self.maximumColumns else {
      throw ImportError(
        .wrongFormat, "the first line of `\(path)` has \(first.count) columns",
        remedy: "give the right `delimiter`; at most \(Self.maximumColumns) columns can be read")
    }
    var warnings: [String] = []
    let afterFirst = reader.position
    hasHeader = options.hasHeader ?? Self.isHeader(first, &reader)
    if hasHeader {
      names = Self.names(first.map(\.text), path, &warnings)
      dataStart = afterFirst
    } else {
      names = first.indices.map { "column_\($0 + 1)" }
      dataStart = text.start
      if options.hasHeader == nil {
        warnings.append(
          "the first line of `\(path)` was read as data: its columns are called column_1, …; "
            + "`header = true` takes their names from it")
      }
    }
    self.warnings = warnings
  }

  private static func firstQuote(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    bytes[start...].firstIndex(of: 0x22) ?? start
  }

  // MARK: Delimiter

  /// The candidate by which most records of a sample have the same number of cells, and the most.
  private static func sniff(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ path: String
  ) -> UInt8 {
    let end = min(bytes.count, start + sampleBytes)
    let sample = UnsafeBufferPointer(rebasing: bytes[..<end])
    var best: (delimiter: UInt8, cells: Int, share: Double) = (0x2C, 1, 0)
    let isTabbed = path.lowercased().hasSuffix(".tsv") || path.lowercased().hasSuffix(".tab")
    for candidate in isTabbed ? [0x09] + candidates : candidates {
      var reader = CSVRecordReader(sample, from: start, delimiter: candidate)
      var counts: [Int] = []
      while counts.count < sampleRecords, let record = reader.nextFilled() {
        // The sample may end within a record.
        if reader.position >= end, end < bytes.count, !counts.isEmpty { break }
        counts.append(record.count)
      }
      guard let first = counts.first, first > 1 else { continue }
      let share = Double(counts.count { $0 == first }) / Double(counts.count)
      let isBetter =
        share > best.share + 0.05 || (share > best.share - 0.05 && first > best.cells)
      if best.share == 0 || isBetter { best = (candidate, first, share) }
    }
    return best.share > 0 ? best.delimiter : isTabbed ? 0x09 : 0x2C
  }

  // MARK: Header

  /// Whether the first record has names: it does unless its cells are of the types of those
  /// below them.
  private static func isHeader(
    _ first: [CSVRecordReader.Cell], _ reader: inout CSVRecordReader
  ) -> Bool {
    let firstKinds = first.map { kind($0) }
    var kinds = [CellKinds](repeating: [], count: first.count)
    var rows = 0
    while rows < sampleRecords, let record = reader.nextFilled() {
      for (column, cell) in record.prefix(first.count).enumerated() {
        kinds[column].formUnion(kind(cell))
      }
      rows += 1
    }
    if rows == 0 { return firstKinds.allSatisfy { $0 == .text || $0 == [] } }
    var looksLikeData = false
    for (column, kind) in kinds.enumerated() {
      guard let type = kind.type, type != .string else { continue }
      let joined = kind.union(firstKinds[column])
      if firstKinds[column] == .text || (joined.type != type && type != .float) { return true }
      if !firstKinds[column].isEmpty { looksLikeData = true }
    }
    return !looksLikeData
  }

  private static func kind(_ cell: CSVRecordReader.Cell) -> CellKinds {
    cell.text.withUnsafeBufferPointer { cellKind(trimmed($0)) }
  }

  /// Names from the cells of the header: trimmed, the empty ones numbered, repeats marked.
  private static func names(
    _ cells: [[UInt8]], _ path: String, _ warnings: inout [String]
  ) -> [String] {
    let texts = cells.map { cell in
      cell.withUnsafeBufferPointer { String(decoding: trimmed($0), as: UTF8.self) }
    }
    var unique = UniqueNames(texts, path: path)
    let names = texts.map { unique.unique($0) }
    warnings += unique.warnings
    return names
  }
}
