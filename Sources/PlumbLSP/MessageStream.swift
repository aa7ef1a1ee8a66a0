import Glibc
import PlumbColumns

/// Messages over standard input and output, each after a header with its length (the protocol's
/// base, version 3.17).
struct MessageStream {
  private var buffer: [UInt8] = []
  private var start = 0

  /// Longer messages are refused.
  private static let byteLimit = 1 << 27
  private static let headerLimit = 4096

  /// The next message; nil when the other side has gone or does not keep to the format.
  mutating func next() -> JSONTree? {
    var length: Int?
    while true {
      guard let line = headerLine() else { return nil }
      if line.isEmpty { break }
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].lowercased() == "content-length" {
        length = Int(parts[1].drop { $0 == " " })
      }
    }
    guard let length, (0...Self.byteLimit).contains(length) else { return nil }
    while buffer.count - start < length {
      guard fill() else { return nil }
    }
    let body = Array(buffer[start..<start + length])
    start += length
    if start > 1 << 16 {
      buffer.removeFirst(start)
      start = 0
    }
    // A body that is no JSON is answered as a request without a method.
    return (try? JSONTree.parse(body)) ?? .null
  }

  private mutating func headerLine() -> String? {
    var position = start
    while true {
      while position < buffer.count {
        if buffer[position] == 0x0A {
          let line = buffer[start..<position]
          start = position + 1
          let text = String(decoding: line, as: UTF8.self)
          return text.hasSuffix("\r") ? String(text.dropLast()) : text
        }
        position += 1
        if position - start > Self.headerLimit { return nil }
      }
      guard fill() else { return nil }
    }
  }

  private mutating func fill() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(0, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      buffer.append(contentsOf: chunk[..<count])
      return true
    }
  }
}
