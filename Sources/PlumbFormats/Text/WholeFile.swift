import Glibc
import PlumbColumns
import PlumbSystem
import Synchronization

/// All bytes of a file, in memory, with room to read past the end.
///
/// The bytes are copied rather than mapped: a mapped file that another process shortens kills
/// the reader.
final class WholeFile: Sendable {
  private let buffer: Buffer<UInt8>
  let count: Int

  /// The bytes after the end that may be read: a newline, then zeros.
  static let padding = 64

  /// The bytes; valid while this object is.
  var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: buffer.base, count: count)
  }

  /// Takes a buffer that has `padding` bytes more than `count`.
  init(_ buffer: Buffer<UInt8>, count: Int) {
    self.buffer = buffer
    self.count = count
    buffer.base[count] = 0x0A
    (buffer.base + count + 1).update(repeating: 0, count: Self.padding - 1)
  }

  convenience init(_ bytes: [UInt8]) {
    let buffer = Buffer<UInt8>(count: bytes.count + Self.padding)
    for (index, byte) in bytes.enumerated() { buffer.base[index] = byte }
    self.init(buffer, count: bytes.count)
  }

  private static let readBytes = 1 << 22

  /// Reads a whole file (or a pipe), watching the run.
  static func read(_ path: String, _ control: RunControl) throws(ImportError) -> WholeFile {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw failure(path, EISDIR) }
    let expected = max(Int(status.st_size), 0)
    do { try control.reserve(expected) } catch { throw ImportError(error) }
    var buffer = Buffer<UInt8>(count: max(expected, 4096) + padding)
    var filled = try readBlocks(descriptor, expected, into: buffer, control)
    lseek(descriptor, off_t(filled), SEEK_SET)
    while true {
      try control.checkImport()
      if filled + padding >= buffer.count {
        // A pipe, or a file that grew: its size was not known.
        var byte: UInt8 = 0
        let got = Glibc.read(descriptor, &byte, 1)
        if got < 0 { throw failure(path, errno) }
        if got == 0 { break }
        let larger = Buffer<UInt8>(count: buffer.count * 2)
        larger.base.update(from: buffer.base, count: filled)
        larger.base[filled] = byte
        filled += 1
        buffer = larger
      }
      let room = min(buffer.count - padding - filled, readBytes)
      let got = Glibc.read(descriptor, buffer.base + filled, room)
      if got < 0 {
        if errno == EINTR { continue }
        throw failure(path, errno)
      }
      if got == 0 { break }
      filled += got
    }
    return WholeFile(buffer, count: filled)
  }

  /// Reads whole blocks of a large file on all threads; what it could not read is left to the
  /// caller. Gives the bytes read from the beginning on.
  private static func readBlocks(
    _ descriptor: Int32, _ expected: Int, into buffer: Buffer<UInt8>, _ control: RunControl
  ) throws(ImportError) -> Int {
    let blocks = expected / readBytes
    guard blocks > 1, control.threadCount > 1 else { return 0 }
    let failed = Atomic<Int>(blocks)
    parallelFor(threadCount: control.threadCount, taskCount: blocks) { block in
      var filled = 0
      while filled < readBytes, (try? control.check()) != nil {
        let start = block * readBytes + filled
        let got = pread(
          descriptor, buffer.base + start, readBytes - filled, off_t(start))
        if got <= 0 { break }
        filled += got
      }
      if filled < readBytes { failed.min(block, ordering: .relaxed) }
    }
    try control.checkImport()
    return failed.load(ordering: .relaxed) * readBytes
  }

  /// The position of the first byte that is not valid UTF-8, looked for on all threads. A run that
  /// is stopped learns of none; its next look at the control ends it.
  func firstInvalidUTF8(_ control: RunControl) -> Int? {
    let blocks = count / Self.readBytes + 1
    let isInvalid = Atomic<Bool>(false)
    parallelFor(threadCount: control.threadCount, taskCount: blocks) { block in
      guard (try? control.check()) != nil else { return }
      let bytes = self.bytes
      var (start, end) = (block * Self.readBytes, min((block + 1) * Self.readBytes, bytes.count))
      // A character that two blocks share belongs to the one in which it begins.
      if block > 0 { start = Self.characterStart(bytes, start) }
      if end < bytes.count { end = Self.characterStart(bytes, end) }
      guard start < end else { return }
      if UTF8Text.firstInvalid(UnsafeBufferPointer(rebasing: bytes[start..<end])) != nil {
        isInvalid.store(true, ordering: .relaxed)
      }
    }
    return isInvalid.load(ordering: .relaxed) ? UTF8Text.firstInvalid(bytes) : nil
  }

  private static func characterStart(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var position = start
    while position < bytes.count, position < start + 3, bytes[position] & 0xC0 == 0x80 {
      position += 1
    }
    return position
  }

  private static func failure(_ path: String, _ code: Int32) -> ImportError {
    ImportError(
      code == ENOENT ? .notFound : .notReadable,
      "cannot read `\(path)`: \(systemErrorText(code))",
      remedy: code == ENOENT ? "check the path" : nil)
  }

  /// The number of the line that holds a byte, from 1.
  func line(of offset: Int) -> Int {
    var line = 1
    for byte in bytes[..<min(offset, count)] where byte == 0x0A { line += 1 }
    return line
  }
}
