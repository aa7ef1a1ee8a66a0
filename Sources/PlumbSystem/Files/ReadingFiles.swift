import Glibc

/// The bytes of a file.
///
/// - Parameter byteLimit: A larger file is refused with `EFBIG`, so that reading a device ends.
package func readFile(_ path: String, byteLimit: Int) throws(SystemError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw SystemError(errno) }
  defer { close(descriptor) }
  return try readAll(descriptor, byteLimit: byteLimit)
}

/// The bytes of an open descriptor from where it stands, as above; of a pipe, until it is closed.
package func readAll(_ descriptor: Int32, byteLimit: Int) throws(SystemError) -> [UInt8] {
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw SystemError(errno) }
    if count == 0 { return bytes }
    bytes.append(contentsOf: chunk[..<count])
    guard bytes.count <= byteLimit else { throw SystemError(EFBIG) }
  }
}
