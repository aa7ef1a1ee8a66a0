import Glibc
import PlumbEngine
import PlumbOutput

/// Small files of text, read and written as a whole.
enum TextFile {
  /// A larger file is not what was meant.
  private static let byteLimit = 1 << 28

  static func read(_ path: String) throws(ShellFailure) -> String {
    let descriptor = open(FileCompletion.expandingHome(path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("read", path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure("read", path)
      }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(contentsOf: chunk[..<count])
      if bytes.count > byteLimit {
        throw ShellFailure("`\(path)` is too large (over \(byteLimit >> 20) MiB)")
      }
    }
  }

  /// Writes a file that must not exist, or may be replaced.
  static func write(
    _ text: String, to path: String, replaces: Bool, mode: mode_t = 0o666
  ) throws(ShellFailure) {
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (replaces ? O_TRUNC : O_EXCL)
    let descriptor = open(FileCompletion.expandingHome(path), flags, mode)
    guard descriptor >= 0 else {
      if errno == EEXIST { throw ShellFailure("`\(path)` exists already") }
      throw failure("write", path)
    }
    guard writeAll(text, to: descriptor) == nil, close(descriptor) == 0 else {
      throw failure("write", path)
    }
  }

  private static func failure(_ verb: String, _ path: String) -> ShellFailure {
    ShellFailure("cannot \(verb) `\(path)`: \(String(cString: strerror(errno)).lowercased())")
  }
}
