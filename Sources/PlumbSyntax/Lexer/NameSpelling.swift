/// How names of data are written in a program.
package enum NameSpelling {
  /// A name as a program writes it: in backquotes unless it is an identifier that is not reserved.
  package static func name(_ name: some StringProtocol) -> String {
    isIdentifier(name) ? String(name) : "`\(name)`"
  }

  /// The flat name of a column as a program writes it: what stands before its first point is a name,
  /// and the rest is one unless it is several joined by points. So `metrics.val/acc` becomes
  /// `` metrics.`val/acc` ``.
  package static func column(_ name: some StringProtocol) -> String {
    guard let dot = name.firstIndex(of: ".") else { return self.name(name) }
    return self.name(name[..<dot]) + "." + key(name[name.index(after: dot)...])
  }

  /// The key of a family as a program writes it after the point.
  package static func key(_ key: some StringProtocol) -> String {
    let parts = key.split(separator: ".", omittingEmptySubsequences: false)
    return parts.allSatisfy { isIdentifier($0) } ? String(key) : "`\(key)`"
  }

  /// A column for the text of a message: its spelling, in backquotes unless it has some.
  package static func quoted(_ name: some StringProtocol) -> String {
    let spelling = column(name)
    return spelling.contains("`") ? spelling : "`\(spelling)`"
  }

  private static func isIdentifier(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, first.startsName, text.utf8.allSatisfy(\.continuesName)
    else { return false }
    // The shortest reserved word has two letters, the longest seven.
    guard (2...7).contains(text.utf8.count) else { return true }
    return !reservedWords.contains(String(text))
  }

  private static let reservedWords: Set<String> = [
    "and", "or", "not", "in", "between", "if", "then", "else", "case", "fn", "true", "false",
    "null",
  ]
}
