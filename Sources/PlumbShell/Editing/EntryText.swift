/// Places in the text of an entry, counted in Unicode scalars as libedit counts.
struct EntryText {
  private let text: String
  private let scalars: [Unicode.Scalar]

  init(_ text: String) {
    self.text = text
    scalars = Array(text.unicodeScalars)
  }

  // MARK: Characters and words

  /// The scalars of the character before a place.
  func characterBefore(_ cursor: Int) -> Int {
    var end = 0
    for character in text {
      let start = end
      end += character.unicodeScalars.count
      if end >= cursor { return cursor - start }
    }
    return 0
  }

  /// The scalars from a place to the end of the character there.
  func characterAfter(_ cursor: Int) -> Int {
    var end = 0
    for character in text {
      end += character.unicodeScalars.count
      if end > cursor { return end - cursor }
    }
    return 0
  }

  /// The scalars from a place to the end of the next word.
  func wordAfter(_ cursor: Int) -> Int {
    var place = cursor
    while place < scalars.count, !Self.isInWord(scalars[place]) { place += 1 }
    while place < scalars.count, Self.isInWord(scalars[place]) { place += 1 }
    return place - cursor
  }

  /// The scalars from the start of the word before a place.
  func wordBefore(_ cursor: Int) -> Int {
    var place = cursor
    while place > 0, !Self.isInWord(scalars[place - 1]) { place -= 1 }
    while place > 0, Self.isInWord(scalars[place - 1]) { place -= 1 }
    return cursor - place
  }

  /// The beginning of a text up to the end of its first word.
  static func firstWord(_ text: String) -> String {
    let entry = EntryText(text)
    return String(String.UnicodeScalarView(entry.scalars.prefix(entry.wordAfter(0))))
  }

  private static func isInWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  // MARK: Lines

  func lineStart(_ cursor: Int) -> Int {
    scalars[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0
  }

  func lineEnd(_ cursor: Int) -> Int {
    scalars[cursor...].firstIndex(of: "\n") ?? scalars.count
  }

  /// The place above, in the same column or at the line's end; nil on the first line.
  func lineAbove(_ cursor: Int) -> Int? {
    let start = lineStart(cursor)
    guard start > 0 else { return nil }
    return min(lineStart(start - 1) + cursor - start, start - 1)
  }

  /// The place below, in the same column or at the line's end; nil on the last line.
  func lineBelow(_ cursor: Int) -> Int? {
    let end = lineEnd(cursor)
    guard end < scalars.count else { return nil }
    return min(end + 1 + cursor - lineStart(cursor), lineEnd(end + 1))
  }

  // MARK: Offsets

  func utf8Offset(_ cursor: Int) -> Int {
    scalars[..<cursor].reduce(0) { $0 + UTF8.width($1) }
  }

  /// The scalars before an offset of UTF-8.
  func scalarOffset(_ utf8Offset: Int) -> Int {
    var bytes = 0
    for (index, scalar) in scalars.enumerated() {
      if bytes >= utf8Offset { return index }
      bytes += UTF8.width(scalar)
    }
    return scalars.count
  }

  /// The text between two offsets of UTF-8.
  func text(_ range: Range<Int>) -> String {
    String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }
}
