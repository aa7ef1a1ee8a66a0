import CSQLite
import Testing

/// A database that a test changes.
final class SQLite {
  private var handle: OpaquePointer?

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  init(_ path: String) throws {
    guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else {
      throw Failure(description: "cannot open \(path)")
    }
  }

  deinit { sqlite3_close(handle) }

  func execute(_ statements: String) throws {
    guard sqlite3_exec(handle, statements, nil, nil, nil) == SQLITE_OK else {
      throw Failure(description: "\(statements): \(String(cString: sqlite3_errmsg(handle)))")
    }
  }

  /// Opens, executes and closes.
  static func execute(_ path: String, _ statements: String) throws {
    try SQLite(path).execute(statements)
  }
}
