import Glibc
import PlumbColumns
import PlumbSystem

/// A folder on disk, listed when asked.
struct Folder: Sendable {
  let path: String

  init(_ path: String) { self.path = path }

  /// The last part of the path.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  func sub(_ name: String) -> Folder { Folder(path + "/" + name) }

  /// What lies in a folder, names in bytewise order.
  struct Listing {
    var folders: [String] = []
    var files: [String] = []
  }

  /// The folder's entries; none if there is no such folder.
  func listing() throws(ImportError) -> Listing {
    guard let directory = OpenDirectory(path) else {
      if errno == ENOENT || errno == ENOTDIR { return Listing() }
      throw ImportError(
        .notReadable, "cannot open the folder `\(path)`: \(systemErrorText(errno))",
        remedy: "check the folder's permissions", location: path)
    }
    var listing = Listing()
    while let (name, kind) = directory.next() {
      switch kind {
      case .folder: listing.folders.append(name)
      case .file: listing.files.append(name)
      case .unknown:
        var status = stat()
        guard stat(path + "/" + name, &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR { listing.folders.append(name) }
        if status.st_mode & S_IFMT == S_IFREG { listing.files.append(name) }
      }
    }
    listing.folders.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    listing.files.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return listing
  }

  /// The files below the folder, by their paths within it: the keys of metrics, params and tags,
  /// in which `/` makes folders.
  func keys() throws(ImportError) -> [String] {
    var keys: [String] = []
    try collectKeys(prefix: "", depth: 0, &keys)
    keys.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return keys
  }

  /// A key of 250 characters has hardly more parts; a circle of symbolic links has.
  private static let deepestKey = 128

  private func collectKeys(
    prefix: String, depth: Int, _ keys: inout [String]
  ) throws(ImportError) {
    guard depth < Folder.deepestKey else {
      throw ImportError(
        .corrupt, "the folder `\(path)` is nested too deeply",
        remedy: "look for a symbolic link that leads back to a folder above it", location: path)
    }
    let listing = try listing()
    for name in listing.files where !isLeftover(name) { keys.append(prefix + name) }
    for name in listing.folders {
      try sub(name).collectKeys(prefix: prefix + name + "/", depth: depth + 1, &keys)
    }
  }

  /// Files that macOS and network file systems leave behind.
  private func isLeftover(_ name: String) -> Bool {
    name == ".DS_Store" || name.hasPrefix("._") || name.hasPrefix(".nfs")
  }
}

/// A directory stream, closed with the value.
private struct OpenDirectory: ~Copyable {
  private let stream: OpaquePointer

  init?(_ path: String) {
    guard let stream = opendir(path) else { return nil }
    self.stream = stream
  }

  deinit { closedir(stream) }

  enum Kind {
    case file
    case folder
    case unknown
  }

  /// The next entry but `.` and `..`.
  func next() -> (name: String, kind: Kind)? {
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      switch Int(entry.pointee.d_type) {
      case Int(DT_REG): return (name, .file)
      case Int(DT_DIR): return (name, .folder)
      default: return (name, .unknown)
      }
    }
    return nil
  }
}
