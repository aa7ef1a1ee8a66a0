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
    let keys = KeyDirectory(contents.metricKeys)
    let chunks: [HistoryChunk]
    var sorts = request.wantsPositions
    if request.keys == nil, request.runs == nil {
      chunks = try wholeHistory(request, keys, control)
    } else {
      // An index gives rows in its own order.
      sorts = true
      chunks = try selectedHistory(request, keys, control)
    }
    let assembly = HistoryAssembly(
      chunks, runTexts: contents.runDirectory.ids, keyTexts: keys.texts())
    var rows = assembly.rows(request.columns)
    if !sorts || !request.wantsPositions { rows.positions = nil }
    return rows
  }

  /// Reads all rows, ranges of rowids shared out among readers.
  private func wholeHistory(
    _ request: HistoryRequest, _ keys: KeyDirectory, _ control: RunControl
  ) throws(ImportError) -> [HistoryChunk] {
    let last = lastMetricRowid
    let first = try firstMetricRowid(control)
    guard first <= last else { return [] }
    let ranges = RowidRanges(first: first, last: last)
    let readers = max(1, min(control.threadCount, ranges.count))
    let shared = SharedChunks()
    onReaderThreads(readers) { _ in
      do throws(ImportError) {
        try self.readRanges(ranges, request, keys, shared, control)
      } catch {
        shared.fail(error)
      }
    }
    return try shared.finish()
  }

  private func firstMetricRowid(_ control: RunControl) throws(ImportError) -> Int {
    let connection = try SQLiteConnection(file, control: control)
    return try connection.integer("SELECT min(rowid) FROM metrics") ?? Int.max
  }

  private func readRanges(
    _ ranges: RowidRanges, _ request: HistoryRequest, _ keys: KeyDirectory,
    _ shared: SharedChunks, _ control: RunControl
  ) throws(ImportError) {
    var reading = try reading(control)
    var cursor = HistoryCursor(
      try reading.connection.prepare(
        "SELECT \(HistoryCursor.selection(catalog)) FROM metrics NOT INDEXED "
          + "WHERE rowid >= ?1 AND rowid <= ?2 ORDER BY rowid"),
      contents.runDirectory, keys)
    while !shared.hasFailed, let index = ranges.next() {
      try control.checkImport()
      let range = ranges[index]
      let chunk = HistoryChunk(
        capacity: range.count, request.columns, wantsPositions: request.wantsPositions)
      cursor.bind(1, range.lowerBound)
      cursor.bind(2, range.upperBound)
      reading: while true {
        switch try cursor.fill(chunk, untilMilliseconds: reading.endMilliseconds) {
        case .chunkIsFull, .noMoreRows: break reading
        case .timeIsUp:
          cursor.reset()
          try reading.renew()
          if cursor.lastRowid >= range.upperBound { break reading }
          cursor.bind(1, cursor.lastRowid + 1)
        }
      }
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
private final class RowidRanges: Sendable {
  let count: Int
  let rowCount: Int
  private let first: Int
  private let last: Int
  private let taken = Atomic<Int>(0)

  /// Enough for the 8-byte columns to lie in huge pages, little enough to share out evenly.
  static let rowsPerRange = 1 << 19

  init(first: Int, last: Int) {
    self.first = first
    self.last = last
    rowCount = last &- first &+ 1
    count = (rowCount + RowidRanges.rowsPerRange - 1) / RowidRanges.rowsPerRange
  }

  func next() -> Int? {
    let index = taken.add(1, ordering: .relaxed).oldValue
    return index < count ? index : nil
  }

  subscript(index: Int) -> ClosedRange<Int> {
    let start = first + index * RowidRanges.rowsPerRange
    return start...min(last, start + RowidRanges.rowsPerRange - 1)
  }
}

/// What the readers have read so far.
final class SharedChunks: Sendable {
  private let state = Mutex<State>(State())
  private let failed = Atomic<Bool>(false)

  private struct State {
    var chunks: [Int: HistoryChunk] = [:]
    var error: ImportError?
  }

  /// Adds a chunk and gives the number of chunks so far.
  func add(_ chunk: HistoryChunk, at index: Int) -> Int {
    state.withLock {
      $0.chunks[index] = chunk
      return $0.chunks.count
    }
  }

  func fail(_ error: ImportError) {
    failed.store(true, ordering: .relaxed)
    state.withLock { if $0.error == nil { $0.error = error } }
  }

  var hasFailed: Bool { failed.load(ordering: .relaxed) }

  /// The chunks in their order, or the first error.
  func finish() throws(ImportError) -> [HistoryChunk] {
    let state = state.withLock { $0 }
    if let error = state.error { throw error }
    return state.chunks.sorted { $0.key < $1.key }.map(\.value)
  }
}
