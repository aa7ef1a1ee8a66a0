import PlumbColumns
import Synchronization

/// The metric history: whole by ranges of the table's pages, or some keys or runs through an index.
extension PostgresStore {
  /// MLflow's databases have had an index on the run since 1.30.
  var findsRunHistory: Bool { true }

  func history(
    _ request: HistoryRequest, control: RunControl
  ) throws(ImportError) -> HistoryRows {
    let isWhole = request.keys == nil && request.runs == nil
    return try databaseHistory(contents, request.columns, control: control) {
      (keys) throws(ImportError) in
      isWhole
        ? try wholeHistory(request, keys, control) : try selectedHistory(request, keys, control)
    }
  }

  /// The rows of some keys or runs.
  ///
  /// An index gives rows in its own order: their places put them into the table's.
  private func selectedHistory(
    _ request: HistoryRequest, _ keys: KeyDirectory, _ control: RunControl
  ) throws(ImportError) -> [HistoryChunk] {
    let tables = try tables(control)
    var conditions: [String] = []
    if let keys = request.keys { conditions.append("key IN (\(try tables.literals(keys)))") }
    if let runs = request.runs {
      let ids = runs.map { contents.runDirectory.ids[$0] }
      conditions.append("run_uuid IN (\(try tables.literals(ids)))")
    }
    var positioned = request
    positioned.wantsPositions = true
    let rows = PostgresHistory(self, positioned, keys, control, rowsPerChunk: 1 << 14)
    try rows.read(tables, where: conditions.joined(separator: " AND "))
    return rows.chunks
  }

  /// All rows in the order in which they lie in the table, ranges of its pages side by side.
  private func wholeHistory(
    _ request: HistoryRequest, _ keys: KeyDirectory, _ control: RunControl
  ) throws(ImportError) -> [HistoryChunk] {
    let rangeCount = readsPageRanges ? max(1, metricPageCount / Self.pagesPerRange) : 1
    let taken = Atomic<Int>(0)
    let shared = SharedChunks()
    let readers = max(1, min(control.threadCount, rangeCount, Self.mostReaders))
    onReaders(readers) { () throws(ImportError) in
      let tables = try self.tables(control)
      while !shared.hasFailed {
        let range = taken.add(1, ordering: .relaxed).oldValue
        guard range < rangeCount else { return }
        let rows = PostgresHistory(self, request, keys, control, rowsPerChunk: 1 << 17)
        // The last range is open: a table may have grown since its size was asked for.
        let lower = range == 0 ? nil : "ctid >= '(\(range * Self.pagesPerRange),0)'::tid"
        let upper =
          range == rangeCount - 1
          ? nil : "ctid < '(\((range + 1) * Self.pagesPerRange),0)'::tid"
        try rows.read(
          tables, where: [lower, upper].compactMap { $0 }.joined(separator: " AND "))
        shared.add(rows.chunks, from: range << 32)
        control.report(
          RunControl.Progress(
            activity: "loading metrics", done: min(range + 1, rangeCount), total: rangeCount,
            unit: "ranges"))
      }
    } failed: {
      shared.fail($0)
    }
    return try shared.finish()
  }

  /// Some 150,000 rows.
  private static let pagesPerRange = 2_048
  /// Connections are dear to a server that others use.
  private static let mostReaders = 4
}

/// Runs `body` on some threads, the caller's among them; `failed` gets the errors.
private func onReaders(
  _ count: Int, _ body: @escaping @Sendable () throws(ImportError) -> Void,
  failed: @escaping @Sendable (ImportError) -> Void
) {
  onReaderThreads(count) { _ in
    do throws(ImportError) { try body() } catch { failed(error) }
  }
}

/// Reads rows of `metrics` into chunks: the loop that loading time is spent in.
private final class PostgresHistory {
  private(set) var chunks: [HistoryChunk] = []
  private let store: PostgresStore
  private let request: HistoryRequest
  private let keyDirectory: KeyDirectory
  private let control: RunControl
  private let rowsPerChunk: Int

  init(
    _ store: PostgresStore, _ request: HistoryRequest, _ keys: KeyDirectory,
    _ control: RunControl, rowsPerChunk: Int
  ) {
    self.store = store
    self.request = request
    keyDirectory = keys
    self.control = control
    self.rowsPerChunk = rowsPerChunk
  }

  /// The columns that are asked for, in the order in which `append` takes them; what nobody wants
  /// is not sent.
  private var selection: (sql: String, kinds: [PostgresColumn.Kind]) {
    let wanted = request.columns
    let columns: [(name: String, isWanted: Bool, kind: PostgresColumn.Kind)] = [
      ("run_uuid", true, .text), ("key", wanted.contains(.key), .text),
      ("value", wanted.contains(.value), .float), ("is_nan", wanted.contains(.value), .int),
      ("step", wanted.contains(.step), .int), ("timestamp", wanted.contains(.timestamp), .int),
    ]
    var selected = columns.map { column in
      let known = store.catalog["metrics", column.name]
      return column.isWanted && known?.kind == column.kind ? known?.selection() ?? "NULL" : "NULL"
    }
    // A row's place is sent as six bytes: the page and the line in it.
    selected.append(request.wantsPositions ? "ctid" : "NULL")
    return (selected.joined(separator: ", "), columns.map(\.kind) + [.text])
  }

  func read(_ tables: PostgresTables, where condition: String) throws(ImportError) {
    let (sql, kinds) = selection
    try tables.visit(
      "SELECT \(sql) FROM metrics" + (condition.isEmpty ? "" : " WHERE \(condition)"), kinds
    ) { (row) throws(ImportError) in
      try append(row)
    }
  }

  private func append(_ row: BinaryRow) throws(ImportError) {
    guard let id = row.bytes(1) else { return }
    let run = store.contents.runDirectory.position(id)
    guard run >= 0 else { return }
    let chunk = try chunkWithRoom()
    let place = chunk.count
    let buffers = chunk.buffers
    buffers.runs?.pointer.set(place, run)
    if let keys = buffers.keys { keys.pointer.set(place, keyCode(row.bytes(2))) }
    if let values = buffers.values {
      let value = row.double(3)
      values.base[place] = metricValue(
        value ?? .nan, isNaN: value == nil || (row.integer(4) ?? 0) != 0)
    }
    if buffers.steps != nil { chunk.setStep(place, row.integer(5) ?? 0) }
    if let times = buffers.times {
      times.base[place] = microseconds(milliseconds: row.integer(6) ?? 0) ?? Int.max
    }
    if let positions = buffers.positions { positions.base[place] = position(row.bytes(7)) }
    chunk.count = place + 1
  }

  private func keyCode(_ key: UnsafeBufferPointer<UInt8>?) -> Int {
    guard let key else { return keyDirectory.addedCode("") }
    let known = keyDirectory.knownCode(key)
    return known >= 0 ? known : keyDirectory.addedCode(String(decoding: key, as: UTF8.self))
  }

  private func position(_ place: UnsafeBufferPointer<UInt8>?) -> Int {
    (place ?? UnsafeBufferPointer(start: nil, count: 0)).prefix(6).reduce(0) { $0 << 8 | Int($1) }
  }

  private func chunkWithRoom() throws(ImportError) -> HistoryChunk {
    if let last = chunks.last, !last.isFull { return last }
    try control.checkImport()
    let chunk = HistoryChunk(
      HistoryBuffers(
        capacity: rowsPerChunk, request.columns, runCount: store.contents.runDirectory.count,
        keyCount: keyDirectory.roomForKeys, wantsPositions: request.wantsPositions))
    chunks.append(chunk)
    return chunk
  }
}
