import Glibc
import PlumbColumns
package import PlumbSystem
import Synchronization

/// A file that is written under another name beside its own and takes its name when it is whole,
/// so that a failure leaves what was there before.
///
/// Devices, pipes and sockets are written as they are.
package struct ReplacementFile: ~Copyable {
  package let descriptor: Int32
  /// The names; absent when the bytes go straight to a device or pipe.
  private let names: Names?
  private var isOpen = true

  private struct Names {
    let path: String
    let temporaryPath: String
  }

  /// Tells files of one process apart that are written at the same time.
  private static let counter = Atomic<Int>(0)

  /// Begins to write the file of a path.
  package init(_ path: String) throws(OutputError) {
    let (descriptor, names) = try Self.open(path)
    self.descriptor = descriptor
    self.names = names
  }

  private static func open(_ path: String) throws(OutputError) -> (Int32, Names?) {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      throw OutputError(.writeFailed, "it is a folder")
    }
    if exists, status.st_mode & S_IFMT != S_IFREG {
      let descriptor = Glibc.open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw OutputError(SystemError(errno)) }
      return (descriptor, nil)
    }
    // Through a symbolic link, the file it leads to is replaced, not the link.
    var target = path
    if exists, let resolved = realpath(path, nil) {
      target = String(cString: resolved)
      free(resolved)
    }
    if exists, access(target, W_OK) != 0 { throw OutputError(SystemError(errno)) }
    let number = counter.add(1, ordering: .relaxed).newValue
    let temporary = "\(target).part\(getpid())-\(number)"
    let mode = exists ? status.st_mode & 0o7777 : 0o666
    TemporaryFiles.add(temporary)
    let descriptor = Glibc.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else {
      let code = errno
      TemporaryFiles.forget(temporary)
      throw OutputError(SystemError(code))
    }
    // The umask applies to what is new, not to what has its permissions already.
    if exists { fchmod(descriptor, mode) }
    return (descriptor, Names(path: target, temporaryPath: temporary))
  }

  /// Writes bytes behind those that are written.
  package func write(_ bytes: [UInt8]) throws(OutputError) {
    do throws(SystemError) { try writeAll(bytes, to: descriptor) } catch {
      throw OutputError(error)
    }
  }

  /// Gives the file its name: all is written.
  package consuming func finish() throws(OutputError) {
    isOpen = false
    guard let names else {
      guard close(descriptor) == 0 else { throw OutputError(SystemError(errno)) }
      return
    }
    // An error that a file system kept back, such as a full quota, shows here.
    guard close(descriptor) == 0, rename(names.temporaryPath, names.path) == 0 else {
      let code = errno
      TemporaryFiles.remove(names.temporaryPath)
      throw OutputError(SystemError(code))
    }
    TemporaryFiles.forget(names.temporaryPath)
  }

  /// A file that was not finished leaves nothing that could be taken for whole.
  deinit {
    guard isOpen else { return }
    if descriptor >= 0 { close(descriptor) }
    if let names { TemporaryFiles.remove(names.temporaryPath) }
  }
}

extension OutputError {
  /// A system call that failed.
  package init(_ error: SystemError) { self.init(.writeFailed, error.text) }
}
