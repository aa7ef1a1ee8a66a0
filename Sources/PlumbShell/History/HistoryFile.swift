import Glibc
import PlumbColumns
import PlumbSystem

/// The history on disk: a line of JSON per entry, `{"time": seconds, "entry": "text"}`, private to
/// its owner.
///
/// Any number of shells may use it at once: each reads it when it starts and then only appends.
struct HistoryFile: Sendable {
  private let file: LineFile

  var path: String { file.path }

  /// Where the history is kept: `PLUMB_HISTORY`, else in the folder for the state of programs.
  /// Nil when it is switched off (`PLUMB_HISTORY=`), or there is no home.
  init?(environment: [String: String]) {
    if let path = environment["PLUMB_HISTORY"] {
      guard !path.isEmpty else { return nil }
      self.init(path: path)
      return
    }
    guard let state = UserFolders(environment: environment).state else { return nil }
    self.init(path: state + "/plumb/history.jsonl")
  }

  init(path: String) { file = LineFile(path: path, byteLimit: 4 << 20, lineLimit: 10_000) }

  /// The newest entries, oldest first. Lines that cannot be read are passed over.
  func entries() -> [String] {
    file.lines().compactMap { Self.entry(String(decoding: $0, as: UTF8.self)) }
  }

  /// Adds an entry at the end. A history that cannot be written is no reason to stop working.
  func append(_ entry: String) { try? file.append(Self.line(entry)) }

  private static func line(_ entry: String) -> String {
    let fields: [Value.RecordField] = [
      Value.RecordField("time", .int(time(nil))),
      Value.RecordField("entry", .string(entry)),
    ]
    return JSONText.write(.record(fields))
  }

  private static func entry(_ line: String) -> String? {
    guard case .record(let fields)? = try? JSONText.parse(line) else { return nil }
    guard case .string(let entry)? = fields.first(where: { $0.name == "entry" })?.value else {
      return nil
    }
    return entry
  }
}
