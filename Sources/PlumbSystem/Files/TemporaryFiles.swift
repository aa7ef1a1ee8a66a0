import Glibc
import Synchronization

/// The files of this process that are to be removed however it ends.
///
/// They are known to the whole process because that is what a signal ends.
package enum TemporaryFiles {
  private static let paths = Mutex<Set<String>>([])

  /// Notes a file to be removed.
  package static func add(_ path: String) { _ = paths.withLock { $0.insert(path) } }

  /// Leaves the file to others.
  package static func forget(_ path: String) { _ = paths.withLock { $0.remove(path) } }

  /// Removes a file now.
  package static func remove(_ path: String) {
    unlink(path)
    forget(path)
  }

  /// Removes all that were noted: the process ends.
  package static func removeAll() {
    let all = paths.withLock { paths in
      let all = paths
      paths = []
      return all
    }
    for path in all { unlink(path) }
  }

  // MARK: Making

  /// The folder for temporary files: `TMPDIR`, else `/tmp`.
  package static func folder(_ variable: String?) -> String {
    guard let variable, !variable.isEmpty else { return "/tmp" }
    return variable
  }

  /// Makes a file of a new name, `FOLDER/NAME-XXXXXXENDING`, that only the user can read.
  ///
  /// It is removed when the process ends, if not before.
  package static func make(
    in folder: String, name: String, ending: String, _ bytes: [UInt8]
  ) throws(SystemError) -> String {
    var template = Array("\(folder)/\(name)-XXXXXX\(ending)".utf8CString)
    let descriptor = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { mkstemps($0, Int32(ending.utf8.count)) } ?? -1
    }
    guard descriptor >= 0 else { throw SystemError(errno) }
    defer { close(descriptor) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let path = template.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
    add(path)
    do throws(SystemError) {
      try writeAll(bytes, to: descriptor)
    } catch {
      remove(path)
      throw error
    }
    return path
  }
}
