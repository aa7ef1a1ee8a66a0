import PlumbDiagnostics
import PlumbEngine

/// The list under an entry of what a word may become.
struct CompletionMenu: Sendable, Hashable {
  /// The bytes of the text that a candidate replaces.
  let range: Range<Int>
  private let candidates: [CompletionCandidate]
  /// The candidate that Enter takes; nil while none is chosen.
  private var index: Int?

  init(_ completions: Completions) {
    range = completions.range
    candidates = completions.candidates
  }

  var chosen: CompletionCandidate? { index.map { candidates[$0] } }

  /// The candidate, if there is but one.
  var only: CompletionCandidate? { candidates.count == 1 ? candidates[0] : nil }

  /// Chooses a candidate further down, or up; one step goes around at the ends.
  mutating func move(by count: Int) {
    guard let index else {
      self.index = count > 0 ? 0 : candidates.count - 1
      return
    }
    if abs(count) == 1 {
      self.index = (index + count + candidates.count) % candidates.count
    } else {
      self.index = min(max(0, index + count), candidates.count - 1)
    }
  }

  /// The lines to draw, at most `rows`: name, type and summary of the candidates around the
  /// chosen one, and how many there are when that is not all.
  func lines(rows: Int, columns: Int) -> [StyledText] {
    let isCut = candidates.count > rows
    let count = isCut ? max(1, rows - 1) : candidates.count
    let first = min(max(0, (index ?? 0) - count / 2), candidates.count - count)
    let shown = candidates[first..<first + count]
    let names = shown.map { escapingControlCharacters($0.text) }
    let nameWidth = min(
      names.map { displayWidth(of: $0) }.max() ?? 0, max(8, columns / 2))
    let typeWidth = min(shown.map { displayWidth(of: $0.type) }.max() ?? 0, max(6, columns / 3))
    var lines = zip(shown.indices, names).map { position, name in
      let candidate = candidates[position]
      let isChosen = position == index
      var line = StyledText("  ", isChosen ? .chosen : .plain)
      line.append(Self.padded(name, nameWidth), isChosen ? .chosen : .strong)
      if typeWidth > 0 {
        line.append("  ", isChosen ? .chosen : .plain)
        line.append(Self.padded(candidate.type, typeWidth), isChosen ? .chosen : .faint)
      }
      let summary = candidate.summary.isEmpty ? "" : "  " + candidate.summary
      line.append(summary, isChosen ? .chosen : .plain)
      return line
    }
    if isCut, rows > 1 {
      lines.append(
        StyledText("  \(first + 1)–\(first + count) of \(candidates.count)", .faint))
    }
    return lines
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    let used = displayWidth(of: text)
    if used <= width { return text + String(repeating: " ", count: width - used) }
    var result = ""
    var room = width - 1
    for character in text {
      room -= displayWidth(of: character)
      if room < 0 { break }
      result.append(character)
    }
    let missing = max(0, width - displayWidth(of: result) - 1)
    return result + "…" + String(repeating: " ", count: missing)
  }

  /// The longest text that all texts begin with, letters of either case alike.
  static func commonPrefix(_ texts: [String]) -> String {
    guard let first = texts.first else { return "" }
    let common = Array(first.utf8)
    var count = common.count
    for text in texts.dropFirst() where count > 0 {
      var same = 0
      for byte in text.utf8 {
        guard same < count, folded(byte) == folded(common[same]) else { break }
        same += 1
      }
      count = same
    }
    var prefix = ""
    for character in first {
      if prefix.utf8.count + character.utf8.count > count { break }
      prefix.append(character)
    }
    return prefix
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
