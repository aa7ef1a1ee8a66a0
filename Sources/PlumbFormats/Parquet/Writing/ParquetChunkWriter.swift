import CZlib
import PlumbColumns

/// What the end of a file says of a column chunk.
struct ParquetChunkSummary {
  let path: [String]
  let type: ParquetMetadata.PhysicalType
  let valueCount: Int
  let nullCount: Int
  let statistics: ParquetStatistics
  let hasDictionary: Bool
  /// Where the first data page begins within the chunk.
  let dataOffset: Int
  let compressedBytes: Int
  let uncompressedBytes: Int
}

/// Makes the bytes of one column chunk: a dictionary page if one pays, then data pages.
struct ParquetChunkWriter {
  private let leaf: ParquetLeafValues
  private let statistics: ParquetStatistics
  private let dictionary: ParquetDictionary?
  private(set) var bytes: [UInt8] = []
  private var uncompressedBytes = 0
  private var dataOffset = 0

  /// The slots of a page: as many as a table's chunk has rows.
  private static var pageSlots: Int { Table.chunkRows }

  init(_ leaf: ParquetLeafValues) {
    self.leaf = leaf
    statistics = ParquetStatistics(leaf.values)
    dictionary = ParquetDictionary(leaf.values)
    if let dictionary { append(dictionary) }
    dataOffset = bytes.count
    var (start, firstValue) = (0, 0)
    repeat {
      let end = pageEnd(from: start)
      let full = UInt8(leaf.definition)
      let present = leaf.definitions[start..<end].count { $0 == full }
      append(start..<end, values: firstValue..<(firstValue + present))
      firstValue += present
      start = end
    } while start < leaf.definitions.count
  }

  var summary: ParquetChunkSummary {
    ParquetChunkSummary(
      path: leaf.path, type: ParquetMetadata.PhysicalType(storing: leaf.values.type),
      valueCount: leaf.definitions.count,
      nullCount: leaf.definitions.count - leaf.values.count,
      statistics: statistics, hasDictionary: dictionary != nil,
      dataOffset: dataOffset, compressedBytes: bytes.count,
      uncompressedBytes: uncompressedBytes)
  }

  /// A page ends where a row does.
  private func pageEnd(from start: Int) -> Int {
    var end = min(start + Self.pageSlots, leaf.definitions.count)
    while end < leaf.definitions.count, leaf.repetitions[end] != 0 { end += 1 }
    return end
  }

  private mutating func append(_ dictionary: ParquetDictionary) {
    append(dictionary.entries, kind: 2) { header in
      header.structure(7) { page in
        page.int32(1, dictionary.count)
        page.int32(2, 0)
      }
    }
  }

  /// Levels, then values.
  private mutating func append(_ slots: Range<Int>, values: Range<Int>) {
    var page: [UInt8] = []
    if leaf.repetition > 0 {
      Self.append(leaf.repetitions[slots], greatest: leaf.repetition, to: &page)
    }
    Self.append(leaf.definitions[slots], greatest: leaf.definition, to: &page)
    if let dictionary {
      var writer = RunLengthWriter(bitWidth: dictionary.bitWidth)
      writer.write(
        UnsafeBufferPointer(
          start: dictionary.places.base + values.lowerBound, count: values.count))
      page.append(UInt8(dictionary.bitWidth))
      page += writer.bytes
    } else {
      page += ParquetValueBytes.plain(leaf.values.slice(values.lowerBound, values.count))
    }
    let encoding = dictionary == nil ? 0 : 8
    append(page, kind: 0) { header in
      header.structure(5) { structure in
        structure.int32(1, slots.count)
        structure.int32(2, encoding)
        structure.int32(3, 3)
        structure.int32(4, 3)
      }
    }
  }

  /// Levels in the hybrid encoding, their length before them.
  private static func append(_ levels: ArraySlice<UInt8>, greatest: Int, to page: inout [UInt8]) {
    var writer = RunLengthWriter(bitWidth: BitPacked.width(of: greatest))
    levels.withUnsafeBufferPointer { writer.write($0) }
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: writer.bytes.count).littleEndian) {
      page.append(contentsOf: $0)
    }
    page += writer.bytes
  }

  /// Adds a page with its header, of which `describe` writes what is particular to its kind.
  private mutating func append(
    _ page: [UInt8], kind: Int, _ describe: (inout ThriftWriter) -> Void
  ) {
    let compressed = page.withUnsafeBytes { ZstdCompression.compressed($0) }
    let checksum = compressed.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
    var header = ThriftWriter()
    header.structure { header in
      header.int32(1, kind)
      header.int32(2, page.count)
      header.int32(3, compressed.count)
      header.int32(4, Int(Int32(truncatingIfNeeded: checksum)))
      describe(&header)
    }
    bytes += header.bytes
    bytes += compressed
    uncompressedBytes += header.bytes.count + page.count
  }
}

extension ParquetMetadata.PhysicalType {
  /// How values of a column's type are stored.
  init(storing type: DataType) {
    switch type {
    case .bool: self = .boolean
    case .int, .timestamp, .duration: self = .int64
    case .float: self = .double
    case .string: self = .byteArray
    case .null, .list, .record: self = .int32
    }
  }
}
