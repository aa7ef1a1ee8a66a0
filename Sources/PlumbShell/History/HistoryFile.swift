import Glibc
import PlumbColumns
import PlumbOutput

/// The history on disk: a line of JSON per entry, `{"time": seconds, "entry": "text"}`, private to
/// its owner.
///
/// Any number of shells may use it at once: each reads it when it starts and then only appends,
/// under a lock.
struct HistoryFile: Sendable {
  let path: String

  /// Above this many bytes the file is cut to its newest entries.
  private static let byteLimit = 4 << 20
  /// The entries that are kept then, and read at the start.
  private static let entryLimit = 10_000

  /// Where the history is kept: `PLUMB_HISTORY`, else in the folder for the state of programs.
  /// Nil when it is switched off (`PLUMB_HISTORY=`), or there is no home.
  init?(environment: [String: String]) {
    if let path = environment["PLUMB_HISTORY"] {
      guard !path.isEmpty else { return nil }
      self.path = path
      return
    }
    let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard
      let folder = state
        ?? environment["HOME"].flatMap({ $0.isEmpty ? nil : $0 + "/.local/state" })
    else { return nil }
    path = folder + "/plumb/history.jsonl"
  }

  init(path: String) { self.path = path }

  /// The newest entries, oldest first. Lines that cannot be read are passed over.
  func entries() -> [String] {
    guard let descriptor = opened(O_RDONLY) else { return [] }
    defer { close(descriptor) }
    flock(descriptor, LOCK_SH)
    return Self.lines(Self.contents(descriptor)).suffix(Self.entryLimit).compactMap(Self.entry)
  }

  /// Adds an entry at the end. A history that cannot be written is no reason to stop working.
  func append(_ entry: String) {
    guard let descriptor = locked() else { return }
    defer { close(descriptor) }
    // A shell that was killed in the middle of a line must not spoil this one.
    var line = Self.endsInMiddle(descriptor) ? "\n" : ""
    line += Self.line(entry)
    Self.write(line, to: descriptor)
    if lseek(descriptor, 0, SEEK_END) > Self.byteLimit { shorten(descriptor) }
  }

  private func opened(_ flags: Int32) -> Int32? {
    let descriptor = open(path, flags | O_CLOEXEC, 0o600)
    return descriptor >= 0 ? descriptor : nil
  }

  /// The file, made if need be, opened for appending and locked.
  private func locked() -> Int32? {
    makeFolder()
    while true {
      guard let descriptor = opened(O_RDWR | O_APPEND | O_CREAT) else { return nil }
      fchmod(descriptor, 0o600)
      while flock(descriptor, LOCK_EX) != 0 {
        if errno != EINTR {
          close(descriptor)
          return nil
        }
      }
      // Another shell may have replaced the file while this one waited.
      var own = stat()
      var present = stat()
      if fstat(descriptor, &own) == 0, stat(path, &present) == 0, own.st_ino == present.st_ino {
        return descriptor
      }
      close(descriptor)
    }
  }

  private func makeFolder() {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    for count in parts.indices.dropFirst() {
      mkdir(parts[...count].joined(separator: "/"), 0o700)
    }
  }

  /// Replaces the file by one with the newest half of its entries.
  private func shorten(_ descriptor: Int32) {
    let lines = Self.lines(Self.contents(descriptor)).suffix(Self.entryLimit)
    let kept = lines.suffix(max(1, lines.count / 2))
    let temporary = "\(path).part\(getpid())"
    let target = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard target >= 0 else { return }
    var text = ""
    for line in kept { text += line + "\n" }
    Self.write(text, to: target)
    close(target)
    if rename(temporary, path) != 0 { unlink(temporary) }
  }

  // MARK: Lines

  private static func line(_ entry: String) -> String {
    let fields: [Value.RecordField] = [
      Value.RecordField("time", .int(time(nil))),
      Value.RecordField("entry", .string(entry)),
    ]
    return JSONText.write(.record(fields)) + "\n"
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func entry(_ line: String) -> String? {
    guard case .record(let fields)? = try? JSONText.parse(line) else { return nil }
    guard case .string(let entry)? = fields.first(where: { $0.name == "entry" })?.value else {
      return nil
    }
    return entry
  }

  // MARK: Bytes

  private static func contents(_ descriptor: Int32) -> [UInt8] {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard size > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: size)
    var filled = 0
    while filled < size {
      let count = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress.map { $0 + filled }, size - filled, off_t(filled))
      }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      filled += count
    }
    return Array(bytes[..<filled])
  }

  private static func endsInMiddle(_ descriptor: Int32) -> Bool {
    let size = lseek(descriptor, 0, SEEK_END)
    var last: UInt8 = 0
    return size > 0 && pread(descriptor, &last, 1, size - 1) == 1 && last != 0x0A
  }

  private static func write(_ text: String, to descriptor: Int32) {
    _ = writeAll(text, to: descriptor)
  }
}
