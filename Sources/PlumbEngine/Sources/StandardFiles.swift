import Glibc
import PlumbColumns
import PlumbDiagnostics
import PlumbFormats
import PlumbStdlib
import PlumbSystem
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

  /// The mappings of the library.
  static let mappings: [TableMapping] = mappingNames.compactMap { name in
    try? TableMapping(yaml: text(of: "std:mappings/\(name).yaml"), name: name)
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
    let folder = TemporaryFiles.folder(getenv("TMPDIR").map { String(cString: $0) })
    do throws(SystemError) {
      let path = try TemporaryFiles.make(in: folder, name: "plumb-std", ending: ending, text)
      paths.withLock { $0[address] = path }
      return path
    } catch {
      throw ImportError(
        .notReadable,
        "cannot make a file of the standard library in `\(folder)`: \(error.text)",
        remedy: "set TMPDIR to a folder that can be written to")
    }
  }
}
