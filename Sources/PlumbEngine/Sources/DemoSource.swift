import Glibc
package import PlumbColumns
import PlumbOutput
import PlumbStdlib
import Synchronization

/// The bundled store as a file, under the address `std:demo`.
package enum DemoSource {
  package static let name = "std:demo"
  private static let path = Mutex<String?>(nil)

  /// The path of the store, which is written to a private file at the first call and removed when
  /// the process ends.
  package static func file() throws(ImportError) -> String {
    // Another thread waits meanwhile, rather than write a file of its own.
    let outcome = path.withLock { known -> Result<String, ImportError> in
      if let known { return .success(known) }
      do throws(ImportError) {
        let made = try write()
        known = made
        return .success(made)
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  private static func write() throws(ImportError) -> String {
    let bytes: [UInt8]
    do {
      bytes = try DemoStore.database()
    } catch {
      throw ImportError(.corrupt, "the bundled store is damaged")
    }
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder.isEmpty ? "/tmp" : folder)/plumb-demo-XXXXXX.db".utf8CString)
    let descriptor = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { mkstemps($0, 3) } ?? -1
    }
    guard descriptor >= 0 else {
      throw ImportError(
        .writeFailed,
        "cannot make a file for the bundled store in `\(folder)`: "
          + String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let path = template.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
    TemporaryFiles.add(path)
    if let failure = bytes.withUnsafeBytes({ writeAll($0, to: descriptor) }) {
      throw ImportError(
        .writeFailed,
        "cannot write the bundled store to `\(folder)`: \(String(cString: strerror(failure)))")
    }
    return path
  }
}
