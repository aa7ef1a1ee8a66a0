import Glibc
import PlumbColumns
import PlumbDiagnostics
import PlumbOutput
import PlumbStdlib
import Synchronization

/// The data files of the standard library, under addresses such as `std:controls.csv`.
enum StandardFiles {
  /// Where files have been put, by name.
  private static let paths: Mutex<[String: String]> = Mutex([:])

  static func isStandard(_ address: String) -> Bool { address.hasPrefix("std:") }

  /// The names of the mappings of the library.
  static var mappingNames: [String] {
    StandardLibrary.files.compactMap { file in
      guard file.name.hasPrefix("mappings/") else { return nil }
      return String(file.name.dropFirst("mappings/".count).dropLast(".yaml".count))
    }
  }

  /// The text of a file.
  static func text(of address: String) throws(ImportError) -> String {
    let name = String(address.dropFirst(4))
    if let file = StandardLibrary.files.first(where: { $0.name == name }) { return file.text }
    let names = StandardLibrary.files.map { "std:" + $0.name }
    let near = nearestName(to: address, in: names).map { "did you mean `\($0)`? " } ?? ""
    throw ImportError(
      .notFound, "the standard library has no file `\(name)`",
      remedy: near + "It has: " + names.joined(separator: ", "))
  }

  /// A private copy of a file for importers, removed when the process ends.
  static func path(of address: String) throws(ImportError) -> String {
    if let known = paths.withLock({ $0[address] }), access(known, R_OK) == 0 { return known }
    let text = Array(try text(of: address).utf8)
    let ending = address.split(separator: ".").last.map { "." + $0 } ?? ""
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array(
      "\(folder.isEmpty ? "/tmp" : folder)/plumb-std-XXXXXX\(ending)".utf8CString)
    let descriptor = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { mkstemps($0, Int32(ending.utf8.count)) } ?? -1
    }
    guard descriptor >= 0 else { throw failure(folder, errno) }
    defer { close(descriptor) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let path = template.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
    TemporaryFiles.add(path)
    if let code = text.withUnsafeBytes({ writeAll($0, to: descriptor) }) {
      throw failure(folder, code)
    }
    paths.withLock { $0[address] = path }
    return path
  }

  private static func failure(_ folder: String, _ code: Int32) -> ImportError {
    ImportError(
      .notReadable,
      "cannot make a file of the standard library in `\(folder)`: \(systemErrorText(code))",
      remedy: "set TMPDIR to a folder that can be written to")
  }
}
