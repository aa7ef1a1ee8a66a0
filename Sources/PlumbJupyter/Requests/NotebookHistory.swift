import Glibc
import PlumbColumns
import PlumbOutput
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

  private let path: String?
  private let state: Mutex<[Entry]>
  /// The number of this session: one more than the last that the file knows.
  let session: Int

  /// Of a longer file the older half is dropped.
  private static let byteLimit = 4 << 20

  /// Reads the file; without a path everything stays in memory.
  init(path: String?) {
    self.path = path
    let known = path.map(Self.read) ?? []
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
    guard let path else { return }
    Self.makeFolder(of: path)
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    flock(descriptor, LOCK_EX)
    _ = writeAll(Self.line(entry), to: descriptor)
  }

  private static func line(_ entry: Entry) -> String {
    let tree: JSONTree = [
      "session": .int(entry.session), "line": .int(entry.line), "input": .string(entry.input),
      "output": entry.output.map { .string($0) } ?? .null,
    ]
    return tree.text + "\n"
  }

  private static func makeFolder(of path: String) {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o700)
    }
  }

  private static func read(_ path: String) -> [Entry] {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    flock(descriptor, LOCK_EX)
    let bytes = contents(descriptor)
    var lines = bytes.split(separator: 0x0A)
    if bytes.count > byteLimit {
      lines.removeFirst(lines.count / 2)
      ftruncate(descriptor, 0)
      lseek(descriptor, 0, SEEK_SET)
      let kept = lines.flatMap { $0 + [0x0A] }
      _ = kept.withUnsafeBytes { writeAll($0, to: descriptor) }
    }
    return lines.compactMap { line in
      guard let tree = try? JSONTree.parse(Array(line)), let session = tree["session"]?.int,
        let number = tree["line"]?.int, let input = tree["input"]?.string
      else { return nil }
      return Entry(
        session: session, line: number, input: input, output: tree["output"]?.string)
    }
  }

  private static func contents(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    // A file that is no history, such as a device, must end too.
    while bytes.count < 4 * byteLimit {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes.append(contentsOf: chunk[..<count])
    }
    return bytes
  }
}
