import CPostgres
import PlumbColumns

/// The functions of libpq.
struct PostgresLibrary: Sendable {
  let startConnection:
    @convention(c) (
      UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<UnsafePointer<CChar>?>?, Int32
    ) -> OpaquePointer?
  let pollConnection: @convention(c) (OpaquePointer?) -> PostgresPollingStatusType
  let close: @convention(c) (OpaquePointer?) -> Void
  let status: @convention(c) (OpaquePointer?) -> ConnStatusType
  let errorMessage: @convention(c) (OpaquePointer?) -> UnsafeMutablePointer<CChar>?
  let socket: @convention(c) (OpaquePointer?) -> Int32
  let needsPassword: @convention(c) (OpaquePointer?) -> Int32
  let usedPassword: @convention(c) (OpaquePointer?) -> Int32
  let serverVersion: @convention(c) (OpaquePointer?) -> Int32
  let setNonblocking: @convention(c) (OpaquePointer?, Int32) -> Int32
  let sendQuery: @convention(c) (OpaquePointer?, UnsafePointer<CChar>?) -> Int32
  let flush: @convention(c) (OpaquePointer?) -> Int32
  let consumeInput: @convention(c) (OpaquePointer?) -> Int32
  let isBusy: @convention(c) (OpaquePointer?) -> Int32
  let result: @convention(c) (OpaquePointer?) -> OpaquePointer?
  let resultStatus: @convention(c) (OpaquePointer?) -> ExecStatusType
  let resultField: @convention(c) (OpaquePointer?, Int32) -> UnsafeMutablePointer<CChar>?
  let clear: @convention(c) (OpaquePointer?) -> Void
  let rowCount: @convention(c) (OpaquePointer?) -> Int32
  let columnCount: @convention(c) (OpaquePointer?) -> Int32
  let isNull: @convention(c) (OpaquePointer?, Int32, Int32) -> Int32
  let value: @convention(c) (OpaquePointer?, Int32, Int32) -> UnsafeMutablePointer<CChar>?
  let copyData:
    @convention(c) (
      OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, Int32
    ) -> Int32
  let free: @convention(c) (UnsafeMutableRawPointer?) -> Void
  let escapeLiteral:
    @convention(c) (OpaquePointer?, UnsafePointer<CChar>?, Int) -> UnsafeMutablePointer<CChar>?
  let makeCancel: @convention(c) (OpaquePointer?) -> OpaquePointer?
  let cancel: @convention(c) (OpaquePointer?, UnsafeMutablePointer<CChar>?, Int32) -> Int32
  let freeCancel: @convention(c) (OpaquePointer?) -> Void

  /// The library, loaded at the first call.
  static func load() throws(ImportError) -> PostgresLibrary { try loaded.get() }

  private static let loaded = Result<PostgresLibrary, ImportError> { () throws(ImportError) in
    try PostgresLibrary()
  }

  private init() throws(ImportError) {
    let library = try LoadedLibrary(
      "libpq", files: ["libpq.so.5", "libpq.so"], purpose: "reading from PostgreSQL",
      remedy: "install it: `apt install libpq5` on Debian and Ubuntu, `dnf install libpq` on "
        + "Fedora")
    startConnection = try library.function("PQconnectStartParams", type(of: startConnection))
    pollConnection = try library.function("PQconnectPoll", type(of: pollConnection))
    close = try library.function("PQfinish", type(of: close))
    status = try library.function("PQstatus", type(of: status))
    errorMessage = try library.function("PQerrorMessage", type(of: errorMessage))
    socket = try library.function("PQsocket", type(of: socket))
    needsPassword = try library.function("PQconnectionNeedsPassword", type(of: needsPassword))
    usedPassword = try library.function("PQconnectionUsedPassword", type(of: usedPassword))
    serverVersion = try library.function("PQserverVersion", type(of: serverVersion))
    setNonblocking = try library.function("PQsetnonblocking", type(of: setNonblocking))
    sendQuery = try library.function("PQsendQuery", type(of: sendQuery))
    flush = try library.function("PQflush", type(of: flush))
    consumeInput = try library.function("PQconsumeInput", type(of: consumeInput))
    isBusy = try library.function("PQisBusy", type(of: isBusy))
    result = try library.function("PQgetResult", type(of: result))
    resultStatus = try library.function("PQresultStatus", type(of: resultStatus))
    resultField = try library.function("PQresultErrorField", type(of: resultField))
    clear = try library.function("PQclear", type(of: clear))
    rowCount = try library.function("PQntuples", type(of: rowCount))
    columnCount = try library.function("PQnfields", type(of: columnCount))
    isNull = try library.function("PQgetisnull", type(of: isNull))
    value = try library.function("PQgetvalue", type(of: value))
    copyData = try library.function("PQgetCopyData", type(of: copyData))
    free = try library.function("PQfreemem", type(of: free))
    escapeLiteral = try library.function("PQescapeLiteral", type(of: escapeLiteral))
    makeCancel = try library.function("PQgetCancel", type(of: makeCancel))
    cancel = try library.function("PQcancel", type(of: cancel))
    freeCancel = try library.function("PQfreeCancel", type(of: freeCancel))
  }
}
