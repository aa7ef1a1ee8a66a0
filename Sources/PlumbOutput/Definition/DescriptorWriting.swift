import Glibc

/// Writes all bytes to an open descriptor, in as many calls as it takes; gives the error number
/// that stopped it, or nil.
package func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32? {
  var rest = bytes
  while let base = rest.baseAddress, rest.count > 0 {
    let written = Glibc.write(descriptor, base, rest.count)
    if written < 0 {
      if errno == EINTR { continue }
      return errno
    }
    rest = UnsafeRawBufferPointer(rebasing: rest[written...])
  }
  return nil
}

/// Writes a text as UTF-8, as above.
package func writeAll(_ text: String, to descriptor: Int32) -> Int32? {
  var text = text
  return text.withUTF8 { writeAll(UnsafeRawBufferPointer($0), to: descriptor) }
}
