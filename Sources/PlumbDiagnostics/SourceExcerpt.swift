/// The part of a line that is shown under a message, and where its underline goes.
///
/// Tabs become spaces, control characters are written out, and of a long line only the
/// neighbourhood of the place is shown, with `…` for what is left out; its cost does not depend on
/// the length of the line.
struct SourceExcerpt {
  /// How many bytes are shown at most, and how many of them before the place.
  static let maximumBytes = 160
  static let leadingBytes = 60
  private static let tabWidth = 4

  /// The text to print.
  private(set) var text = ""
  /// The display column (from 0) under which the underline begins.
  private(set) var underlineStart = 0
  /// The number of columns to underline, at least one.
  private(set) var underlineWidth = 1

  init(_ range: SourceRange) {
    let file = range.file
    let line = file.bounds(ofLine: file.line(at: range.lower))
    let lower = min(max(range.lower, line.lowerBound), line.upperBound)
    let upper = min(max(range.upper, lower), line.upperBound)
    let window = Self.window(of: line, around: lower, in: file)

    if window.lowerBound > line.lowerBound { text = "…" }
    var column = text.isEmpty ? 0 : 1
    append(file.text(window.lowerBound..<lower), &column)
    underlineStart = column
    append(file.text(lower..<min(upper, window.upperBound)), &column)
    underlineWidth = max(1, column - underlineStart)
    append(file.text(min(upper, window.upperBound)..<window.upperBound), &column)
    if window.upperBound < line.upperBound { text += "…" }
  }

  private static func window(
    of line: Range<Int>, around place: Int, in file: SourceFile
  ) -> Range<Int> {
    guard line.count > maximumBytes else { return line }
    var start = max(line.lowerBound, place - leadingBytes)
    start = max(line.lowerBound, min(start, line.upperBound - maximumBytes))
    var end = min(line.upperBound, start + maximumBytes)
    while start > line.lowerBound, file.bytes[start] & 0xC0 == 0x80 { start -= 1 }
    while end < line.upperBound, file.bytes[end] & 0xC0 == 0x80 { end += 1 }
    return start..<end
  }

  private mutating func append(_ part: String, _ column: inout Int) {
    for character in redactingSecrets(part) {
      if character == "\t" {
        let width = Self.tabWidth - column % Self.tabWidth
        text += String(repeating: " ", count: width)
        column += width
      } else {
        let shown = escapingControlCharacters(String(character))
        text += shown
        column += displayWidth(of: shown)
      }
    }
  }
}
