import PlumbOutput
import PlumbSystem

/// Bytes for the terminal itself, beside results.
enum TerminalOutput {
  /// Asks the terminal to mark pasted text.
  static let beginsPasteMarks = "\u{1B}[?2004h"
  static let endsPasteMarks = "\u{1B}[?2004l"

  /// Marks for terminals that know where prompts and results are (OSC 133), such as for jumping
  /// from one to the next; others ignore them.
  enum Mark: String {
    case prompt = "\u{1B}]133;A\u{1B}\\"
    /// The prompt is there and keys are read.
    case input = "\u{1B}]133;B\u{1B}\\"
    case output = "\u{1B}]133;C\u{1B}\\"
    case done = "\u{1B}]133;D\u{1B}\\"
  }

  /// Writes all of a text at once, as far as the terminal takes it.
  static func write(_ text: String) {
    guard !text.isEmpty else { return }
    // Nothing can be told to a terminal that is gone; the next read will find out.
    try? writeAll(text, to: 1)
  }
}
