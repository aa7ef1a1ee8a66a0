import Glibc
import Synchronization

/// Files to be removed however the process ends.
enum TemporaryFiles {
  private static let paths = Mutex<Set<String>>([])

  static func add(_ path: String) { _ = paths.withLock { $0.insert(path) } }

  /// Leaves the file to others.
  static func forget(_ path: String) { _ = paths.withLock { $0.remove(path) } }

  static func remove(_ path: String) {
    unlink(path)
    forget(path)
  }

  static func removeAll() {
    let all = paths.withLock { paths in
      let all = paths
      paths = []
      return all
    }
    for path in all { unlink(path) }
  }
}
