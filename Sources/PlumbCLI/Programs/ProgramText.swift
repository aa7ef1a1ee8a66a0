import Glibc
import PlumbDiagnostics
import PlumbStdlib

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
      return SourceFile(name: "<stdin>", bytes: try bytes(of: 0, "standard input"))
    }
    let descriptor = open(script, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw cannotRead("`\(script)`") }
    defer { close(descriptor) }
    return SourceFile(name: script, bytes: try bytes(of: descriptor, "`\(script)`"))
  }

  /// The bytes of a file.
  static func bytes(ofFile path: String) throws(CommandError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw cannotRead("`\(path)`") }
    defer { close(descriptor) }
    return try bytes(of: descriptor, "`\(path)`")
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

  private static func bytes(
    of descriptor: Int32, _ name: String
  ) throws(CommandError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw cannotRead(name)
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      if bytes.count > byteLimit {
        throw CommandError("\(name) is too large for a program (over \(byteLimit >> 20) MiB)")
      }
    }
  }

  private static func cannotRead(_ name: String) -> CommandError {
    CommandError("cannot read \(name): \(String(cString: strerror(errno)).lowercased())")
  }
}
