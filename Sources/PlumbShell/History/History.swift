/// The entries that can be called back: those of earlier sessions, then those of this one.
struct History: Sendable {
  /// The entries, oldest first; no two neighbours are the same.
  private(set) var entries: [String]

  init(_ entries: [String] = []) {
    self.entries = []
    for entry in entries { append(entry) }
  }

  /// Adds the newest entry, unless it is the same as the last.
  mutating func append(_ entry: String) {
    if entries.last != entry { entries.append(entry) }
  }

  /// The newest entry that goes on from a text; nil when none does.
  func suggestion(for text: String) -> String? {
    guard !text.isEmpty else { return nil }
    return entries.last { $0.utf8.count > text.utf8.count && $0.hasPrefix(text) }
  }

  /// The position of the nearest entry before `position` that begins with a text and is not
  /// `present`.
  func previous(before position: Int, prefix: String, unlike present: String) -> Int? {
    entries[..<position].lastIndex { $0.hasPrefix(prefix) && $0 != present }
  }

  /// The position of the nearest entry after `position` that begins with a text and is not
  /// `present`.
  func next(after position: Int, prefix: String, unlike present: String) -> Int? {
    guard position + 1 < entries.count else { return nil }
    return entries[(position + 1)...].firstIndex { $0.hasPrefix(prefix) && $0 != present }
  }
}
