import Glibc
package import PlumbColumns
import PlumbStdlib
import PlumbSystem
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
    let folder = TemporaryFiles.folder(getenv("TMPDIR").map { String(cString: $0) })
    do throws(SystemError) {
      return try TemporaryFiles.make(in: folder, name: "plumb-demo", ending: ".db", bytes)
    } catch {
      throw ImportError(
        .writeFailed, "cannot write the bundled store to `\(folder)`: \(error.text)",
        remedy: "set TMPDIR to a folder that can be written to")
    }
  }
}
