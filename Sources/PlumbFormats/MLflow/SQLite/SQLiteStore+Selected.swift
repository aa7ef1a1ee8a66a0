import PlumbColumns

/// Reading the history of some keys or runs through an index.
extension SQLiteStore {
  func selectedHistory(
    _ request: HistoryRequest, _ keys: KeyDirectory, _ control: RunControl
  ) throws(ImportError) -> [HistoryChunk] {
    if let runs = request.runs, findsRunHistory {
      return try runHistory(runs, request, keys, control)
    }
    var chunks: [HistoryChunk] = []
    for key in request.keys ?? [] {
      chunks += try keyHistory(key, request, keys, control)
    }
    return chunks
  }

  /// An index gives rows in its own order: their positions put them into the store's.
  private func selectedChunk(_ request: HistoryRequest, _ keys: KeyDirectory) -> HistoryChunk {
    HistoryChunk(
      buffers(SQLiteStore.rowsPerSelectedChunk, request, keys, wantsPositions: true))
  }

  private static let rowsPerSelectedChunk = 1 << 14

  /// All rows of a key.
  ///
  /// The primary key of `metrics` begins with the key and holds every column, so that the table
  /// itself is not touched.
  private func keyHistory(
    _ key: String, _ request: HistoryRequest, _ keys: KeyDirectory, _ control: RunControl
  ) throws(ImportError) -> [HistoryChunk] {
    var reading = try reading(control)
    var cursor = try keyCursor(reading.connection, key, keys, isContinued: false)
    var isContinued = false
    var chunks: [HistoryChunk] = []
    while true {
      let chunk = selectedChunk(request, keys)
      chunks.append(chunk)
      try check(
        rowsRead: (chunks.count - 1) * SQLiteStore.rowsPerSelectedChunk, reading.connection, control
      )
      while true {
        let outcome = try cursor.fill(chunk, untilMilliseconds: reading.endMilliseconds)
        if outcome == .noMoreRows { return chunks }
        if outcome == .chunkIsFull { break }
        let last = cursor.lastRowid
        cursor.reset()
        try reading.renew()
        if !isContinued {
          isContinued = true
          cursor = try keyCursor(reading.connection, key, keys, isContinued: true)
        }
        cursor.bind(3, last)
      }
    }
  }

  /// A cursor over the rows of a key, continued behind a row that is bound as ?3.
  private func keyCursor(
    _ connection: borrowing SQLiteConnection, _ key: String, _ keys: KeyDirectory,
    isContinued: Bool
  ) throws(ImportError) -> HistoryCursor {
    var sql =
      "SELECT \(HistoryCursor.selection(catalog)) FROM metrics WHERE key = ?1 AND rowid <= ?2"
    // The rest of the index that begins with the key tells where to go on.
    let order = catalog.metricIndexes.first { $0.first == "key" && $0.count > 1 }?.dropFirst()
    let names = (order.map(Array.init) ?? ["rowid"]).map { "\"\($0)\"" }
    let columns = names.joined(separator: ", ")
    if isContinued {
      let last = names.map { "p.\($0)" }.joined(separator: ", ")
      sql += " AND (\(columns)) > (SELECT \(last) FROM metrics p WHERE p.rowid = ?3)"
    }
    let cursor = HistoryCursor(
      try connection.prepare(sql + " ORDER BY \(columns)"), contents.runDirectory, keys)
    cursor.bind(1, key)
    cursor.bind(2, lastMetricRowid)
    return cursor
  }

  /// The rows of a few runs, one run (and key) after the other.
  private func runHistory(
    _ runs: [Int], _ request: HistoryRequest, _ keys: KeyDirectory, _ control: RunControl
  ) throws(ImportError) -> [HistoryChunk] {
    var reading = try reading(control)
    var sql =
      "SELECT \(HistoryCursor.selection(catalog)) FROM metrics "
      + "WHERE run_uuid = ?1 AND rowid > ?2 AND rowid <= ?3"
    if request.keys != nil { sql += " AND \(keyCondition)" }
    var cursor = HistoryCursor(
      try reading.connection.prepare(sql + " ORDER BY rowid"), contents.runDirectory, keys)
    var chunk = selectedChunk(request, keys)
    var chunks = [chunk]
    for run in runs {
      for key in request.keys.map({ $0.map(Optional.some) }) ?? [nil] {
        try control.checkImport()
        cursor.bind(1, contents.runDirectory.ids[run])
        cursor.bind(2, Int.min)
        cursor.bind(3, lastMetricRowid)
        if let key { cursor.bind(4, key) }
        reading: while true {
          switch try cursor.fill(chunk, untilMilliseconds: reading.endMilliseconds) {
          case .noMoreRows: break reading
          case .chunkIsFull:
            chunk = selectedChunk(request, keys)
            chunks.append(chunk)
            try check(
              rowsRead: (chunks.count - 1) * SQLiteStore.rowsPerSelectedChunk, reading.connection,
              control)
          case .timeIsUp:
            let last = cursor.lastRowid
            cursor.reset()
            try reading.renew()
            cursor.bind(2, last)
          }
        }
        cursor.reset()
      }
    }
    return chunks
  }

  /// The condition on a key beside one on a run.
  ///
  /// Without statistics, which MLflow never makes, SQLite would look through all rows of the key.
  /// A condition on the step makes it take the index of run, key and step; where that is missing,
  /// the plus keeps it from using the key.
  var keyCondition: String {
    let hasStepIndex = catalog.metricIndexes.contains {
      $0.starts(with: ["run_uuid", "key", "step"])
    }
    return hasStepIndex ? "key = ?4 AND step >= \(Int.min)" : "+key = ?4"
  }
}
