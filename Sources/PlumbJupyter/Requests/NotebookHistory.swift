import Glibc
import PlumbColumns
import PlumbSystem
import Synchronization

/// The cells of all notebooks on this machine, a line of JSON each, private to their owner.
final class NotebookHistory: Sendable {
  /// A cell that was run.
  struct Entry: Sendable {
    let session: Int
    let line: Int
    let input: String
    let output: String?
  }

  private let file: LineFile?
  private let state: Mutex<[Entry]>
  /// The number of this session: one more than the last that the file knows.
  let session: Int

  /// Reads the file; without a path everything stays in memory.
  init(path: String?) {
    file = path.map { LineFile(path: $0, byteLimit: 4 << 20) }
    let known = file?.lines().compactMap(Self.entry) ?? []
    session = (known.last?.session ?? 0) + 1
    state = Mutex(known)
  }

  var entries: [Entry] { state.withLock { $0 } }

  /// The entries whose whole text a pattern matches: `*`, `?` and `[…]` as file names have them.
  /// With `isUnique` of equal ones the last.
  func entries(matching pattern: String, isUnique: Bool) -> [Entry] {
    var found = entries.filter { fnmatch(pattern, $0.input, 0) == 0 }
    if isUnique {
      var seen: Set<String> = []
      found = Array(found.reversed().filter { seen.insert($0.input).inserted }.reversed())
    }
    return found
  }

  /// Adds a cell. A history that cannot be written is no reason to stop working.
  func append(line: Int, input: String, output: String?) {
    let entry = Entry(session: session, line: line, input: input, output: output)
    state.withLock { $0.append(entry) }
    try? file?.append(Self.line(entry))
  }

  private static func line(_ entry: Entry) -> String {
    let tree: JSONTree = [
      "session": .int(entry.session), "line": .int(entry.line), "input": .string(entry.input),
      "output": entry.output.map { .string($0) } ?? .null,
    ]
    return tree.text
  }

  /// Nil for a line that no kernel has written.
  private static func entry(_ line: ArraySlice<UInt8>) -> Entry? {
    guard let tree = try? JSONTree.parse(Array(line)), let session = tree["session"]?.int,
      let number = tree["line"]?.int, let input = tree["input"]?.string
    else { return nil }
    return Entry(session: session, line: number, input: input, output: tree["output"]?.string)
  }
}
