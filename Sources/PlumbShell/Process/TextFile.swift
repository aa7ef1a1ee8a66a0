import Glibc
import PlumbEngine
import PlumbSystem

/// Small files of text, read and written as a whole.
enum TextFile {
  /// A larger file is not what was meant.
  private static let byteLimit = 1 << 28

  /// The text of a file; `~/` is the user's home.
  static func read(_ path: String) throws(ShellFailure) -> String {
    do throws(SystemError) {
      let bytes = try readFile(FileCompletion.expandingHome(path), byteLimit: byteLimit)
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      if error.code == EFBIG {
        throw ShellFailure("`\(path)` is too large (over \(byteLimit >> 20) MiB)")
      }
      throw failure("read", path, error)
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
      throw failure("write", path, SystemError(errno))
    }
    do throws(SystemError) {
      try writeAll(text, to: descriptor)
    } catch {
      close(descriptor)
      throw failure("write", path, error)
    }
    guard close(descriptor) == 0 else { throw failure("write", path, SystemError(errno)) }
  }

  private static func failure(
    _ verb: String, _ path: String, _ error: SystemError
  ) -> ShellFailure {
    ShellFailure("cannot \(verb) `\(path)`: \(error.text)")
  }
}
