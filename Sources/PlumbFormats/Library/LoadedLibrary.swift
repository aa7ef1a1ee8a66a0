import Glibc
import PlumbColumns

/// A C library that is loaded when it is first needed.
///
/// What brings Kerberos with it has no archive to link, and a program that reads a file must not
/// need it to start.
struct LoadedLibrary {
  private nonisolated(unsafe) let handle: UnsafeMutableRawPointer
  private let name: String

  /// Loads the first of the files that the system has; it stays for the life of the process.
  ///
  /// - Parameters:
  ///   - name: What people call the library.
  ///   - purpose: What needs it, such as `reading from a server`.
  ///   - remedy: How to install it.
  init(
    _ name: String, files: [String], purpose: String, remedy: String
  ) throws(ImportError) {
    guard let handle = files.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else {
      throw ImportError(
        .notReadable, "\(purpose) needs the library \(name), which is not installed",
        remedy: remedy)
    }
    self.handle = handle
    self.name = name
  }

  /// A function of the library. The type must be that of its header.
  func function<Function>(_ symbol: String, _: Function.Type) throws(ImportError) -> Function {
    guard let address = dlsym(handle, symbol) else {
      throw ImportError(
        .notReadable, "the installed \(name) lacks the function `\(symbol)`",
        remedy: "install a later version")
    }
    return unsafeBitCast(address, to: Function.self)
  }
}
