import Glibc
import PlumbDiagnostics
import PlumbStdlib
import PlumbSystem

/// Where the text of a program comes from.
enum ProgramText {
  /// A larger file is no program: reading a device or a database must end.
  static let byteLimit = 1 << 28

  static func command(_ code: String) -> SourceFile {
    SourceFile(name: "<command>", text: code)
  }

  /// A script by its path, `-` for standard input, or `std:NAME`.
  ///
  /// Reading a pipe may wait for ever; a signal ends it.
  static func read(
    script: String, isLibraryAllowed: Bool = true
  ) throws(CommandError) -> SourceFile {
    if isLibraryAllowed, script.hasPrefix("std:") { return try module(script) }
    _ = SignalWatch.shared
    if script == "-" {
      let bytes = try named("standard input") { () throws(SystemError) in
        try readAll(0, byteLimit: byteLimit)
      }
      return SourceFile(name: "<stdin>", bytes: bytes)
    }
    return SourceFile(name: script, bytes: try bytes(ofFile: script))
  }

  /// The bytes of a file.
  static func bytes(ofFile path: String) throws(CommandError) -> [UInt8] {
    try named("`\(path)`") { () throws(SystemError) in
      try readFile(path, byteLimit: byteLimit)
    }
  }

  private static func module(_ script: String) throws(CommandError) -> SourceFile {
    let name = String(script.dropFirst(4))
    let texts = StandardLibrary.scripts + StandardLibrary.modules
    if let found = texts.first(where: { $0.name == name }) {
      return SourceFile(name: script, text: found.text)
    }
    let names = texts.map(\.name)
    let near = nearestName(to: name, in: names).map { "did you mean `std:\($0)`? " } ?? ""
    throw CommandError(
      "the standard library has no script `\(name)`",
      remedy: near + "It has: " + names.joined(separator: ", "))
  }

  /// What `read` gives; its errors are told of what is read.
  private static func named(
    _ name: String, _ read: () throws(SystemError) -> [UInt8]
  ) throws(CommandError) -> [UInt8] {
    do throws(SystemError) {
      return try read()
    } catch {
      if error.code == EFBIG {
        throw CommandError("\(name) is too large for a program (over \(byteLimit >> 20) MiB)")
      }
      throw CommandError("cannot read \(name): \(error.text)")
    }
  }
}
