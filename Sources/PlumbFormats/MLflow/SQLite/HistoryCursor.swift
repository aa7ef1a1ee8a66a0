import CSQLite
import Glibc
import PlumbColumns

/// Reads rows of `metrics` from a statement into chunks: the loop that loading time is spent in.
///
/// SQLite takes some 500 ns to step a row; what is done here must stay small beside that. So the
/// column functions are called directly and values go into memory laid out before. A run's id is
/// mostly that of the row before.
struct HistoryCursor: ~Copyable {
  private let statement: SQLiteStatement
  private let directory: RunDirectory
  private let keyDirectory: KeyDirectory
  private var lastRun: UnsafeBufferPointer<UInt8>
  private var lastRunPosition = -1
  private var addedKeys = TextInterner()
  private var addedKeyCodes: [UInt32] = []
  /// The rowid of the last row read.
  private(set) var lastRowid = Int.min

  /// The columns that the statement must select, in this order.
  static func selection(_ catalog: SQLiteCatalog) -> String {
    (["rowid"]
      + catalog.columns("metrics", "run_uuid", "key", "value", "step", "timestamp", "is_nan"))
      .joined(separator: ", ")
  }

  /// Why a read ended.
  enum Outcome {
    case chunkIsFull
    case timeIsUp
    case noMoreRows
  }

  init(
    _ statement: consuming SQLiteStatement, _ directory: RunDirectory, _ keys: KeyDirectory
  ) {
    self.statement = statement
    self.directory = directory
    keyDirectory = keys
    lastRun = UnsafeBufferPointer(start: nil, count: 0)
  }

  func bind(_ index: Int32, _ value: Int) { statement.bind(index, value) }
  func bind(_ index: Int32, _ value: Double) { statement.bind(index, value) }
  func bind(_ index: Int32, _ value: String) { statement.bind(index, value) }
  func reset() { statement.reset() }

  /// Reads until the chunk is full, the clock strikes or there are no more rows.
  mutating func fill(
    _ chunk: HistoryChunk, untilMilliseconds end: Int
  ) throws(ImportError) -> Outcome {
    let handle = statement.handle
    let runs = chunk.runs?.base
    let keys = chunk.keys?.base
    let values = chunk.values?.base
    let times = chunk.times?.base
    let positions = chunk.positions?.base
    var row = chunk.count
    defer { chunk.count = row }
    let capacity = chunk.capacity
    var rowsUntilClock = HistoryCursor.rowsBetweenClocks
    while row < capacity {
      let code = sqlite3_step(handle)
      guard code == SQLITE_ROW else {
        if code == SQLITE_DONE { return .noMoreRows }
        throw statement.error(code)
      }
      rowsUntilClock &-= 1
      let run = runPosition(handle)
      if run >= 0 {
        runs?[row] = UInt32(truncatingIfNeeded: run)
        if let keys { keys[row] = keyCode(handle) }
        if let values {
          values[row] = metricValue(
            sqlite3_column_double(handle, 3), isNaN: sqlite3_column_int(handle, 6) != 0)
        }
        if let steps = chunk.steps?.base {
          let step = Int(sqlite3_column_int64(handle, 4))
          if let narrow = Int32(exactly: step) {
            steps[row] = narrow
          } else {
            chunk.count = row
            chunk.widenSteps()
            chunk.wideSteps?.base[row] = step
          }
        } else if let steps = chunk.wideSteps?.base {
          steps[row] = Int(sqlite3_column_int64(handle, 4))
        }
        if let times {
          let (time, overflow) = Int(sqlite3_column_int64(handle, 5))
            .multipliedReportingOverflow(by: 1_000)
          times[row] = overflow ? Int.max : time
        }
        if let positions { positions[row] = Int(sqlite3_column_int64(handle, 0)) }
        row &+= 1
      }
      if rowsUntilClock == 0 {
        rowsUntilClock = HistoryCursor.rowsBetweenClocks
        if monotonicMilliseconds() >= end {
          lastRowid = Int(sqlite3_column_int64(handle, 0))
          return .timeIsUp
        }
      }
    }
    lastRowid = Int(sqlite3_column_int64(handle, 0))
    return .chunkIsFull
  }

  private static let rowsBetweenClocks = 256

  private mutating func runPosition(_ handle: OpaquePointer) -> Int {
    guard let start = sqlite3_column_text(handle, 1) else { return -1 }
    let count = Int(sqlite3_column_bytes(handle, 1))
    if count == lastRun.count, let last = lastRun.baseAddress, memcmp(start, last, count) == 0 {
      return lastRunPosition
    }
    let position = directory.position(UnsafeBufferPointer(start: start, count: count))
    if position >= 0 {
      // The directory's own bytes stay where they are; the statement's do not.
      lastRun = directory.ids.utf8(position)
      lastRunPosition = position
    }
    return position
  }

  private mutating func keyCode(_ handle: OpaquePointer) -> UInt32 {
    let key = UnsafeBufferPointer(
      start: sqlite3_column_text(handle, 2), count: Int(sqlite3_column_bytes(handle, 2)))
    let known = keyDirectory.knownCode(key)
    if known >= 0 { return UInt32(truncatingIfNeeded: known) }
    let local = Int(internRepaired(&addedKeys, key))
    if local == addedKeyCodes.count {
      addedKeyCodes.append(keyDirectory.addedCode(String(decoding: key, as: UTF8.self)))
    }
    return addedKeyCodes[local]
  }
}
