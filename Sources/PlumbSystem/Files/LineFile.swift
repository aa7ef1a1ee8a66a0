import Glibc

/// A file of lines that any number of processes append to at once, private to its owner.
///
/// Each writes under a lock. A file that has grown too long is replaced by one with the newest half
/// of its lines, so that whoever reads it meets whole lines only.
package struct LineFile: Sendable {
  package let path: String
  /// Above this many bytes the file is cut.
  private let byteLimit: Int
  /// The most lines that are read, and kept when the file is cut.
  private let lineLimit: Int

  package init(path: String, byteLimit: Int, lineLimit: Int = .max) {
    self.path = path
    self.byteLimit = byteLimit
    self.lineLimit = lineLimit
  }

  /// The newest lines, oldest first, without their ends; none when the file cannot be read.
  package func lines() -> [ArraySlice<UInt8>] {
    guard let descriptor = opened(O_RDONLY) else { return [] }
    defer { close(descriptor) }
    flock(descriptor, LOCK_SH)
    return lines(of: descriptor)
  }

  /// Adds a line at the end, and makes the file and its folder if need be.
  package func append(_ line: String) throws(SystemError) {
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try makeFolders(String(path[..<slash]), mode: 0o700)
    }
    let descriptor = try locked()
    defer { close(descriptor) }
    // A process that was killed in the middle of a line must not spoil this one.
    let start = Self.endsInMiddle(descriptor) ? "\n" : ""
    try writeAll("\(start)\(line)\n", to: descriptor)
    if lseek(descriptor, 0, SEEK_END) > byteLimit { try shorten(descriptor) }
  }

  private func opened(_ flags: Int32) -> Int32? {
    let descriptor = open(path, flags | O_CLOEXEC, 0o600)
    return descriptor >= 0 ? descriptor : nil
  }

  /// The file, made if need be, opened for appending and locked.
  private func locked() throws(SystemError) -> Int32 {
    while true {
      guard let descriptor = opened(O_RDWR | O_APPEND | O_CREAT) else { throw SystemError(errno) }
      fchmod(descriptor, 0o600)
      while flock(descriptor, LOCK_EX) != 0 {
        guard errno == EINTR else {
          let code = errno
          close(descriptor)
          throw SystemError(code)
        }
      }
      // Another process may have replaced the file while this one waited.
      var own = stat()
      var present = stat()
      if fstat(descriptor, &own) == 0, stat(path, &present) == 0, own.st_ino == present.st_ino {
        return descriptor
      }
      close(descriptor)
    }
  }

  /// Replaces the file by one with the newest half of its lines.
  private func shorten(_ descriptor: Int32) throws(SystemError) {
    let lines = lines(of: descriptor)
    let kept: [UInt8] = lines.suffix(max(1, lines.count / 2)).flatMap { $0 + [0x0A] }
    let temporary = "\(path).part\(getpid())"
    let target = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard target >= 0 else { throw SystemError(errno) }
    do throws(SystemError) {
      defer { close(target) }
      try writeAll(kept, to: target)
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw SystemError(code)
    }
  }

  private func lines(of descriptor: Int32) -> [ArraySlice<UInt8>] {
    Array(Self.contents(descriptor).split(separator: 0x0A).suffix(lineLimit))
  }

  /// The bytes up to the size that the file has now; none of a device.
  private static func contents(_ descriptor: Int32) -> [UInt8] {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard size > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: size)
    var filled = 0
    while filled < size {
      let count = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress.map { $0 + filled }, size - filled, off_t(filled))
      }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      filled += count
    }
    return Array(bytes[..<filled])
  }

  private static func endsInMiddle(_ descriptor: Int32) -> Bool {
    let size = lseek(descriptor, 0, SEEK_END)
    var last: UInt8 = 0
    return size > 0 && pread(descriptor, &last, 1, size - 1) == 1 && last != 0x0A
  }
}
