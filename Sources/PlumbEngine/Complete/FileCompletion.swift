import Glibc
import PlumbSystem

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
    let found = (try? fileNames(in: folder.isEmpty ? "." : expandingHome(folder))) ?? []
    let matching = found.lazy.filter { name in
      name.hasPrefix(prefix) && (prefix.hasPrefix(".") || !name.hasPrefix("."))
    }
    let names = matching.prefix(limit).map { name in
      var status = stat()
      let isFolder =
        stat(expandingHome(folder) + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      return (name: name, isFolder: isFolder)
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
