import PlumbColumns
import Synchronization

/// The metric history: whole by ranges of rowids, or some keys or runs through an index.
extension SQLiteStore {
  var findsRunHistory: Bool { catalog.metricIndexes.contains { $0.first == "run_uuid" } }

  /// Rows logged after the store was opened are not seen.
  var lastMetricRowid: Int { catalog.lastRowid("metrics") }

  func history(
    _ request: HistoryRequest, control: RunControl
  ) throws(ImportError) -> HistoryRows {
    let isWhole = request.keys == nil && (request.runs == nil || !findsRunHistory)
    return try databaseHistory(contents, request.columns, control: control) {
      (keys) throws(ImportError) in
      isWhole
        ? try wholeHistory(request, keys, control) : try selectedHistory(request, keys, control)
    }
  }

  /// Memory for rows that are read together.
  func buffers(
    _ capacity: Int, _ request: HistoryRequest, _ keys: KeyDirectory, wantsPositions: Bool
  ) -> HistoryBuffers {
    HistoryBuffers(
      capacity: capacity, request.columns, runCount: contents.runDirectory.count,
      keyCount: keys.roomForKeys, wantsPositions: wantsPositions)
  }

  /// Reads all rows.
  ///
  /// Rowids are dense unless much was deleted. So ranges of them are shared out among readers,
  /// rows get their place in the whole before they are read, and what deleted rows leave empty is
  /// closed up in the end.
  private func wholeHistory(
    _ request: HistoryRequest, _ keys: KeyDirectory, _ control: RunControl
  ) throws(ImportError) -> [HistoryChunk] {
    let last = lastMetricRowid
    var first = try firstMetricRowid(control)
    if let after = request.after {
      guard after < last else { return [] }
      first = max(first, after + 1)
    }
    guard first <= last else { return [] }
    let (distance, overflow) = last.subtractingReportingOverflow(first)
    if overflow || distance >= mostMetricRows {
      return try sparseHistory(first, last, request, keys, control)
    }
    let ranges = RowidRanges(first: first, last: last)
    let buffers = buffers(
      ranges.rowCount, request, keys, wantsPositions: request.wantsPositions)
    let shared = SharedChunks()
    onReaderThreads(max(1, min(control.threadCount, ranges.count))) { _ in
      do throws(ImportError) {
        try self.readRanges(ranges, buffers, request, keys, shared, control)
      } catch {
        shared.fail(error)
      }
    }
    return try shared.finish()
  }

  /// About as many rows of `metrics` as there is room for: a row takes some 70 bytes in the table
  /// and as many in the primary key.
  var mostMetricRows: Int { sizeBytes / 50 }

  private var sizeBytes: Int {
    (FileBytes.size(file.path) ?? 0) + (FileBytes.size(file.path + "-wal") ?? 0)
  }

  /// Whether to read on: a damaged tree may lead back into itself and never end.
  func check(
    rowsRead: Int, _ connection: borrowing SQLiteConnection, _ control: RunControl
  ) throws(ImportError) {
    try control.checkImport()
    // No row takes fewer bytes than this.
    if rowsRead > sizeBytes / 8 {
      throw connection.watch.damaged("there are more rows than the file has room for")
    }
  }

  /// Reads all rows where there are far fewer of them than rowids.
  private func sparseHistory(
    _ first: Int, _ last: Int, _ request: HistoryRequest, _ keys: KeyDirectory,
    _ control: RunControl
  ) throws(ImportError) -> [HistoryChunk] {
    var reading = try reading(control)
    var cursor = try rangeCursor(reading.connection, keys)
    cursor.bind(1, first)
    cursor.bind(2, last)
    var chunks: [HistoryChunk] = []
    while true {
      try check(
        rowsRead: chunks.count * RowidRanges.rowsPerRange, reading.connection, control)
      let chunk = HistoryChunk(
        buffers(RowidRanges.rowsPerRange, request, keys, wantsPositions: request.wantsPositions))
      chunks.append(chunk)
      if try read(&cursor, into: chunk, through: last, &reading) { return chunks }
    }
  }

  private func rangeCursor(
    _ connection: borrowing SQLiteConnection, _ keys: KeyDirectory
  ) throws(ImportError) -> HistoryCursor {
    HistoryCursor(
      try connection.prepare(
        "SELECT \(HistoryCursor.selection(catalog)) FROM metrics NOT INDEXED "
          + "WHERE rowid >= ?1 AND rowid <= ?2 ORDER BY rowid"),
      contents.runDirectory, keys)
  }

  /// Reads until the chunk is full or, which gives true, the rows up to `last` are read.
  private func read(
    _ cursor: inout HistoryCursor, into chunk: HistoryChunk, through last: Int,
    _ reading: inout SQLiteReading
  ) throws(ImportError) -> Bool {
    while true {
      switch try cursor.fill(chunk, untilMilliseconds: reading.endMilliseconds) {
      case .chunkIsFull: return false
      case .noMoreRows: return true
      case .timeIsUp:
        cursor.reset()
        try reading.renew()
        if cursor.lastRowid >= last { return true }
        cursor.bind(1, cursor.lastRowid + 1)
      }
    }
  }

  private func firstMetricRowid(_ control: RunControl) throws(ImportError) -> Int {
    let connection = try SQLiteConnection(file, control: control)
    return try connection.integer("SELECT min(rowid) FROM metrics") ?? Int.max
  }

  private func readRanges(
    _ ranges: RowidRanges, _ buffers: HistoryBuffers, _ request: HistoryRequest,
    _ keys: KeyDirectory, _ shared: SharedChunks, _ control: RunControl
  ) throws(ImportError) {
    var reading = try reading(control)
    var cursor = try rangeCursor(reading.connection, keys)
    while !shared.hasFailed, let index = ranges.next() {
      try control.checkImport()
      let range = ranges[index]
      let chunk = HistoryChunk(
        buffers, start: range.lowerBound - ranges.first, capacity: range.count)
      cursor.bind(1, range.lowerBound)
      cursor.bind(2, range.upperBound)
      _ = try read(&cursor, into: chunk, through: range.upperBound, &reading)
      cursor.reset()
      let done = shared.add(chunk, at: index)
      control.report(
        RunControl.Progress(
          activity: "loading metrics", done: min(done * RowidRanges.rowsPerRange, ranges.rowCount),
          total: ranges.rowCount, unit: "rows"))
    }
  }
}

/// Ranges of rowids that readers take one after the other.
final class RowidRanges: Sendable {
  let count: Int
  let rowCount: Int
  let first: Int
  private let last: Int
  private let taken = Atomic<Int>(0)

  /// Little enough to share out evenly.
  static let rowsPerRange = 1 << 17

  init(first: Int, last: Int) {
    self.first = first
    self.last = last
    rowCount = last - first + 1
    count = (rowCount + RowidRanges.rowsPerRange - 1) / RowidRanges.rowsPerRange
  }

  func next() -> Int? {
    let index = taken.add(1, ordering: .relaxed).oldValue
    return index < count ? index : nil
  }

  subscript(index: Int) -> ClosedRange<Int> {
    let start = first + index * RowidRanges.rowsPerRange
    return
      start...(last - start < RowidRanges.rowsPerRange
      ? last : start + RowidRanges.rowsPerRange - 1)
  }
}
