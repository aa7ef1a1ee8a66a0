/// What a golden program has shown, entry by entry, each below the line that it belongs to.
struct Transcript: Sendable {
  /// The place of what belongs to no statement.
  static let endLine = Int.max

  var entries: [Entry] = []

  struct Entry: Sendable {
    /// The last line of the statement.
    let line: Int
    let text: String
    /// The text without places in the program, which a change of layout moves.
    let textWithoutPlaces: String
    /// Whether an empty line sets it off from its neighbours.
    let isBlock: Bool

    init(line: Int, text: String, textWithoutPlaces: String? = nil, isBlock: Bool) {
      self.line = line
      self.text = text
      self.textWithoutPlaces = textWithoutPlaces ?? text
      self.isBlock = isBlock
    }
  }

  var linesWithoutPlaces: [String] { entries.flatMap { Self.lines($0.textWithoutPlaces) } }

  /// The expectation of a line of the program.
  func lines(after line: Int) -> [String] {
    var result: [String] = []
    var previous: Entry?
    for entry in entries where entry.line == line {
      if let previous, previous.isBlock || entry.isBlock { result.append("#>") }
      result += Self.lines(entry.text).map { $0.isEmpty ? "#>" : "#> " + $0 }
      previous = entry
    }
    return result
  }

  /// Lines without the spaces at their ends, which editors and the formatter take away.
  private static func lines(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var line = line
      while line.last == " " || line.last == "\t" { line.removeLast() }
      return String(line)
    }
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
