import CPostgres
import Glibc
import PlumbColumns
import PlumbSystem
import Synchronization

/// A connection to a database that may only read, in one transaction; closed with the object.
///
/// The caller's thread waits for the server in short steps, between which it looks after the run's
/// control; only the search for a host's address, which libpq leaves to the system, it waits out.
/// One thread uses a connection at a time. After an error it is of no more use: the transaction has
/// ended with it.
final class PostgresConnection {
  let library: PostgresLibrary
  let address: PostgresAddress
  private let handle: OpaquePointer

  /// Connects and begins a transaction that sees the database as it is now, or as the snapshot has
  /// it that another connection has exported.
  init(
    _ address: PostgresAddress, snapshot: String? = nil, control: RunControl
  ) throws(ImportError) {
    library = try PostgresLibrary.load()
    self.address = address
    guard
      let handle = Self.start(
        library,
        [
          ("dbname", address.connectionText), ("client_encoding", "UTF8"),
          ("fallback_application_name", "plumb"),
        ])
    else { throw ImportError(.memoryLimit, "no memory left to connect to `\(address.text)`") }
    self.handle = handle
    try connect(control)
    try execute(
      "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        + (snapshot.map { "; SET TRANSACTION SNAPSHOT '\($0)'" } ?? "")
        // Rows come as they lie in the table, and numbers with all their digits. A migration that
        // holds a table is not waited for.
        + "; SET LOCAL synchronize_seqscans = off; SET LOCAL max_parallel_workers_per_gather = 0"
        + "; SET LOCAL extra_float_digits = 3; SET LOCAL lock_timeout = '10s'", control)
  }

  deinit { library.close(handle) }

  private static let waitMilliseconds = 50
  private static let longestConnectMilliseconds = 30_000

  private static func start(
    _ library: PostgresLibrary, _ parameters: [(String, String)]
  ) -> OpaquePointer? {
    let texts = parameters.flatMap { [strdup($0.0), strdup($0.1)] }
    defer { for text in texts { free(text) } }
    let words = stride(from: 0, to: texts.count, by: 2)
    let names = words.map { UnsafePointer(texts[$0]) } + [nil]
    let values = words.map { UnsafePointer(texts[$0 + 1]) } + [nil]
    return library.startConnection(names, values, 1)
  }

  private func connect(_ control: RunControl) throws(ImportError) {
    let end = monotonicMilliseconds() + Self.longestConnectMilliseconds
    var state = PGRES_POLLING_WRITING
    while library.status(handle) != CONNECTION_BAD {
      switch state {
      case PGRES_POLLING_OK:
        _ = library.setNonblocking(handle, 1)
        return
      case PGRES_POLLING_FAILED: throw connectionError()
      default: break
      }
      try control.checkImport()
      guard monotonicMilliseconds() < end else {
        throw ImportError(
          .notReadable, "`\(address.text)` does not answer in time",
          remedy: "check host and port, and that the server runs")
      }
      let isReady = waits(for: state == PGRES_POLLING_READING ? POLLIN : POLLOUT)
      if isReady { state = library.pollConnection(handle) }
    }
    throw connectionError()
  }

  /// Waits a moment for the socket; false if nothing has happened.
  private func waits(for events: Int32) -> Bool {
    var descriptor = pollfd(fd: library.socket(handle), events: Int16(events), revents: 0)
    return poll(&descriptor, 1, Int32(Self.waitMilliseconds)) != 0
  }

  // MARK: Statements

  /// Runs statements whose rows nobody wants.
  func execute(_ sql: String, _ control: RunControl) throws(ImportError) {
    try stoppable { () throws(ImportError) in
      try send(sql, control)
      try finish(control)
    }
  }

  /// The rows of a statement as texts: for a few rows of the database's catalogue.
  func rows(_ sql: String, _ control: RunControl) throws(ImportError) -> [[String?]] {
    var rows: [[String?]] = []
    try stoppable { () throws(ImportError) in
      try send(sql, control)
      while let result = try nextResult(control) {
        defer { library.clear(result) }
        try check(result)
        for row in 0..<library.rowCount(result) {
          rows.append(
            (0..<library.columnCount(result)).map { column in
              library.isNull(result, row, column) == 1
                ? nil : library.value(result, row, column).map { String(cString: $0) }
            })
        }
      }
    }
    return rows
  }

  /// Gives the rows of a query in PostgreSQL's binary format: a row in each message, the first of
  /// which also has the header (PostgreSQL's manual, chapters on `COPY` and on the protocol).
  func copy(
    _ query: String, _ control: RunControl,
    _ body: (UnsafeRawBufferPointer) throws(ImportError) -> Void
  ) throws(ImportError) {
    try stoppable { () throws(ImportError) in
      try send("COPY (\(query)) TO STDOUT (FORMAT binary)", control)
      guard let result = try nextResult(control) else { throw lost() }
      defer { library.clear(result) }
      try check(result)
      guard library.resultStatus(result) == PGRES_COPY_OUT else {
        throw damaged("it copies nothing out")
      }
      try receive(control, body)
      try finish(control)
    }
  }

  private func receive(
    _ control: RunControl, _ body: (UnsafeRawBufferPointer) throws(ImportError) -> Void
  ) throws(ImportError) {
    var messagesUntilCheck = Self.messagesBetweenChecks
    while true {
      var bytes: UnsafeMutablePointer<CChar>?
      let count = library.copyData(handle, &bytes, 1)
      if count > 0, let bytes {
        defer { library.free(bytes) }
        try body(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
        messagesUntilCheck -= 1
        if messagesUntilCheck > 0 { continue }
        messagesUntilCheck = Self.messagesBetweenChecks
        try control.checkImport()
      } else if count == 0 {
        try waitForInput(control)
      } else {
        return
      }
    }
  }

  private static let messagesBetweenChecks = 4_096

  /// A text as it may stand in a statement.
  func literal(_ text: String) throws(ImportError) -> String {
    var text = text
    let escaped = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        library.escapeLiteral(handle, $0.baseAddress, $0.count)
      }
    }
    guard let escaped else { throw lost() }
    defer { library.free(escaped) }
    return String(cString: escaped)
  }

  var serverVersion: Int { Int(library.serverVersion(handle)) }

  private func send(_ sql: String, _ control: RunControl) throws(ImportError) {
    guard library.sendQuery(handle, sql) == 1 else { throw lost() }
    while true {
      let left = library.flush(handle)
      if left == 0 { return }
      guard left == 1 else { throw lost() }
      try control.checkImport()
      // A server that has much to say may wait to be read before it reads.
      if waits(for: POLLIN | POLLOUT), library.consumeInput(handle) != 1 { throw lost() }
    }
  }

  private func waitForInput(_ control: RunControl) throws(ImportError) {
    try control.checkImport()
    if waits(for: POLLIN), library.consumeInput(handle) != 1 { throw lost() }
  }

  /// The next result; nil behind the last one of the statements that were sent.
  private func nextResult(_ control: RunControl) throws(ImportError) -> OpaquePointer? {
    while library.isBusy(handle) == 1 { try waitForInput(control) }
    return library.result(handle)
  }

  private func finish(_ control: RunControl) throws(ImportError) {
    var failure: ImportError?
    while let result = try nextResult(control) {
      do throws(ImportError) { try check(result) } catch { failure = failure ?? error }
      library.clear(result)
    }
    if let failure { throw failure }
  }

  /// Does something; if it is interrupted, tells the server to stop as well.
  private func stoppable(_ body: () throws(ImportError) -> Void) throws(ImportError) {
    do throws(ImportError) {
      try body()
    } catch {
      if [.interrupted, .memoryLimit].contains(error.kind) { stop() }
      throw error
    }
  }

  /// Asks the server to stop the present statement, and waits a moment for that: it takes a
  /// connection of its own, which may hang.
  private func stop() {
    guard let cancel = library.makeCancel(handle) else { return }
    let request = PostgresCancellation(library, cancel)
    let end = monotonicMilliseconds() + Self.waitMilliseconds
    guard startThread({ request.send() }) else { return request.send() }
    while !request.isDone, monotonicMilliseconds() < end { usleep(500) }
  }

  // MARK: Errors

  private func check(_ result: OpaquePointer) throws(ImportError) {
    let status = library.resultStatus(result)
    if [PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_OUT].contains(status) { return }
    // PG_DIAG_SQLSTATE and PG_DIAG_MESSAGE_PRIMARY, macros that Swift does not see.
    func field(_ name: Character) -> String? {
      name.asciiValue.flatMap { library.resultField(result, Int32($0)) }.map { String(cString: $0) }
    }
    guard let state = field("C") else { throw lost() }
    throw error(state, address.cleared(field("M") ?? ""))
  }

  /// The error of a statement by its SQLSTATE (PostgreSQL's manual, appendix A).
  private func error(_ state: String, _ detail: String) -> ImportError {
    let place = "`\(address.text)`"
    switch state {
    case "42501":
      return ImportError(
        .notReadable, "\(place) does not permit to read its tables: \(detail)",
        remedy: "ask for `GRANT SELECT` on the tables of MLflow")
    case "55P03", "40001":
      return ImportError(
        .locked, "\(place) is being changed: \(detail)",
        remedy: "try again when the migration has ended")
    case "22023":
      return ImportError(
        .notReadable, "\(place) no longer has the snapshot of the opening: \(detail)",
        remedy: "open it again; the server may end transactions that are idle "
          + "(`idle_in_transaction_session_timeout`)")
    case "57P01", "57P02", "57P03", "25P03", "57P05": return lost()
    case "57014":
      return ImportError(
        .notReadable, "\(place) stopped a query: \(detail)",
        remedy: "ask for fewer rows, or allow longer queries (`statement_timeout`)")
    default:
      return ImportError(
        .notReadable, "\(place) refuses a query: \(detail) (\(state))",
        remedy: "check that the database is a store of MLflow")
    }
  }

  private func connectionError() -> ImportError {
    let said = library.errorMessage(handle).map { address.cleared(String(cString: $0)) } ?? ""
    let place = "`\(address.text)`"
    if library.needsPassword(handle) == 1 {
      return ImportError(
        .notReadable, "\(place) wants a password",
        remedy: "set `PGPASSWORD`, or add a line to `~/.pgpass`")
    }
    if library.usedPassword(handle) == 1 {
      return ImportError(
        .notReadable, "cannot connect to \(place): \(said)",
        remedy: "check user and password: of the address, `PGPASSWORD`, `~/.pgpass`")
    }
    return ImportError(
      .notReadable, "cannot connect to \(place): \(said)",
      remedy: "check host, port, user and database, and that the server runs")
  }

  /// The error for a connection that has ended, and its snapshot with it.
  private func lost() -> ImportError {
    let said = library.errorMessage(handle).map { address.cleared(String(cString: $0)) } ?? ""
    return ImportError(
      .notReadable,
      "`\(address.text)` ended the connection" + (said.isEmpty ? "" : ": \(said)"),
      remedy: "open it again; what was read before stays as it is")
  }

  /// The error for rows that are not as PostgreSQL writes them.
  func damaged(_ detail: String) -> ImportError {
    ImportError(
      .corrupt, "`\(address.text)` sent rows that are not in order: \(detail)",
      remedy: "check that a PostgreSQL server answers there, and proxies before it")
  }
}

/// A request to stop the statement of a connection.
private final class PostgresCancellation: Sendable {
  private let library: PostgresLibrary
  private nonisolated(unsafe) let cancel: OpaquePointer
  private let done = Atomic<Bool>(false)

  init(_ library: PostgresLibrary, _ cancel: OpaquePointer) {
    self.library = library
    self.cancel = cancel
  }

  var isDone: Bool { done.load(ordering: .acquiring) }

  /// To be called once.
  func send() {
    var message = [CChar](repeating: 0, count: 256)
    _ = library.cancel(cancel, &message, Int32(message.count))
    library.freeCancel(cancel)
    done.store(true, ordering: .releasing)
  }
}
