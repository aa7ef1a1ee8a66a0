package import PlumbColumns

/// How the bodies of Arrow IPC are made smaller.
package enum ArrowCompression: String, Sendable, CaseIterable {
  case none, lz4, zstd
}

/// Writes tables as Arrow IPC: a file with an end that lists its batches, or a stream.
package struct ArrowWriter<Failure: Error> {
  private let isStream: Bool
  private let codec: CompressionCodec
  private let write: (UnsafeRawBufferPointer) throws(Failure) -> Void
  private var position = 0
  /// Where dictionaries and batches lie, as the structure `Block` of the format.
  private var dictionaryBlocks: [UInt8] = []
  private var batchBlocks: [UInt8] = []
  private var blockCounts = (dictionaries: 0, batches: 0)

  private static var version: Int16 { 4 }

  /// A writer that hands the bytes on in order. Without a compression, files have LZ4 as Feather
  /// does, and streams none.
  package init(
    isStream: Bool, compression: ArrowCompression? = nil,
    write: @escaping (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) {
    self.isStream = isStream
    self.write = write
    codec =
      switch compression ?? (isStream ? .none : .lz4) {
      case .none: .none
      case .lz4: .lz4Frame
      case .zstd: .zstd
      }
  }

  /// Writes a whole file or stream.
  package mutating func write(_ table: Table) throws(Failure) {
    var nextDictionary = 0
    let columns = table.columns
    let types = columns.map { ArrowColumnType($0, nextDictionary: &nextDictionary) }
    let schema: [FlatBuilder.Field] = [
      FlatBuilder.Field(0, .int16(0)),
      FlatBuilder.Field(1, .tables(zip(table.schema.fields, types).map { $1.field($0.name) })),
    ]
    if !isStream { try put(ArrowFile.magic + [0, 0]) }
    _ = try put(1, schema, [])
    for (column, type) in zip(columns, types) {
      if case .dictionary(let id) = type { try writeDictionary(column, id) }
    }
    for chunk in 0..<table.chunkCount {
      let range = table.chunkRange(chunk)
      var body = ArrowBody(codec: codec)
      for (column, type) in zip(columns, types) {
        body.append(column.slice(range.lowerBound, range.count), as: type)
      }
      let start = position
      let metadata = try put(3, body.fields(rowCount: range.count), body.bytes)
      Self.append(start, metadata, body.bytes.count, to: &batchBlocks)
      blockCounts.batches += 1
    }
    try put(ArrowFile.continuation + [0, 0, 0, 0])
    if !isStream { try writeEnd(schema) }
  }

  private mutating func writeDictionary(_ column: Column, _ id: Int) throws(Failure) {
    let dictionary = column.codes().dictionary
    var body = ArrowBody(codec: codec)
    body.append(dictionary)
    let start = position
    let metadata = try put(
      2,
      [
        FlatBuilder.Field(0, .int64(Int64(id))),
        FlatBuilder.Field(1, .table(body.fields(rowCount: dictionary.count))),
      ], body.bytes)
    Self.append(start, metadata, body.bytes.count, to: &dictionaryBlocks)
    blockCounts.dictionaries += 1
  }

  private mutating func writeEnd(_ schema: [FlatBuilder.Field]) throws(Failure) {
    var footer = FlatBuilder.message([
      FlatBuilder.Field(0, .int16(Self.version)),
      FlatBuilder.Field(1, .table(schema)),
      FlatBuilder.Field(2, .structures(dictionaryBlocks, count: blockCounts.dictionaries)),
      FlatBuilder.Field(3, .structures(batchBlocks, count: blockCounts.batches)),
    ])
    withUnsafeBytes(of: Int32(truncatingIfNeeded: footer.count).littleEndian) {
      footer.append(contentsOf: $0)
    }
    try put(footer + ArrowFile.magic)
  }

  private static func append(
    _ offset: Int, _ metadataBytes: Int, _ bodyBytes: Int, to blocks: inout [UInt8]
  ) {
    withUnsafeBytes(of: Int64(offset).littleEndian) { blocks.append(contentsOf: $0) }
    // The length has 32 bits, and 32 more that mean nothing.
    withUnsafeBytes(of: Int64(metadataBytes).littleEndian) { blocks.append(contentsOf: $0) }
    withUnsafeBytes(of: Int64(bodyBytes).littleEndian) { blocks.append(contentsOf: $0) }
  }

  /// Writes a message; gives the bytes before its body.
  private mutating func put(
    _ kind: UInt8, _ header: [FlatBuilder.Field], _ body: [UInt8]
  ) throws(Failure) -> Int {
    let message = FlatBuilder.message([
      FlatBuilder.Field(0, .int16(Self.version)), FlatBuilder.Field(1, .byte(kind)),
      FlatBuilder.Field(2, .table(header)), FlatBuilder.Field(3, .int64(Int64(body.count))),
    ])
    var prefix = ArrowFile.continuation
    withUnsafeBytes(of: Int32(truncatingIfNeeded: message.count).littleEndian) {
      prefix.append(contentsOf: $0)
    }
    try put(prefix + message)
    try put(body)
    return prefix.count + message.count
  }

  private mutating func put(_ bytes: [UInt8]) throws(Failure) {
    try bytes.withUnsafeBufferPointer { (bytes) throws(Failure) in
      try write(UnsafeRawBufferPointer(bytes))
    }
    position += bytes.count
  }
}
