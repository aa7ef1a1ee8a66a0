import Glibc
import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbSystem

/// The files of a rule pack: scripts, and a folder of fixtures beside them.
enum RuleFixtures {
  /// A test of a check: the sources to open, and how it must end.
  struct Fixture {
    let outcome: CheckOutcome
    let folder: String
    /// The files to open, in the order of their names.
    let sources: [String]
    /// `now()`, from the file `as-of`.
    let nowMicroseconds: Int?
  }

  /// The script at a path, or those in a folder, in the order of their names.
  static func scripts(at path: String) throws(CommandError) -> [String] {
    do throws(SystemError) {
      return try names(in: path).filter { $0.hasSuffix(".plumb") }.map { joined(path, $0) }
    } catch {
      guard error.code == ENOTDIR else {
        throw CommandError("cannot read `\(path)`: \(error.text)")
      }
      return [path]
    }
  }

  /// The fixtures of a check beside its script.
  static func fixtures(of id: String, script: String) throws(CommandError) -> [Fixture] {
    let slash = script.lastIndex(of: "/")
    let beside = slash.map { String(script[...$0]) } ?? ""
    // An id is a name of a folder here, and leads nowhere else.
    guard !id.contains("/"), id != ".", id != ".." else { return [] }
    let root = "\(beside)fixtures/\(id)"
    var found: [Fixture] = []
    for name in (try? names(in: root)) ?? [] {
      let folder = joined(root, name)
      guard let files = try? names(in: folder) else { continue }
      guard let outcome = CheckOutcome(rawValue: name) else {
        let all = CheckOutcome.allCases.map(\.rawValue)
        throw CommandError(
          "`\(folder)` is called after no outcome",
          remedy: nearestName(to: name, in: all).map { "did you mean `\($0)`?" }
            ?? "outcomes are " + all.joined(separator: ", "))
      }
      found.append(
        Fixture(
          outcome: outcome, folder: folder,
          sources: files.filter { $0 != "as-of" }.map { joined(folder, $0) },
          nowMicroseconds: try time(folder, isThere: files.contains("as-of"))))
    }
    return found
  }

  private static func time(_ folder: String, isThere: Bool) throws(CommandError) -> Int? {
    guard isThere else { return nil }
    let path = joined(folder, "as-of")
    let file = try ProgramText.read(script: path, isLibraryAllowed: false)
    let text = file.text(0..<file.bytes.count).split { $0.isWhitespace }.first.map(String.init)
    guard let time = TimestampText.parse(text ?? "") else {
      throw CommandError("`\(path)` holds no time", remedy: "such as `2026-11-23T10:30`")
    }
    return time
  }

  private static func joined(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// The names in a folder without hidden ones, sorted.
  private static func names(in folder: String) throws(SystemError) -> [String] {
    try fileNames(in: folder).filter { !$0.hasPrefix(".") }.sorted()
  }
}
