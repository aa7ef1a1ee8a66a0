import Glibc
import PlumbColumns
import PlumbSystem
import Synchronization

/// The folder in which snapshots of sources are kept from one run to the next.
///
/// It is the user's alone: the folder has the mode 0700, its files 0600, and one that others can
/// write to is not used, because they could put anything into it.
struct CacheFolder: Sendable {
  let path: String

  /// Tells files of one process apart that are written at the same time.
  private static let counter = Atomic<Int>(0)

  /// A folder, made if it is not there; without a path the user's: `$XDG_CACHE_HOME/plumb`, else
  /// `~/.cache/plumb` (XDG Base Directory Specification 0.8: a relative path counts as none).
  init(_ path: String?) throws(ImportError) {
    guard
      let path = path ?? Self.absolute(getenv("XDG_CACHE_HOME")).map({ $0 + "/plumb" })
        ?? Self.absolute(getenv("HOME")).map({ $0 + "/.cache/plumb" })
    else {
      throw ImportError(
        .notFound, "neither `XDG_CACHE_HOME` nor `HOME` names a folder",
        remedy: "set `XDG_CACHE_HOME` to a folder for caches")
    }
    self.path = path
    try make()
  }

  private static func absolute(_ text: UnsafeMutablePointer<CChar>?) -> String? {
    guard let text else { return nil }
    let path = String(cString: text)
    return path.hasPrefix("/") ? path : nil
  }

  private func make() throws(ImportError) {
    do throws(SystemError) {
      try makeFolders(path, mode: 0o700)
    } catch {
      throw failure(error.code)
    }
    var status = stat()
    guard stat(path, &status) == 0 else { throw failure(errno) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw failure(ENOTDIR) }
    guard Self.isPrivate(status) else {
      throw ImportError(
        .notReadable, "the folder `\(path)` belongs to, or can be written by, others",
        remedy: "take it over: `chmod go-w` and `chown`")
    }
  }

  private static func isPrivate(_ status: stat) -> Bool {
    status.st_uid == geteuid() && status.st_mode & 0o022 == 0
  }

  /// The path of a file of a name.
  func file(_ name: String) -> String { path + "/" + name }

  /// Whether there is a file of a name that nobody else can have written.
  func has(_ name: String) -> Bool {
    var status = stat()
    return stat(file(name), &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && Self.isPrivate(status)
  }

  /// Writes a file as a whole: `body` writes it under another name, and only when that has
  /// succeeded does it take its own. Whoever reads the old one keeps it.
  func replace(
    _ name: String, _ body: (Int32) throws(ImportError) -> Void
  ) throws(ImportError) {
    removeLeftovers(of: name)
    let number = Self.counter.add(1, ordering: .relaxed).newValue
    let temporary = file("\(name).part\(getpid())-\(number)")
    let descriptor = Glibc.open(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure(errno) }
    var isOpen = true
    defer {
      if isOpen {
        close(descriptor)
        unlink(temporary)
      }
    }
    try body(descriptor)
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure(errno) }
    guard rename(temporary, file(name)) == 0 else { throw failure(errno) }
    isOpen = false
    close(descriptor)
  }

  /// Removes what processes that are gone have left unfinished.
  private func removeLeftovers(of name: String) {
    guard let listing = try? Folder(path).listing() else { return }
    for file in listing.files where file.hasPrefix(name + ".part") {
      let digits = file.dropFirst(name.utf8.count + 5).prefix { $0 != "-" }
      guard let process = pid_t(digits), kill(process, 0) != 0, errno == ESRCH else { continue }
      unlink(self.file(file))
    }
  }

  private func failure(_ code: Int32) -> ImportError {
    ImportError(
      .writeFailed, "cannot write to `\(path)`: \(systemErrorText(code))",
      remedy: "check the folder, its permissions and the space that is left")
  }
}
