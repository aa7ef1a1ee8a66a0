import Glibc
import PlumbColumns
import PlumbSystem

/// A file of which parts are read from several threads.
///
/// Parts are copied rather than mapped: a mapped file that another process shortens kills the
/// reader. It is open only while something reads it, so that a table of thousands of files
/// works; that it is still the same file is checked by its size, time and number.
final class RandomAccessFile: Sendable {
  let path: String
  let byteCount: Int
  private let identity: Identity

  private struct Identity: Equatable {
    let device: UInt
    let number: UInt
    let size: Int
    let seconds: Int
    let nanoseconds: Int

    init(_ status: stat) {
      device = UInt(status.st_dev)
      number = UInt(status.st_ino)
      size = Int(status.st_size)
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
    }
  }

  init(_ path: String) throws(ImportError) {
    self.path = path
    let handle = try OpenFile(path)
    identity = Identity(try handle.status(path))
    byteCount = identity.size
  }

  /// Opens the file again for reading; an error when it is no longer the one that was opened.
  func open() throws(ImportError) -> OpenFile {
    let handle = try OpenFile(path)
    guard Identity(try handle.status(path)) == identity else {
      throw ImportError(
        .notReadable, "`\(path)` has changed since it was opened", remedy: "open it again")
    }
    return handle
  }
}

/// An open file; closed with its last reference.
final class OpenFile: Sendable {
  private let descriptor: Int32

  fileprivate init(_ path: String) throws(ImportError) {
    descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let isMissing = errno == ENOENT
      throw ImportError(
        isMissing ? .notFound : .notReadable,
        "cannot open `\(path)`: \(systemErrorText(errno))",
        remedy: isMissing ? "check the path" : "check the file's permissions")
    }
  }

  deinit { close(descriptor) }

  fileprivate func status(_ path: String) throws(ImportError) -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw ImportError(
        .notReadable, "cannot read `\(path)`: it is no file", remedy: "check the path")
    }
    return status
  }

  /// The bytes of a range, which must lie within the file.
  func read(_ range: Range<Int>) throws(FormatFault) -> ByteBlock {
    let buffer = Buffer<UInt8>(count: range.count + ByteBlock.padding)
    try read(
      into: UnsafeMutableRawBufferPointer(start: buffer.base, count: range.count),
      at: range.lowerBound)
    return ByteBlock(buffer, count: range.count, fileOffset: range.lowerBound)
  }

  /// Fills memory with the bytes from `offset` on, which must lie within the file.
  func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) throws(FormatFault) {
    var filled = 0
    while filled < target.count, let base = target.baseAddress {
      let got = pread(
        descriptor, base + filled, target.count - filled, off_t(offset + filled))
      if got < 0, errno == EINTR { continue }
      guard got > 0 else {
        throw FormatFault(
          got == 0 ? "the file ends here" : systemErrorText(errno), at: offset + filled)
      }
      filled += got
    }
  }
}
