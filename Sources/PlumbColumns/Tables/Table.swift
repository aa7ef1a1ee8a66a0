import Synchronization

/// Typed columns of equal length under names, in memory, immutable.
///
/// Columns are contiguous; for skipping, rows are seen in chunks of `chunkRows` with a summary
/// each.
package final class Table: Sendable {
  /// The rows of a chunk: the unit of summaries, scheduling and cancellation.
  package static let chunkRows = 65_536

  package let schema: Schema
  package let columns: [Column]
  package let rowCount: Int
  /// For each column; shared by the tables that share the column.
  private let summaries: [SummaryCache]

  package init(schema: Schema, columns: [Column], rowCount: Int) {
    self.schema = schema
    self.columns = columns
    self.rowCount = rowCount
    summaries = columns.map { _ in SummaryCache() }
  }

  /// Some columns of a table under the names of `schema`, with what is known of their chunks.
  package init(selecting indices: [Int], of table: Table, schema: Schema) {
    self.schema = schema
    columns = indices.map { table.columns[$0] }
    rowCount = table.rowCount
    summaries = indices.map { table.summaries[$0] }
  }

  /// A table without rows.
  package static func empty(_ schema: Schema) -> Table {
    Table(
      schema: schema, columns: schema.fields.map { Column([Value](), type: $0.type) }, rowCount: 0)
  }

  package subscript(name: String) -> Column? { schema.index(of: name).map { columns[$0] } }

  package var chunkCount: Int { (rowCount + Self.chunkRows - 1) / Self.chunkRows }

  /// The rows of a chunk.
  package func chunkRange(_ chunk: Int) -> Range<Int> {
    let start = chunk * Self.chunkRows
    return start..<min(start + Self.chunkRows, rowCount)
  }

  /// The summaries of a column's chunks, made at the first call by up to `threadCount` threads.
  package func chunkSummaries(column: Int, threadCount: Int = 1) -> [ChunkSummary] {
    if let known = knownChunkSummaries(column: column) { return known }
    let made: Mutex<[ChunkSummary?]> = Mutex(Array(repeating: nil, count: chunkCount))
    parallelFor(threadCount: threadCount, taskCount: chunkCount) { chunk in
      let range = chunkRange(chunk)
      let summary = ChunkSummary(of: columns[column].slice(range.lowerBound, range.count))
      made.withLock { $0[chunk] = summary }
    }
    let all = made.withLock { $0.compactMap(\.self) }
    summaries[column].store(all)
    return all
  }

  /// The summaries of a column's chunks, if they have been made.
  package func knownChunkSummaries(column: Int) -> [ChunkSummary]? { summaries[column].known }

  package var batch: Batch { Batch(columns: columns, count: rowCount) }

  /// The bytes that the columns hold.
  ///
  /// A dictionary shared by columns counts for each.
  package var byteCount: Int { columns.reduce(0) { $0 + $1.byteCount } }

  /// The row as values, for edges and tests.
  package func row(_ index: Int) -> [Value] { columns.map { $0.value(at: index) } }
}

/// The summaries of one column's chunks, once they are made.
private final class SummaryCache: Sendable {
  private let summaries: Mutex<[ChunkSummary]?> = Mutex(nil)

  var known: [ChunkSummary]? { summaries.withLock { $0 } }
  func store(_ made: [ChunkSummary]) { summaries.withLock { $0 = made } }
}
