import PlumbDiagnostics

/// The text that the formatter writes, and where it stands.
struct LayoutOutput {
  private(set) var text = ""
  /// The display column of the cursor.
  private(set) var column = 0
  /// The indentation that brackets opened on the present line count from.
  private(set) var lineBase = 0

  /// Begins a line.
  ///
  /// A stage's line counts from after its `| `.
  mutating func newLine(indent: Int, isStage: Bool = false, afterBlank: Bool = false) {
    if !text.isEmpty { text += afterBlank ? "\n\n" : "\n" }
    text += String(repeating: " ", count: indent)
    column = indent
    lineBase = isStage ? indent + 2 : indent
  }

  /// Appends text that may itself hold line ends.
  mutating func write(_ part: String) {
    text += part
    if let lineEnd = part.utf8.lastIndex(of: 0x0A) {
      column = displayWidth(of: part[part.utf8.index(after: lineEnd)...])
    } else {
      column += displayWidth(of: part)
    }
  }

  /// Ends the text with one newline.
  mutating func finish() {
    if !text.isEmpty { text += "\n" }
  }
}
