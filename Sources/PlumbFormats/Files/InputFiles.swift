import Glibc
import PlumbColumns
import PlumbSystem

/// The files that an address means: one file, those that match a pattern, or those in a folder
/// and in its folders called `KEY=VALUE`.
enum InputFiles {
  /// Folders within folders, deeper than any table is divided.
  private static let maximumDepth = 16

  /// The files in the order of their names. A folder means the files in it that have one of the
  /// endings.
  static func expand(_ path: String, extensions: [String]) throws(ImportError) -> [InputFile] {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else { return [InputFile(path, base: .max)] }
      let folder = path.hasSuffix("/") ? path : path + "/"
      let files = filesIn(folder, depth: 0).filter { hasEnding($0, extensions) }
      guard !files.isEmpty else {
        throw ImportError(
          .notFound,
          "no file in the folder `\(path)` ends in "
            + extensions.map { "." + $0 }.joined(separator: " or "),
          remedy: "name the files, for example `\(folder)*.\(extensions.first ?? "csv")`")
      }
      return files.map { InputFile($0, base: folder.utf8.count) }
    }
    guard isPattern(path) else {
      throw ImportError(
        .notFound, "cannot open `\(path)`: \(systemErrorText(errno))",
        remedy: "check the path")
    }
    let files = matches(of: path).flatMap { match in
      if !isFolder(match) { return [match] }
      guard isPartition(match) else { return [] }
      return filesIn(match + "/", depth: 0).filter { hasEnding($0, extensions) }
    }
    guard !files.isEmpty else {
      throw ImportError(
        .notFound, "no file matches `\(path)`", remedy: "check the path and the pattern")
    }
    let base = patternStart(path)
    return files.map { InputFile($0, base: base) }
  }

  /// All files in a folder and in its folders called `KEY=VALUE`, in the order of their names.
  static func files(in folder: String) -> [String] {
    filesIn(folder.hasSuffix("/") ? folder : folder + "/", depth: 0)
  }

  /// What follows the last dot of a path, in lower case; the whole path where there is no dot.
  static func ending(of path: String) -> String {
    path.split(separator: ".").last.map { $0.lowercased() } ?? ""
  }

  private static func hasEnding(_ path: String, _ extensions: [String]) -> Bool {
    extensions.contains(ending(of: path))
  }

  private static func filesIn(_ folder: String, depth: Int) -> [String] {
    guard depth <= maximumDepth else { return [] }
    return matches(of: escaped(folder) + "*").flatMap { entry in
      if !isFolder(entry) { return [entry] }
      return isPartition(entry) ? filesIn(entry + "/", depth: depth + 1) : []
    }
  }

  private static func isPartition(_ path: String) -> Bool {
    InputFile.partition(path.split(separator: "/").last.map(String.init) ?? "") != nil
  }

  /// Where the first part of the path that has a pattern begins.
  private static func patternStart(_ path: String) -> Int {
    var start = 0
    for (position, byte) in path.utf8.enumerated() {
      if byte == UInt8(ascii: "/") { start = position + 1 }
      if isPatternSign(byte) { break }
    }
    return start
  }

  /// Whether the address has signs that stand for other characters.
  static func isPattern(_ path: String) -> Bool { path.utf8.contains(where: isPatternSign) }

  private static func isPatternSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[")
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
