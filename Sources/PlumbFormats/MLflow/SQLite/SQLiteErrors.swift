import CSQLite
import PlumbColumns

extension SQLiteWatch {
  /// What a result code of SQLite means to the one who opened the store.
  func error(_ handle: OpaquePointer?, _ code: Int32) -> ImportError {
    do { try control.checkImport() } catch { return error }
    if let interruption { return ImportError(interruption) }
    let extended = handle.map { sqlite3_extended_errcode($0) } ?? code
    let detail = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "code \(code)"
    switch extended & 0xFF {
    case SQLITE_NOTADB:
      return ImportError(
        .wrongFormat, "`\(path)` is not an SQLite database",
        remedy: "give an MLflow store: its database file or its `mlruns` folder")
    case SQLITE_BUSY, SQLITE_LOCKED:
      return ImportError(
        .locked, "`\(path)` is locked by another process",
        remedy: "try again when that process has finished writing, or read a copy of the store",
        location: path)
    case SQLITE_READONLY:
      return ImportError(
        .notReadable, "`\(path)` was left in the middle of a write",
        remedy: "open it once with the program that writes it, which finishes or undoes the write",
        location: path)
    case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH:
      return ImportError(
        .notReadable, "cannot open `\(path)`: \(detail)",
        remedy: "check the permissions of the file and of its folder", location: path)
    case SQLITE_INTERRUPT: return ImportError(.interrupted, "interrupted")
    case SQLITE_NOMEM:
      return ImportError(
        .memoryLimit, "no memory left while reading `\(path)`",
        remedy: "ask for fewer columns or rows", location: path)
    case SQLITE_IOERR where !isCutShort(extended):
      return ImportError(
        .notReadable, "cannot read `\(path)`: \(detail)",
        remedy: "check the disk or the network share, or read a copy of the store", location: path)
    default: return damaged(detail)
    }
  }

  /// The error for a database that is not as SQLite leaves it.
  func damaged(_ detail: String) -> ImportError {
    ImportError(
      .corrupt, "`\(path)` is damaged: \(detail)",
      remedy: "copy the store anew, with `sqlite3 FILE .backup` while it is in use, or rescue "
        + "what is left with `sqlite3 FILE .recover`",
      location: path)
  }

  /// SQLITE_IOERR_SHORT_READ and SQLITE_IOERR_CORRUPTFS: the file ends too early.
  private func isCutShort(_ extended: Int32) -> Bool { [2, 33].contains(extended >> 8) }
}
