import Glibc
import PlumbColumns

/// The files that an address means: one file, those that match a pattern, or those in a folder.
enum InputFiles {
  /// The files in the order of their names. A folder means the files in it that have one of the
  /// endings.
  static func expand(_ path: String, extensions: [String]) throws(ImportError) -> [String] {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else { return [path] }
      let folder = path.hasSuffix("/") ? path : path + "/"
      let files = matches(of: escaped(folder) + "*").filter { file in
        extensions.contains { file.lowercased().hasSuffix("." + $0) } && !isFolder(file)
      }
      guard !files.isEmpty else {
        throw ImportError(
          .notFound,
          "no file in the folder `\(path)` ends in "
            + extensions.map { "." + $0 }.joined(separator: " or "),
          remedy: "name the files, for example `\(folder)*.csv`")
      }
      return files
    }
    guard isPattern(path) else {
      throw ImportError(
        .notFound, "cannot open `\(path)`: \(systemErrorText(errno))",
        remedy: "check the path")
    }
    let files = matches(of: path).filter { !isFolder($0) }
    guard !files.isEmpty else {
      throw ImportError(
        .notFound, "no file matches `\(path)`", remedy: "check the path and the pattern")
    }
    return files
  }

  /// Whether the address has signs that stand for other characters.
  static func isPattern(_ path: String) -> Bool {
    path.utf8.contains { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B }
  }

  /// The name of the table that the files make.
  static func tableName(_ path: String) -> String {
    let parts = path.split(separator: "/")
    let named = parts.last { !isPattern(String($0)) && $0 != "." && $0 != ".." } ?? "data"
    guard let last = parts.last, last == named, let dot = named.firstIndex(of: "."),
      dot > named.startIndex
    else { return String(named) }
    return String(named[..<dot])
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func escaped(_ path: String) -> String {
    String(path.flatMap { "*?[\\".contains($0) ? ["\\", $0] : [$0] })
  }

  private static func matches(of pattern: String) -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    guard glob(pattern, 0, nil, &result) == 0 else { return [] }
    return (0..<Int(result.gl_pathc)).compactMap { index in
      result.gl_pathv[index].map { String(cString: $0) }
    }
  }
}
