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
  private var lastRun = ExpectedText.none
  private var lastRunPosition = -1
  private var addedKeys = TextInterner()
  private var addedKeyCodes: [Int] = []
  private var lastKeyCode = -1
  /// The known key that last followed each known key, the first for none.
  private let followingKeys: UnsafeMutableBufferPointer<Int>
  /// The texts of the known keys, which lie in the directory.
  private let keyTexts: UnsafeMutableBufferPointer<ExpectedText>
  /// The rowid of the last row read when the time was up.
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
    followingKeys = .allocate(capacity: keys.knownCount + 1)
    followingKeys.initialize(repeating: -1)
    keyTexts = .allocate(capacity: keys.knownCount)
    for code in 0..<keys.knownCount {
      keyTexts.initializeElement(at: code, to: keys.knownText(code))
    }
  }

  deinit {
    followingKeys.deallocate()
    keyTexts.deallocate()
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
    let start = chunk.start
    let runs = chunk.buffers.runs?.pointer
    let keys = chunk.buffers.keys?.pointer
    let values = chunk.buffers.values?.base
    let times = chunk.buffers.times?.base
    let positions = chunk.buffers.positions?.base
    let steps = chunk.buffers.steps?.base
    var stepsAreNarrow = chunk.wideSteps == nil
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
      let run = runPosition(handle)
      if run >= 0 {
        let place = start &+ row
        runs?.set(place, run)
        if let keys { keys.set(place, keyCode(handle)) }
        if let values {
          let value = sqlite3_column_double(handle, 3)
          var isNaN = sqlite3_column_int(handle, 6) != 0
          // Before they had the flag, databases held null for NaN, which SQLite gives as 0.
          if value == 0, sqlite3_column_type(handle, 3) == SQLITE_NULL { isNaN = true }
          values[place] = metricValue(value, isNaN: isNaN)
        }
        if let steps {
          let step = Int(sqlite3_column_int64(handle, 4))
          if stepsAreNarrow, let narrow = Int32(exactly: step) {
            steps[place] = narrow
          } else {
            chunk.setStep(row, step)
            stepsAreNarrow = false
          }
        }
        if let times {
          let (time, overflow) = Int(sqlite3_column_int64(handle, 5))
            .multipliedReportingOverflow(by: 1_000)
          times[place] = overflow ? Int.max : time
        }
        if let positions { positions[place] = Int(sqlite3_column_int64(handle, 0)) }
        row &+= 1
      }
      rowsUntilClock &-= 1
      if rowsUntilClock == 0 {
        rowsUntilClock = HistoryCursor.rowsBetweenClocks
        if monotonicMilliseconds() >= end {
          lastRowid = Int(sqlite3_column_int64(handle, 0))
          return .timeIsUp
        }
      }
    }
    return .chunkIsFull
  }

  private static let rowsBetweenClocks = 256

  private mutating func runPosition(_ handle: OpaquePointer) -> Int {
    guard let text = sqlite3_column_text(handle, 1) else { return -1 }
    if lastRun.isSame(as: text) { return lastRunPosition }
    let count = Int(sqlite3_column_bytes(handle, 1))
    let position = directory.position(UnsafeBufferPointer(start: text, count: count))
    if position >= 0 {
      // The directory's own bytes stay where they are; the statement's do not.
      lastRun = ExpectedText(directory.ids.utf8(position))
      lastRunPosition = position
    }
    return position
  }

  private mutating func keyCode(_ handle: OpaquePointer) -> Int {
    guard let text = sqlite3_column_text(handle, 2) else { return addedKeyCode("") }
    // Runs log their metrics in the same order again and again.
    let expected = followingKeys[lastKeyCode &+ 1]
    if expected >= 0, keyTexts[expected].isSame(as: text) {
      lastKeyCode = expected
      return expected
    }
    let key = UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(handle, 2)))
    let known = keyDirectory.knownCode(key)
    if known >= 0 {
      followingKeys[lastKeyCode &+ 1] = known
      lastKeyCode = known
      return known
    }
    lastKeyCode = -1
    return addedKeyCode(String(decoding: key, as: UTF8.self))
  }

  private mutating func addedKeyCode(_ key: String) -> Int {
    let local = Int(addedKeys.intern(key))
    if local == addedKeyCodes.count { addedKeyCodes.append(keyDirectory.addedCode(key)) }
    return addedKeyCodes[local]
  }
}

/// A text that the next row is likely to have, compared without asking SQLite for a length.
struct ExpectedText {
  private let start: UnsafePointer<CChar>?
  private let count: Int

  init(_ text: UnsafeBufferPointer<UInt8>) {
    start = UnsafeRawPointer(text.baseAddress)?.assumingMemoryBound(to: CChar.self)
    count = text.count
  }

  static var none: ExpectedText { ExpectedText(UnsafeBufferPointer(start: nil, count: 0)) }

  /// Whether a text that ends in NUL, as SQLite's do, is this one.
  ///
  /// Reads no byte behind its end.
  @inline(__always)
  func isSame(as text: UnsafePointer<UInt8>) -> Bool {
    guard let start else { return false }
    let other = UnsafeRawPointer(text).assumingMemoryBound(to: CChar.self)
    return strncmp(other, start, count) == 0 && other[count] == 0
  }
}
