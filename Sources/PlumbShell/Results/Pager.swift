import PlumbDiagnostics
import PlumbOutput

/// Shows long text a screen at a time, and short text as it is.
struct Pager {
  let modes: TerminalModes?
  let environment: [String: String]
  /// Whether a pager is used at all.
  var isOn = true

  /// Prints a text, through `$PAGER` when it has more lines than the window; with `isWide`, also
  /// when it has lines that are longer.
  ///
  /// Escape sequences in it are the program's own.
  func show(_ text: String, isWide: Bool = false) {
    guard let modes, isOn, let size = Terminal.size(1), Self.exceeds(text, size, isWide) else {
      return TerminalOutput.write(text)
    }
    let command = environment["PLUMB_PAGER"] ?? environment["PAGER"] ?? ""
    let status = ExternalProgram.run(
      command.isEmpty ? "less -SRFX" : command, input: text, modes: modes)
    // Exit code 127: there is no such program.
    if status == nil || status == 127 { TerminalOutput.write(text) }
  }

  private static func exceeds(
    _ text: String, _ size: (columns: Int, rows: Int), _ isWide: Bool
  ) -> Bool {
    var rows = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let width = line.utf8.count > size.columns ? width(line) : 0
      if isWide, width > size.columns { return true }
      rows += 1 + max(0, width - 1) / size.columns
      // The prompt that follows takes a line.
      if rows > size.rows { return true }
    }
    return false
  }

  /// The columns that a line takes, without its escape sequences.
  private static func width(_ line: Substring) -> Int {
    var width = 0
    var isInSequence = false
    for character in line {
      if character == "\u{1B}" {
        isInSequence = true
      } else if isInSequence {
        if character.isLetter { isInSequence = false }
      } else {
        width += displayWidth(of: character)
      }
    }
    return width
  }
}
