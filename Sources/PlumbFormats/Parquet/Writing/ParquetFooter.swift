import PlumbColumns

/// Writes the end of a file: the structure `FileMetaData` of the Apache Parquet format.
struct ParquetFooter {
  let schema: Schema
  let rowCount: Int
  let groups: [Group]

  /// A row group and where its column chunks begin.
  struct Group {
    let rowCount: Int
    var chunks: [(start: Int, summary: ParquetChunkSummary)]
  }

  /// zstd in the format's list of codecs.
  private static let codec = 6

  var bytes: [UInt8] {
    var thrift = ThriftWriter()
    thrift.structure { thrift in
      thrift.int32(1, 2)
      writeSchema(&thrift)
      thrift.int64(3, rowCount)
      thrift.list(4, of: .structure, count: groups.count)
      for group in groups { Self.write(group, &thrift) }
      thrift.text(6, "Plumb")
      // Statistics are in the order of each type, which readers must be told.
      let leafCount = groups.first?.chunks.count ?? 0
      thrift.list(7, of: .structure, count: leafCount)
      for _ in 0..<leafCount { thrift.structure { $0.structure(1) { _ in } } }
    }
    return thrift.bytes
  }

  // MARK: Schema

  private func writeSchema(_ thrift: inout ThriftWriter) {
    let count = schema.fields.reduce(1) { $0 + Self.elementCount($1.type) }
    thrift.list(2, of: .structure, count: count)
    thrift.structure { root in
      root.text(4, "schema")
      root.int32(5, schema.count)
    }
    for field in schema.fields { Self.write(field.name, field.type, &thrift) }
  }

  private static func elementCount(_ type: DataType) -> Int {
    switch type {
    case .list(let element): 2 + elementCount(element)
    case .record(let fields): fields.reduce(1) { $0 + elementCount($1.type) }
    case .null, .bool, .int, .float, .string, .timestamp, .duration: 1
    }
  }

  private static func write(_ name: String, _ type: DataType, _ thrift: inout ThriftWriter) {
    switch type {
    case .list(let element):
      thrift.structure { group in
        group.int32(3, 1)
        group.text(4, name)
        group.int32(5, 1)
        group.int32(6, 3)
        group.structure(10) { $0.structure(3) { _ in } }
      }
      thrift.structure { group in
        group.int32(3, 2)
        group.text(4, ParquetShredding.listName)
        group.int32(5, 1)
      }
      write(ParquetShredding.elementName, element, &thrift)
    case .record(let fields):
      thrift.structure { group in
        group.int32(3, 1)
        group.text(4, name)
        group.int32(5, fields.count)
      }
      for field in fields { write(field.name, field.type, &thrift) }
    case .null, .bool, .int, .float, .string, .timestamp, .duration:
      thrift.structure { leaf in
        leaf.int32(1, ParquetMetadata.PhysicalType(storing: type).rawValue)
        leaf.int32(3, 1)
        leaf.text(4, name)
        writeLogicalType(type, &leaf)
      }
    }
  }

  private static func writeLogicalType(_ type: DataType, _ leaf: inout ThriftWriter) {
    switch type {
    case .string:
      leaf.int32(6, 0)
      leaf.structure(10) { $0.structure(1) { _ in } }
    case .timestamp:
      leaf.int32(6, 10)
      leaf.structure(10) { logical in
        logical.structure(8) { timestamp in
          timestamp.bool(1, true)
          timestamp.structure(2) { $0.structure(2) { _ in } }
        }
      }
    case .null: leaf.structure(10) { $0.structure(11) { _ in } }
    case .bool, .int, .float, .duration, .list, .record: break
    }
  }

  // MARK: Row groups

  private static func write(_ group: Group, _ thrift: inout ThriftWriter) {
    thrift.structure { thrift in
      thrift.list(1, of: .structure, count: group.chunks.count)
      for (start, chunk) in group.chunks {
        thrift.structure { column in
          column.int64(2, 0)
          column.structure(3) { write(chunk, start, &$0) }
        }
      }
      thrift.int64(2, group.chunks.reduce(0) { $0 + $1.summary.uncompressedBytes })
      thrift.int64(3, group.rowCount)
    }
  }

  private static func write(
    _ chunk: ParquetChunkSummary, _ start: Int, _ thrift: inout ThriftWriter
  ) {
    thrift.int32(1, chunk.type.rawValue)
    let encodings = chunk.hasDictionary ? [0, 3, 8] : [0, 3]
    thrift.list(2, of: .int32, count: encodings.count)
    for encoding in encodings { thrift.element(encoding) }
    thrift.list(3, of: .binary, count: chunk.path.count)
    for name in chunk.path { thrift.element(name.utf8) }
    thrift.int32(4, codec)
    thrift.int64(5, chunk.valueCount)
    thrift.int64(6, chunk.uncompressedBytes)
    thrift.int64(7, chunk.compressedBytes)
    thrift.int64(9, start + chunk.dataOffset)
    if chunk.hasDictionary { thrift.int64(11, start) }
    thrift.structure(12) { statistics in
      statistics.int64(3, chunk.nullCount)
      if let maximum = chunk.statistics.maximum { statistics.binary(5, maximum) }
      if let minimum = chunk.statistics.minimum { statistics.binary(6, minimum) }
    }
  }
}
