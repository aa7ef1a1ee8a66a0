import Glibc
package import PlumbColumns
import PlumbSystem

/// Digests of files and folders.
package enum FileDigest {
  /// SHA-256 of a file's bytes; of a folder, of the names and digests of the files below it, in
  /// the order of their names. Nil when something cannot be read.
  ///
  /// Files beside a database that hold its newest changes (`-wal`) count with it.
  package static func digest(
    path: String, control: RunControl
  ) throws(RunControl.Interruption) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    if status.st_mode & S_IFMT == S_IFDIR {
      return try folder(path, depth: 0, control)
    }
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    guard let own = try file(path, control) else { return nil }
    let log = path + "-wal"
    guard stat(log, &status) == 0, status.st_size > 0, let other = try file(log, control) else {
      return own
    }
    return SHA256.hex(of: Array("\(own)\0\(other)".utf8))
  }

  /// SHA-256 of a file's bytes; nil for anything but a regular file that can be read.
  package static func digest(
    file path: String, control: RunControl
  ) throws(RunControl.Interruption) -> String? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return try file(path, control)
  }

  private static let chunkBytes = 1 << 20
  /// Folders are followed this deep: a link that leads back to its own folder must end.
  private static let depthLimit = 32

  private static func file(
    _ path: String, _ control: RunControl
  ) throws(RunControl.Interruption) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var digest = SHA256()
    var chunk = [UInt8](repeating: 0, count: chunkBytes)
    while true {
      try control.check()
      let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return nil
      }
      if count == 0 { return digest.finish() }
      chunk.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
  }

  private static func folder(
    _ path: String, depth: Int, _ control: RunControl
  ) throws(RunControl.Interruption) -> String? {
    guard depth < depthLimit, let names = try? fileNames(in: path) else { return nil }
    var text = ""
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let entry = "\(path)/\(name)"
      var status = stat()
      guard stat(entry, &status) == 0 else { return nil }
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      guard isFolder || status.st_mode & S_IFMT == S_IFREG else { continue }
      let digest =
        isFolder ? try folder(entry, depth: depth + 1, control) : try file(entry, control)
      guard let digest else { return nil }
      text += "\(name)\0\(digest)\0"
    }
    return SHA256.hex(of: Array(text.utf8))
  }
}
