/// Checks that what a directory says can be: counts fit their blocks, and blocks the file.
struct SnapshotCheck {
  private let dataEnd: Int
  private let directory: SnapshotDirectory

  init(dataEnd: Int, _ directory: SnapshotDirectory) {
    self.dataEnd = dataEnd
    self.directory = directory
  }

  func run() throws(FormatFault) {
    for dictionary in directory.dictionaries {
      try check(dictionary.bytes, of: dictionary.bytes.byteCount)
      try check(dictionary.offsets, of: size(dictionary.count, 8, more: 1))
    }
    for table in directory.tables {
      guard table.rowCount <= ParquetFile.maximumRows else { throw fault("it has too many rows") }
      for field in table.fields {
        try check(field.column, rows: table.rowCount)
        if let text = field.text { try check(text, rows: table.rowCount) }
      }
    }
  }

  private func fault(_ message: String) -> FormatFault { FormatFault(message, at: dataEnd) }

  private func size(_ count: Int, _ width: Int, more: Int = 0) throws(FormatFault) -> Int {
    let (bytes, overflows) = count.multipliedReportingOverflow(by: width)
    guard !overflows, bytes <= dataEnd else { throw fault("a column has \(count) values") }
    return bytes + more * width
  }

  private func check(
    _ block: SnapshotDirectory.Block, of byteCount: Int
  ) throws(FormatFault) {
    // The hashes are counted last: only then is it known that the sum does not overflow.
    guard block.byteCount == byteCount, block.byteCount <= dataEnd,
      block.offset <= dataEnd - block.byteCount,
      block.hashes.count
        == (block.byteCount + SnapshotFormat.hashedBytes - 1) / SnapshotFormat.hashedBytes
    else { throw fault("a block of \(block.byteCount) bytes at \(block.offset) cannot be") }
  }

  private func check(
    _ column: SnapshotDirectory.Column, rows: Int?
  ) throws(FormatFault) {
    guard rows == nil || column.count == rows else {
      throw fault("a column has \(column.count) values in \(rows ?? 0) rows")
    }
    try check(
      column.values,
      of: size(column.count, column.layout.width, more: column.layout == .list ? 1 : 0))
    if let validity = column.validity {
      try check(validity, of: size(column.count / 64 + (column.count % 64 > 0 ? 1 : 0), 8))
    }
    switch column.layout {
    case .text8, .text16, .text32:
      guard column.dictionary < directory.dictionaries.count else {
        throw fault("a column has no dictionary")
      }
    case .list:
      guard column.children.count == 1 else { throw fault("a list has no elements") }
      try check(column.children[0], rows: nil)
    case .record: for child in column.children { try check(child, rows: column.count) }
    case .int8, .int16, .int32, .int64, .float, .bool: break
    }
  }
}
