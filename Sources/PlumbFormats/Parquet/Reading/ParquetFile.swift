import PlumbColumns

/// A Parquet file of which the end has been read: its schema and where its data lies.
final class ParquetFile: Sendable {
  let path: String
  let metadata: ParquetMetadata
  let schema: ParquetSchema
  private let file: RandomAccessFile

  /// The mark at both ends of a file.
  static let magic = Array("PAR1".utf8)
  /// The mark of a file whose end is encrypted.
  static let encryptedMagic = Array("PARE".utf8)
  private static let tailBytes = 8
  /// Rows have numbers of 32 bits while they are sorted and joined.
  static let maximumRows = Int(UInt32.max) - 1

  init(_ path: String) throws(ImportError) {
    self.path = path
    file = try RandomAccessFile(path)
    let handle = try file.open()
    do throws(FormatFault) {
      (metadata, schema) = try Self.readEnd(handle, file.byteCount)
    } catch {
      throw error.error(in: path)
    }
  }

  /// The file, open for reading its column chunks.
  func open() throws(ImportError) -> OpenFile { try file.open() }

  private static func readEnd(
    _ file: OpenFile, _ byteCount: Int
  ) throws(FormatFault) -> (ParquetMetadata, ParquetSchema) {
    guard byteCount >= magic.count + tailBytes else {
      throw FormatFault("a Parquet file has at least 12 bytes, and this one \(byteCount)", at: 0)
    }
    let tail = try file.read(byteCount - tailBytes..<byteCount)
    defer { withExtendedLifetime(tail) {} }
    var reader = tail.reader
    let length = Int(try reader.integer(UInt32.self))
    let mark = Array(reader.takeRest())
    guard mark != encryptedMagic else {
      throw FormatFault("it is encrypted", at: byteCount - 4, isUnsupported: true)
    }
    guard mark == magic else {
      throw FormatFault("it does not end in PAR1, so it was cut off", at: byteCount - 4)
    }
    guard length <= byteCount - tailBytes - magic.count else {
      throw FormatFault(
        "its end says that it has \(length) bytes of description", at: byteCount - tailBytes)
    }
    let start = byteCount - tailBytes - length
    let block = try file.read(start..<(byteCount - tailBytes))
    defer { withExtendedLifetime(block) {} }
    var thrift = ThriftReader(block.reader)
    let metadata = try ParquetMetadata(&thrift)
    let schema = try ParquetSchema(metadata, fileOffset: start)
    try check(metadata, schema, dataEnd: start)
    return (metadata, schema)
  }

  /// Checks what later reading relies on: counts agree, and data lies before the end.
  private static func check(
    _ metadata: ParquetMetadata, _ schema: ParquetSchema, dataEnd: Int
  ) throws(FormatFault) {
    var rows = 0
    for group in metadata.rowGroups {
      guard group.columns.count == schema.leaves.count else {
        throw FormatFault(
          "a row group has \(group.columns.count) columns and the schema \(schema.leaves.count)",
          at: dataEnd)
      }
      guard group.rowCount <= maximumRows - rows else {
        throw FormatFault("it says that it has more than 4 billion rows", at: dataEnd)
      }
      rows += group.rowCount
      for (chunk, leaf) in zip(group.columns, schema.leaves) {
        // Of an encrypted column nothing else is known.
        if chunk.isEncrypted { continue }
        try check(chunk, leaf, dataEnd)
      }
    }
    guard rows == metadata.rowCount else {
      throw FormatFault(
        "its row groups have \(rows) rows, and it says that it has \(metadata.rowCount)",
        at: dataEnd)
    }
  }

  private static func check(
    _ chunk: ParquetMetadata.ColumnChunk, _ leaf: ParquetLeaf, _ dataEnd: Int
  ) throws(FormatFault) {
    if let other = chunk.otherFile, !other.isEmpty {
      throw FormatFault(
        "the data of the column `\(leaf.path)` is in the file `\(other)`", at: dataEnd,
        isUnsupported: true)
    }
    guard chunk.type == leaf.physicalType else {
      throw FormatFault(
        "the column `\(leaf.path)` has two types: \(leaf.physicalType.name) in the schema and "
          + "\(chunk.type?.name ?? "none") in a row group", at: dataEnd)
    }
    guard chunk.compressedBytes <= dataEnd, chunk.start <= dataEnd - chunk.compressedBytes else {
      throw FormatFault(
        "the column `\(leaf.path)` lies outside of the file: \(chunk.compressedBytes) bytes at "
          + "\(chunk.start)", at: dataEnd)
    }
    guard chunk.valueCount <= maximumRows else {
      throw FormatFault(
        "the column `\(leaf.path)` has \(chunk.valueCount) values in a row group", at: dataEnd)
    }
  }
}

extension ParquetMetadata.ColumnChunk {
  /// Where its first page begins. Some writers say 0 for a dictionary that is not there.
  var start: Int {
    guard let dictionaryOffset, dictionaryOffset > 0 else { return dataOffset }
    return min(dictionaryOffset, dataOffset)
  }

  var byteRange: Range<Int> { start..<(start + compressedBytes) }
}
