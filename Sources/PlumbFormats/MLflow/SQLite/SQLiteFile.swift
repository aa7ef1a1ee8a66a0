import Glibc
import PlumbColumns

/// An SQLite database file and how to open it without changing it.
struct SQLiteFile: Sendable {
  let path: String

  /// Checks what SQLite itself reports badly: an empty file, a text file.
  init(path: String) throws(ImportError) {
    self.path = path
    let head = try SourceProbe(path: path).head
    if head.isEmpty {
      throw ImportError(
        .wrongFormat, "`\(path)` is empty: it has 0 bytes",
        remedy: "give an MLflow store: its database file or its `mlruns` folder")
    }
    if !SQLiteFile.isDatabase(head) {
      throw ImportError(
        .wrongFormat, "`\(path)` is not an SQLite database",
        remedy: "give an MLflow store: its database file or its `mlruns` folder")
    }
  }

  /// Whether a file that begins with these bytes is an SQLite database.
  static func isDatabase(_ head: [UInt8]) -> Bool {
    head.starts(with: Array("SQLite format 3\0".utf8))
  }

  /// The address for SQLite, read-only.
  ///
  /// A database in write-ahead mode that no process has open has no `-wal` file beside it. Only
  /// then is it opened as immutable, which saves making a `-shm` file; with a `-wal` file that
  /// would miss committed rows.
  var uri: String {
    var uri = "file:" + (path.hasPrefix("/") ? "//" : "")
    uri += PercentEncoding.encoded(path, keepsSlashes: true) + "?mode=ro"
    if usesWriteAheadLog, access(path + "-wal", F_OK) != 0 { uri += "&immutable=1" }
    return uri
  }

  /// Whether the header says that writers use a write-ahead log.
  private var usesWriteAheadLog: Bool {
    guard let head = try? SourceProbe(path: path).head, head.count > 19 else { return false }
    return head[18] == 2 || head[19] == 2
  }
}
