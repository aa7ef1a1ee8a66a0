/// How names of data are written in a program.
package enum NameSpelling {
  /// A name as a program writes it: in backquotes unless it is an identifier that is not reserved.
  package static func name(_ name: String) -> String {
    isPlain(name, mayHavePoints: false) ? name : "`\(name)`"
  }

  /// The flat name of a column as a program writes it: what stands before its first point is a name,
  /// and the rest is one unless it is several joined by points. So `metrics.val/acc` becomes
  /// `` metrics.`val/acc` ``.
  package static func column(_ name: String) -> String {
    if isPlain(name, mayHavePoints: true) { return name }
    guard let dot = name.firstIndex(of: ".") else { return "`\(name)`" }
    return self.name(String(name[..<dot])) + "." + key(String(name[name.index(after: dot)...]))
  }

  /// The key of a family as a program writes it after the point.
  package static func key(_ key: String) -> String {
    isPlain(key, mayHavePoints: true) ? key : "`\(key)`"
  }

  /// A column for the text of a message: its spelling, in backquotes unless it has some.
  package static func quoted(_ name: String) -> String {
    let spelling = column(name)
    return spelling.contains("`") ? spelling : "`\(spelling)`"
  }

  /// Whether a text is an identifier, or several joined by points.
  ///
  /// Completion asks this of every key of a store, so that nothing is allocated.
  private static func isPlain(_ text: String, mayHavePoints: Bool) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var start = 0
      for index in 0...bytes.count {
        if index < bytes.count, bytes[index].continuesName { continue }
        guard index > start, bytes[start].startsName, !isReserved(bytes, start..<index) else {
          return false
        }
        if index == bytes.count { return true }
        guard mayHavePoints, bytes[index] == UInt8(ascii: ".") else { return false }
        start = index + 1
      }
      return false
    }
  }

  private static func isReserved(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Bool {
    // The shortest reserved word has two letters, the longest seven.
    guard (2...7).contains(range.count) else { return false }
    return Lexer.reservedWord(bytes, range) != nil
  }
}
