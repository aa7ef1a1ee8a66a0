package import PlumbColumns
import Synchronization

/// Writes tables as Parquet: zstd, dictionaries for texts and small ints, statistics, page
/// checksums, a row group for each million rows.
package struct ParquetWriter<Failure: Error> {
  private let threadCount: Int
  private let write: (UnsafeRawBufferPointer) throws(Failure) -> Void
  private var position = 0

  /// The rows of a group: few enough that several are decoded beside each other.
  private static var groupRows: Int { 1 << 20 }

  /// A writer that hands the bytes of a file on in order.
  package init(
    threadCount: Int, write: @escaping (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) {
    self.threadCount = threadCount
    self.write = write
  }

  /// Writes a whole file.
  package mutating func write(_ table: Table) throws(Failure) {
    try put(ParquetFile.magic)
    var groups: [ParquetFooter.Group] = []
    var start = 0
    repeat {
      let count = min(Self.groupRows, table.rowCount - start)
      groups.append(try writeGroup(table, start, count))
      start += count
    } while start < table.rowCount
    var footer =
      ParquetFooter(schema: table.schema, rowCount: table.rowCount, groups: groups).bytes
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: footer.count).littleEndian) {
      footer.append(contentsOf: $0)
    }
    try put(footer + ParquetFile.magic)
  }

  private mutating func put(_ bytes: [UInt8]) throws(Failure) {
    try bytes.withUnsafeBufferPointer { (bytes) throws(Failure) in
      try write(UnsafeRawBufferPointer(bytes))
    }
    position += bytes.count
  }

  private mutating func writeGroup(
    _ table: Table, _ start: Int, _ count: Int
  ) throws(Failure) -> ParquetFooter.Group {
    let fields = table.schema.fields
    let made = Mutex([[ParquetChunkWriter]](repeating: [], count: fields.count))
    parallelFor(threadCount: threadCount, taskCount: fields.count) { index in
      let column = table.columns[index].slice(start, count)
      let chunks = ParquetShredding(fields[index].name, column).leaves
        .map { ParquetChunkWriter($0) }
      made.withLock { $0[index] = chunks }
    }
    var group = ParquetFooter.Group(rowCount: count, chunks: [])
    for chunk in made.withLock({ $0 }).joined() {
      group.chunks.append((position, chunk.summary))
      try put(chunk.bytes)
    }
    return group
  }
}
