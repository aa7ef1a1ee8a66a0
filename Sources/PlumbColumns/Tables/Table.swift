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
  private let summaries: Mutex<[Int: [ChunkSummary]]> = Mutex([:])

  package init(schema: Schema, columns: [Column], rowCount: Int) {
    self.schema = schema
    self.columns = columns
    self.rowCount = rowCount
  }

  /// A table without rows.
  package static func empty(_ schema: Schema) -> Table {
    Table(
      schema: schema, columns: schema.fields.map { Column([Value](), type: $0.type) }, rowCount: 0)
  }

  package subscript(name: String) -> Column? { schema.index(of: name).map { columns[$0] } }

  package var chunkCount: Int { (rowCount + Self.chunkRows - 1) / Self.chunkRows }

  package func chunkRange(_ chunk: Int) -> Range<Int> {
    let start = chunk * Self.chunkRows
    return start..<min(start + Self.chunkRows, rowCount)
  }

  /// The summaries of a column's chunks, made at the first call.
  package func chunkSummaries(column: Int) -> [ChunkSummary] {
    if let known = summaries.withLock({ $0[column] }) { return known }
    let made = (0..<chunkCount).map { chunk in
      let range = chunkRange(chunk)
      return ChunkSummary(of: columns[column].slice(range.lowerBound, range.count))
    }
    summaries.withLock { $0[column] = made }
    return made
  }

  package var batch: Batch { Batch(columns: columns, count: rowCount) }

  /// The bytes that the columns hold. A dictionary shared by columns counts for each.
  package var byteCount: Int { columns.reduce(0) { $0 + $1.byteCount } }

  /// The row as values, for edges and tests.
  package func row(_ index: Int) -> [Value] { columns.map { $0.value(at: index) } }
}
