import Foundation
import PlumbColumnsTesting
import Synchronization

/// A server on the loopback interface that answers as a test tells it to.
final class LoopbackServer: Sendable {
  /// What arrived.
  struct Request: Sendable {
    let method: String
    /// The path without the query.
    let path: String
    let query: [String: String]
    /// By their names in lower case.
    let headers: [String: String]
    let body: String
  }

  /// What is sent back.
  enum Reply: Sendable {
    case json(String)
    case status(Int, String, type: String = "application/json", headers: [String] = [])
    /// A body that ends before the length that its header tells.
    case cutOff(String)
    /// Nothing, for as long as the client waits.
    case silence
    /// The end of the connection.
    case end
  }

  let port: Int
  private let descriptor: Int32
  private let seen = Mutex<[Request]>([])
  private let answer: @Sendable (Request) -> Reply

  /// Starts to answer, each connection on a thread of its own.
  init(_ answer: @escaping @Sendable (Request) -> Reply) throws {
    self.answer = answer
    guard let socket = LoopbackSocket() else { throw POSIXError(.EADDRNOTAVAIL) }
    let descriptor = socket.descriptor
    self.descriptor = descriptor
    port = Int(socket.port)
    Thread.detachNewThread { [self] in
      while true {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else {
          // Not before: a number that is free may be another server's next.
          close(descriptor)
          return
        }
        Thread.detachNewThread { [self] in
          serve(connection)
          close(connection)
        }
      }
    }
  }

  var address: String { "http://127.0.0.1:\(port)" }

  /// The requests so far.
  var requests: [Request] { seen.withLock { $0 } }

  /// Ends the server; connections that wait stay until their clients leave.
  func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  private func serve(_ connection: Int32) {
    var bytes: [UInt8] = []
    while true {
      guard let request = read(connection, &bytes) else { return }
      seen.withLock { $0.append(request) }
      switch answer(request) {
      case .json(let text): send(connection, head(200, "application/json", text, []) + text)
      case .status(let status, let text, let type, let headers):
        send(connection, head(status, type, text, headers) + text)
      case .cutOff(let text):
        send(connection, head(200, "application/json", text + "……", []) + text)
        return
      case .silence:
        var byte: UInt8 = 0
        while recv(connection, &byte, 1, 0) > 0 {}
        return
      case .end: return
      }
    }
  }

  private func head(_ status: Int, _ type: String, _ body: String, _ more: [String]) -> String {
    (["HTTP/1.1 \(status) Text", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)"]
      + more).joined(separator: "\r\n") + "\r\n\r\n"
  }

  private func send(_ connection: Int32, _ text: String) {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      sent += count
    }
  }

  /// The next request; nil when the client has left.
  private func read(_ connection: Int32, _ bytes: inout [UInt8]) -> Request? {
    let end = Array("\r\n\r\n".utf8)
    while true {
      if let place = bytes.firstRange(of: end) {
        let lines = String(decoding: bytes[..<place.lowerBound], as: UTF8.self)
          .components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
          let parts = line.split(separator: ":", maxSplits: 1)
          headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        if bytes.count >= place.upperBound + length {
          let body = bytes[place.upperBound..<place.upperBound + length]
          let words = lines[0].split(separator: " ").map(String.init)
          let url = URLComponents(string: words[1])
          var query: [String: String] = [:]
          for item in url?.queryItems ?? [] { query[item.name] = item.value }
          let request = Request(
            method: words[0], path: url?.path ?? "", query: query, headers: headers,
            body: String(decoding: body, as: UTF8.self))
          bytes.removeFirst(place.upperBound + length)
          return request
        }
      }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      bytes += buffer[..<count]
    }
  }
}
