import CSQLite
import Glibc
import PlumbColumns
import PlumbSystem

/// A read-only connection to a database, closed with the value.
///
/// Connections are opened for one piece of work and then closed, so that nothing is locked while
/// a person looks at a prompt. One thread uses a connection at a time.
struct SQLiteConnection: ~Copyable {
  let handle: OpaquePointer
  let watch: SQLiteWatch

  init(_ file: SQLiteFile, control: RunControl) throws(ImportError) {
    let watch = SQLiteWatch(path: file.path, control: control)
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
    let code = sqlite3_open_v2(file.uri, &opened, flags, nil)
    guard code == SQLITE_OK, let handle = opened else {
      let error = watch.error(opened, code)
      sqlite3_close_v2(opened)
      throw error
    }
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, SQLiteConnection.longestValueBytes)
    let context = Unmanaged.passUnretained(watch).toOpaque()
    sqlite3_busy_handler(
      handle,
      { context, attempt in
        guard let context else { return 0 }
        let watch = Unmanaged<SQLiteWatch>.fromOpaque(context).takeUnretainedValue()
        return watch.waitsOn(attempt: Int(attempt)) ? 1 : 0
      }, context)
    sqlite3_progress_handler(
      handle, SQLiteConnection.instructionsBetweenChecks,
      { context in
        guard let context else { return 0 }
        return Unmanaged<SQLiteWatch>.fromOpaque(context).takeUnretainedValue().isStopped ? 1 : 0
      }, context)
    let settings = sqlite3_exec(
      handle,
      "PRAGMA query_only=1; PRAGMA trusted_schema=0; PRAGMA temp_store=MEMORY; "
        + "PRAGMA cache_size=-8192", nil, nil, nil)
    guard settings == SQLITE_OK else {
      let error = watch.error(handle, settings)
      sqlite3_close_v2(handle)
      throw error
    }
    self.handle = handle
    self.watch = watch
  }

  deinit { sqlite3_close_v2(handle) }

  /// No value of an MLflow store comes near; a damaged length field does.
  private static let longestValueBytes: Int32 = 64 << 20
  /// About a millisecond's work.
  private static let instructionsBetweenChecks: Int32 = 20_000

  /// Runs statements whose rows nobody wants.
  func execute(_ sql: String) throws(ImportError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw watch.error(handle, code) }
  }

  func prepare(_ sql: String) throws(ImportError) -> SQLiteStatement {
    try SQLiteStatement(self, sql)
  }

  /// The first column of the first row as an integer; nil for null or no row.
  func integer(_ sql: String) throws(ImportError) -> Int? {
    let statement = try prepare(sql)
    return try statement.step() ? statement.integer(0) : nil
  }
}

/// What a connection's callbacks look at: whether to go on, and how long to wait for a lock.
final class SQLiteWatch {
  let path: String
  let control: RunControl
  private var waitingSince = 0

  /// A writer of MLflow holds the file for milliseconds; one that holds it longer than this is
  /// stuck or is rewriting the whole file.
  static let longestWaitMilliseconds = 5_000

  init(path: String, control: RunControl) {
    self.path = path
    self.control = control
  }

  /// Why a statement was stopped: by the time SQLite tells of it, memory may be free again.
  private(set) var interruption: RunControl.Interruption?

  var isStopped: Bool {
    do throws(RunControl.Interruption) { try control.check() } catch {
      interruption = error
      return true
    }
    return false
  }

  /// Sleeps a little before the next attempt to get a lock; false when it is time to give up.
  func waitsOn(attempt: Int) -> Bool {
    if isStopped { return false }
    let now = monotonicMilliseconds()
    if attempt == 0 { waitingSince = now }
    guard now - waitingSince < SQLiteWatch.longestWaitMilliseconds else { return false }
    usleep(UInt32(1_000 * min(attempt + 1, 10)))
    return true
  }
}

/// Milliseconds on a clock that never goes back.
func monotonicMilliseconds() -> Int { monotonicNanoseconds() / 1_000_000 }
