import Glibc
import PlumbColumns
import PlumbColumnsTesting
import PlumbFormats
import PlumbSystem
import Synchronization

extension FuzzTarget {
  /// Reading an MLflow server that gives any bytes as the answer to every request.
  package static let server = FuzzTarget(name: "server") { bytes in
    guard let server = AnsweringServer.shared else { preconditionFailure("no free port") }
    server.body.withLock { $0 = Array(bytes) }
    let importer = Importer.mlflowServer(MLflowEnvironment { _ in nil })
    for deleted in [false, true] {
      let request = OpenRequest(
        path: "http://127.0.0.1:\(server.port)", options: ["deleted": .bool(deleted)])
      do throws(ImportError) {
        for provider in try importer.open(request).tables {
          let columns = provider.schema.fields.map(\.name)
          let table = try provider.scan(ScanRequest(columns: columns), control: request.control)
          precondition(table.columns.allSatisfy { $0.count == table.rowCount })
          if table.rowCount > 0 { _ = table.row(table.rowCount - 1) }
        }
      } catch {
        precondition(!error.message.isEmpty && error.kind != .interrupted)
      }
    }
  }
}

/// A server on the loopback interface with one answer.
private final class AnsweringServer: Sendable {
  let body = Mutex<[UInt8]>([])
  let port: UInt16

  static let shared = AnsweringServer()

  private init?() {
    guard let socket = LoopbackSocket() else { return nil }
    port = socket.port
    let isRunning = startThread { [self] in
      while case let connection = accept(socket.descriptor, nil, nil), connection >= 0 {
        let isServed = startThread { [self] in
          while takeRequest(connection), send(connection) {}
          close(connection)
        }
        if !isServed { close(connection) }
      }
    }
    guard isRunning else { return nil }
  }

  /// Reads a request to its end; false when the client has left.
  private func takeRequest(_ connection: Int32) -> Bool {
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return false }
      text += String(decoding: buffer[..<count], as: UTF8.self)
      guard let end = text.firstRange(of: "\r\n\r\n") else { continue }
      let length =
        text[..<end.lowerBound].lowercased().split(separator: "\r\n")
        .first { $0.hasPrefix("content-length:") }
        .flatMap { Int($0.dropFirst("content-length:".count).filter { $0 != " " }) } ?? 0
      if text[end.upperBound...].utf8.count >= length { return true }
    }
  }

  private func send(_ connection: Int32) -> Bool {
    let body = body.withLock { $0 }
    let head =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
    let bytes = Array(head.utf8) + body
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }
}
