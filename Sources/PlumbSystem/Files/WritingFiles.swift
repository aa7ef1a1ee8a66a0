import Glibc

/// Writes all bytes to an open descriptor, in as many calls as it takes.
package func writeAll(
  _ bytes: UnsafeRawBufferPointer, to descriptor: Int32
) throws(SystemError) {
  var rest = bytes
  while let base = rest.baseAddress, rest.count > 0 {
    let written = Glibc.write(descriptor, base, rest.count)
    if written < 0 {
      if errno == EINTR { continue }
      throw SystemError(errno)
    }
    rest = UnsafeRawBufferPointer(rebasing: rest[written...])
  }
}

/// Writes all bytes of an array, as above.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
  try bytes.withUnsafeBufferPointer { (buffer) throws(SystemError) in
    try writeAll(UnsafeRawBufferPointer(buffer), to: descriptor)
  }
}

/// Writes a text as UTF-8, as above.
package func writeAll(_ text: String, to descriptor: Int32) throws(SystemError) {
  try writeAll(Array(text.utf8), to: descriptor)
}
