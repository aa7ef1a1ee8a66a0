import CSQLite
import PlumbColumns

/// An empty C string.
private nonisolated(unsafe) let emptyText: UnsafePointer<CChar> = {
  let text = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
  text.initialize(to: 0)
  return UnsafePointer(text)
}()

/// A prepared statement, finalized with the value.
struct SQLiteStatement: ~Copyable {
  let handle: OpaquePointer
  let watch: SQLiteWatch

  init(_ connection: borrowing SQLiteConnection, _ sql: String) throws(ImportError) {
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v2(connection.handle, sql, -1, &prepared, nil)
    guard code == SQLITE_OK, let handle = prepared else {
      throw connection.watch.error(connection.handle, code)
    }
    self.handle = handle
    watch = connection.watch
  }

  deinit { sqlite3_finalize(handle) }

  /// Moves to the next row; false after the last.
  func step() throws(ImportError) -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    throw error(code)
  }

  /// The error that a call on this statement returned.
  func error(_ code: Int32) -> ImportError { watch.error(sqlite3_db_handle(handle), code) }

  /// Gives up the cursor and its lock; the statement may be stepped anew.
  func reset() { sqlite3_reset(handle) }

  func bind(_ index: Int32, _ value: Int) {
    sqlite3_bind_int64(handle, index, sqlite3_int64(value))
  }

  func bind(_ index: Int32, _ value: Double) { sqlite3_bind_double(handle, index, value) }

  func bind(_ index: Int32, _ value: String) {
    // SQLITE_TRANSIENT, a cast that the importer of C macros leaves out: copy the text.
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    sqlite3_bind_text(handle, index, value, Int32(value.utf8.count), transient)
  }

  func bind(_ index: Int32, _ text: [UInt8]) {
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    text.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        // An empty array may have no address, which would bind null.
        _ = sqlite3_bind_text(
          handle, index, characters.baseAddress ?? emptyText, Int32(bytes.count), transient)
      }
    }
  }

  /// The present row, valid until the next step.
  var row: SQLiteRow { SQLiteRow(handle: handle) }

  func isNull(_ column: Int32) -> Bool { row.isNull(column) }
  func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8>? { row.bytes(column) }
  func string(_ column: Int32) -> String? { row.string(column) }
  func integer(_ column: Int32) -> Int? { row.integer(column) }
  func double(_ column: Int32) -> Double? { row.double(column) }
}

/// The row that a statement has stepped to.
struct SQLiteRow: DatabaseRow {
  fileprivate let handle: OpaquePointer

  func isNull(_ column: Int32) -> Bool {
    sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8>? {
    guard let start = sqlite3_column_text(handle, column) else { return nil }
    return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
  }

  func string(_ column: Int32) -> String? {
    bytes(column).map { String(decoding: $0, as: UTF8.self) }
  }

  func integer(_ column: Int32) -> Int? {
    isNull(column) ? nil : Int(sqlite3_column_int64(handle, column))
  }

  func double(_ column: Int32) -> Double? {
    isNull(column) ? nil : sqlite3_column_double(handle, column)
  }
}
