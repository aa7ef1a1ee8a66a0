import PlumbColumns
import Synchronization

/// What tells whether the rows of `metrics` up to some rowid are those that were there before.
///
/// Rows that are added later have greater rowids. `VACUUM`, which may renumber rows, and migrations
/// change the schema's version; deletions change the number of rows; other changes, which MLflow
/// never makes, are looked for in a sample. In a table of up to 65,536 rows the sample is all rows.
struct HistoryFingerprint: Equatable, Sendable {
  var schemaVersion: Int
  var firstRowid: Int
  var lastRowid: Int
  var rowCount: Int
  var sampleHash: Int
}

extension SQLiteStore {
  /// The fingerprint of the rows up to a rowid.
  ///
  /// - Parameter known: That of some first rows, which are not counted again.
  func fingerprint(
    through last: Int, after known: HistoryFingerprint? = nil, control: RunControl
  ) throws(ImportError) -> HistoryFingerprint {
    if let known, known.lastRowid == last { return known }
    let first: Int
    let version: Int
    do {
      let connection = try SQLiteConnection(file, control: control)
      version = try connection.integer("PRAGMA schema_version") ?? 0
      first = try connection.integer("SELECT min(rowid) FROM metrics") ?? Int.max
    }
    guard first <= last else {
      return HistoryFingerprint(
        schemaVersion: version, firstRowid: Int.max, lastRowid: last, rowCount: 0, sampleHash: 0)
    }
    var count = 0
    if let known, known.rowCount > 0 {
      count = try known.rowCount + metricCount(known.lastRowid + 1, last, control)
    } else {
      count = try metricCount(first, last, control)
    }
    return HistoryFingerprint(
      schemaVersion: version, firstRowid: first, lastRowid: last, rowCount: count,
      sampleHash: try sampleHash(first, last, rowCount: count, control))
  }

  /// Whether a run has a value up to a rowid; nil where the database has no index to tell.
  func hasHistory(
    of runs: [String], through last: Int, control: RunControl
  ) throws(ImportError) -> Bool? {
    guard !runs.isEmpty else { return false }
    guard findsRunHistory else { return nil }
    var reading = try reading(control)
    let statement = try reading.connection.prepare(
      "SELECT 1 FROM metrics WHERE run_uuid = ?1 AND rowid <= ?2 LIMIT 1")
    for run in runs {
      try reading.renewIfDue()
      statement.bind(1, run)
      statement.bind(2, last)
      let isFound = try statement.step()
      statement.reset()
      if isFound { return true }
    }
    return false
  }

  /// The number of rows between two rowids, counted by several readers.
  private func metricCount(
    _ first: Int, _ last: Int, _ control: RunControl
  ) throws(ImportError) -> Int {
    let sql = "SELECT count(*) FROM metrics NOT INDEXED WHERE rowid >= ?1 AND rowid <= ?2"
    let (distance, overflow) = last.subtractingReportingOverflow(first)
    guard !overflow, distance < mostMetricRows else {
      let connection = try SQLiteConnection(file, control: control)
      let statement = try connection.prepare(sql)
      statement.bind(1, first)
      statement.bind(2, last)
      return try statement.step() ? statement.integer(0) ?? 0 : 0
    }
    let ranges = RowidRanges(first: first, last: last)
    let total = Atomic<Int>(0)
    let failure = Mutex<ImportError?>(nil)
    onReaderThreads(max(1, min(control.threadCount, ranges.count))) { _ in
      do throws(ImportError) {
        let connection = try SQLiteConnection(self.file, control: control)
        let statement = try connection.prepare(sql)
        while failure.withLock({ $0 == nil }), let index = ranges.next() {
          try control.checkImport()
          statement.bind(1, ranges[index].lowerBound)
          statement.bind(2, ranges[index].upperBound)
          if try statement.step() { total.add(statement.integer(0) ?? 0, ordering: .relaxed) }
          // Lets a waiting writer go first.
          statement.reset()
        }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    return total.load(ordering: .relaxed)
  }

  private static let sampledBlocks = 512
  private static let rowsPerBlock = 64
  private static let mostRowsSampledWhole = 1 << 16

  /// A hash of all values of the sampled rows: blocks at places drawn from the whole range, always
  /// the same ones, and the last rows.
  private func sampleHash(
    _ first: Int, _ last: Int, rowCount: Int, _ control: RunControl
  ) throws(ImportError) -> Int {
    var reading = try reading(control)
    let statement = try reading.connection.prepare(
      "SELECT \(HistoryCursor.selection(catalog)) FROM metrics NOT INDEXED "
        + "WHERE rowid >= ?1 AND rowid <= ?2 ORDER BY rowid LIMIT ?3")
    var hash: UInt64 = 0
    if rowCount <= Self.mostRowsSampledWhole {
      // A damaged tree may lead back into itself: no more rows than were counted.
      hash = try Self.hash(hash, statement, first, last, limit: rowCount)
      return Int(truncatingIfNeeded: hash)
    }
    let span = UInt64(bitPattern: Int64(last &- first))
    for block in 0..<Self.sampledBlocks {
      try control.checkImport()
      let drawn = foldMultiply(UInt64(block) &+ 1)
      let place = span == .max ? drawn : drawn % (span &+ 1)
      let start = first &+ Int(truncatingIfNeeded: place)
      hash = try Self.hash(hash, statement, start, last, limit: Self.rowsPerBlock)
      try reading.renewIfDue()
    }
    let tail = last &- Self.rowsPerBlock
    hash = try Self.hash(hash, statement, max(first, tail), last, limit: Self.rowsPerBlock + 1)
    return Int(truncatingIfNeeded: hash)
  }

  private static func hash(
    _ start: UInt64, _ statement: borrowing SQLiteStatement, _ first: Int, _ last: Int, limit: Int
  ) throws(ImportError) -> UInt64 {
    var hash = start
    func mix(_ number: UInt64) { hash = foldMultiply(hash ^ number) &+ 0x9E37_79B9_7F4A_7C15 }
    statement.bind(1, first)
    statement.bind(2, last)
    statement.bind(3, limit)
    while try statement.step() {
      for column: Int32 in 0..<7 {
        if statement.isNull(column) {
          mix(0x6E75_6C6C)
        } else if column == 1 || column == 2 {
          mix(statement.bytes(column).map { textHash($0) } ?? 0)
        } else if column == 3 {
          mix((statement.double(column) ?? 0).bitPattern)
        } else {
          mix(UInt64(bitPattern: Int64(statement.integer(column) ?? 0)))
        }
      }
    }
    statement.reset()
    return hash
  }
}
