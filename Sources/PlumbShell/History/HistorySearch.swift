/// A search through the history that goes on as one types: Ctrl-R.
struct HistorySearch: Sendable {
  private(set) var pattern = ""
  /// The position of the entry that was found; nil before anything is typed, or without any.
  private(set) var position: Int?
  /// Whether the last step found nothing more.
  private(set) var hasFailed = false
  /// What the entry was before the search.
  let original: String

  init(original: String) { self.original = original }

  /// The line under the entry.
  var status: StyledText {
    var text = StyledText(hasFailed ? "not found: " : "search: ", hasFailed ? .mistake : .faint)
    text.append(pattern, .strong)
    text.append("   older: Ctrl-R  take: Enter or →  give up: Ctrl-C", .faint)
    return text
  }

  /// Adds to the pattern; the entry found stays if it still matches.
  mutating func type(_ text: String, in history: History) {
    pattern += text
    find(in: history, from: position ?? history.entries.count - 1, by: -1)
  }

  /// Takes the last character of the pattern away, and searches anew from the newest entry.
  mutating func deleteBackward(in history: History) {
    guard !pattern.isEmpty else { return }
    pattern.removeLast()
    position = nil
    hasFailed = false
    if !pattern.isEmpty { find(in: history, from: history.entries.count - 1, by: -1) }
  }

  /// The next older match.
  mutating func older(in history: History) {
    guard let position else { return }
    find(in: history, from: position - 1, by: -1)
  }

  /// The next newer match.
  mutating func newer(in history: History) {
    guard let position else { return }
    find(in: history, from: position + 1, by: 1)
  }

  /// Letters match either case unless the pattern has a capital. An entry is found once.
  private mutating func find(in history: History, from start: Int, by step: Int) {
    let ignoresCase = pattern.lowercased() == pattern
    var index = start
    while history.entries.indices.contains(index) {
      let entry = history.entries[index]
      let isNew = position.map { $0 == index || history.entries[$0] != entry } ?? true
      if isNew, Self.place(of: pattern, in: entry, ignoresCase: ignoresCase) != nil {
        position = index
        hasFailed = false
        return
      }
      index += step
    }
    hasFailed = true
  }

  /// Where the pattern stands in the entry found, in offsets of UTF-8.
  func match(in entry: String) -> Range<Int>? {
    Self.place(of: pattern, in: entry, ignoresCase: pattern.lowercased() == pattern)
  }

  private static func place(
    of pattern: String, in entry: String, ignoresCase: Bool
  ) -> Range<Int>? {
    guard !pattern.isEmpty else { return nil }
    let wanted = Array(pattern.utf8)
    let text = Array(entry.utf8)
    guard text.count >= wanted.count else { return nil }
    func same(_ a: UInt8, _ b: UInt8) -> Bool {
      a == b || ignoresCase && (0x41...0x5A).contains(a) && a | 0x20 == b
    }
    for start in 0...(text.count - wanted.count)
    where wanted.indices.allSatisfy({ same(text[start + $0], wanted[$0]) }) {
      return start..<start + wanted.count
    }
    return nil
  }
}
