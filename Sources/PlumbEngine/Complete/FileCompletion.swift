import Glibc

/// Completes names of files.
package enum FileCompletion {
  /// More names are of no use to a person.
  private static let limit = 500

  /// The files and folders whose paths begin with a text; folders end in `/`.
  ///
  /// `~/` is the user's home. Hidden ones are left out unless the text asks for them.
  package static func candidates(_ text: String) -> [CompletionCandidate] {
    let slash = text.lastIndex(of: "/")
    let folder = slash.map { String(text[...$0]) } ?? ""
    let prefix = slash.map { String(text[text.index(after: $0)...]) } ?? text
    guard let stream = opendir(folder.isEmpty ? "." : expandingHome(folder)) else { return [] }
    defer { closedir(stream) }
    var names: [(name: String, isFolder: Bool)] = []
    while let entry = readdir(stream), names.count < limit {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(prefix), name != ".", name != "..",
        prefix.hasPrefix(".") || !name.hasPrefix(".")
      else { continue }
      var status = stat()
      let isFolder =
        stat(expandingHome(folder) + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      names.append((name, isFolder))
    }
    return names.sorted { $0.name < $1.name }.map {
      CompletionCandidate(folder + $0.name + ($0.isFolder ? "/" : ""), .file)
    }
  }

  /// A path with the user's home in place of a `~/` at its start.
  package static func expandingHome(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }
}
