import Glibc
import Synchronization

/// The files of this process that are to be removed however it ends.
///
/// They are known to the whole process because that is what a signal ends.
package enum TemporaryFiles {
  private static let paths = Mutex<Set<String>>([])

  package static func add(_ path: String) { _ = paths.withLock { $0.insert(path) } }

  /// Leaves the file to others.
  package static func forget(_ path: String) { _ = paths.withLock { $0.remove(path) } }

  package static func remove(_ path: String) {
    unlink(path)
    forget(path)
  }

  package static func removeAll() {
    let all = paths.withLock { paths in
      let all = paths
      paths = []
      return all
    }
    for path in all { unlink(path) }
  }
}
