import Glibc
import PlumbColumns
import PlumbOutput

/// Where results go: standard output or a file, buffered.
///
/// A file's bytes go to one beside it that takes its name when all is written, so that a failure
/// leaves what was there before.
final class OutputTarget {
  let descriptor: Int32
  private var buffer = TextBuffer(capacity: OutputTarget.bufferedBytes)
  private let file: File?
  private var isOpen = true

  private static let bufferedBytes = 1 << 16

  /// A file that is not yet whole.
  private struct File {
    let path: String
    let temporaryPath: String
  }

  private init(descriptor: Int32, file: File?) {
    self.descriptor = descriptor
    self.file = file
  }

  static func standardOutput() -> OutputTarget { OutputTarget(descriptor: 1, file: nil) }

  /// The file of a path; devices, pipes and sockets are written as they are.
  static func file(_ path: String) throws(OutputFailure) -> OutputTarget {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR { throw OutputFailure("it is a folder") }
    if exists, status.st_mode & S_IFMT != S_IFREG {
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw OutputFailure(String(cString: strerror(errno))) }
      return OutputTarget(descriptor: descriptor, file: nil)
    }
    // Through a symbolic link, the file it leads to is replaced, not the link.
    var target = path
    if exists, let resolved = realpath(path, nil) {
      target = String(cString: resolved)
      free(resolved)
    }
    if exists, access(target, W_OK) != 0 { throw OutputFailure(String(cString: strerror(errno))) }
    let temporary = "\(target).part\(getpid())"
    let mode = exists ? status.st_mode & 0o7777 : 0o666
    TemporaryFiles.add(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      TemporaryFiles.forget(temporary)
      throw OutputFailure(reason)
    }
    // The umask applies to what is new, not to what has its permissions already.
    if exists { fchmod(descriptor, mode) }
    return OutputTarget(
      descriptor: descriptor, file: File(path: target, temporaryPath: temporary))
  }

  /// A sink for formats, which collects small pieces.
  var sink: ByteSink {
    ByteSink { (bytes) throws(OutputError) in
      self.append(bytes)
      if self.buffer.count >= Self.bufferedBytes { try self.flushBuffer() }
    }
  }

  func write(_ text: String) throws(OutputFailure) {
    buffer.append(text)
    if buffer.count >= Self.bufferedBytes { try flush() }
  }

  func write(_ bytes: [UInt8]) throws(OutputFailure) {
    bytes.withUnsafeBytes { append($0) }
    try flush()
  }

  private func append(_ bytes: UnsafeRawBufferPointer) {
    buffer.append(bytes.assumingMemoryBound(to: UInt8.self))
  }

  /// Brings everything written so far to the file descriptor.
  func flush() throws(OutputFailure) {
    do throws(OutputError) { try flushBuffer() } catch { throw OutputFailure(error) }
  }

  private func flushBuffer() throws(OutputError) {
    guard buffer.count > 0 else { return }
    try ByteSink.descriptor(descriptor).write(&buffer)
  }

  /// Ends the output well: the file takes its name.
  func finish() throws(OutputFailure) {
    try flush()
    guard isOpen else { return }
    isOpen = false
    guard let file else {
      if descriptor != 1, close(descriptor) != 0 {
        throw OutputFailure(String(cString: strerror(errno)))
      }
      return
    }
    // An error that a file system kept back, such as a full quota, shows here.
    guard close(descriptor) == 0, rename(file.temporaryPath, file.path) == 0 else {
      let reason = String(cString: strerror(errno))
      TemporaryFiles.remove(file.temporaryPath)
      throw OutputFailure(reason)
    }
    TemporaryFiles.forget(file.temporaryPath)
  }

  /// Ends the output after an error: no file is left that could be taken for whole.
  func discard() {
    guard isOpen else { return }
    isOpen = false
    if descriptor != 1 { close(descriptor) }
    if let file { TemporaryFiles.remove(file.temporaryPath) }
  }
}
