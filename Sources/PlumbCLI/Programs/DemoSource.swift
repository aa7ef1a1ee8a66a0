import Glibc
import PlumbOutput
import PlumbStdlib

/// The bundled store as a file, under the SOURCE name `std:demo`.
enum DemoSource {
  static let name = "std:demo"

  /// Writes the store to a private file that is removed when the process ends, and gives its path.
  static func path() throws(CommandError) -> String {
    let bytes: [UInt8]
    do {
      bytes = try DemoStore.database()
    } catch {
      throw CommandError("the bundled store is damaged", exitCode: .failed)
    }
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder.isEmpty ? "/tmp" : folder)/plumb-demo-XXXXXX.db".utf8CString)
    let descriptor = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { mkstemps($0, 3) } ?? -1
    }
    guard descriptor >= 0 else {
      throw CommandError(
        "cannot make a file for the bundled store in `\(folder)`: "
          + String(cString: strerror(errno)), exitCode: .failed)
    }
    defer { close(descriptor) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let path = template.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
    TemporaryFiles.add(path)
    if let failure = bytes.withUnsafeBytes({ writeAll($0, to: descriptor) }) {
      throw CommandError(
        "cannot write the bundled store to `\(folder)`: \(String(cString: strerror(failure)))",
        exitCode: .failed)
    }
    return path
  }
}
